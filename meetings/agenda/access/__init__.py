"""Who reads a paper of an agenda, and when."""
