"""Known documents, looked up by title, number and subject in several engines."""
