"""The fourteen columns of the members of a body."""
