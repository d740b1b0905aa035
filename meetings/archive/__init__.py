"""The archive: search."""
