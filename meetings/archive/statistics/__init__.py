"""What the archive consists of, in figures."""
