"""A list of documents as a file to take along."""
