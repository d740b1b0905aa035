"""Search among the papers of one meeting or of one body."""
