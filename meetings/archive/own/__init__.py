"""What the archive keeps for one person: searches, and the papers they opened."""
