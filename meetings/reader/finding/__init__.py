"""Finding words within one document."""
