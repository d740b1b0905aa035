"""What a dossier lacks."""
