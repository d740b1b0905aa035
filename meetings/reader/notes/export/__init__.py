"""A person's own notes as a file to take along."""
