"""Backups: a run holds the database, the keys and the names of the files that belong together."""
