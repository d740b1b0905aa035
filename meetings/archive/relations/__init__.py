"""The archivist says what a document does to others."""
