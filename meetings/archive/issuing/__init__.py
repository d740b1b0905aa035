"""The archivist issues a document: its number, its circulation, its drafts."""
