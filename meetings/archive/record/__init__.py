"""The page of one document in the archive."""
