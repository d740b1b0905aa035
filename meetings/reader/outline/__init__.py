"""The headings of a document, by which one finds one's way in it."""
