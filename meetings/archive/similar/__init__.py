"""Papers that are about the same as one that somebody reads."""
