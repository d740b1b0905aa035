"""Members entered from a list: matched, looked through row by row, entered all at once."""
