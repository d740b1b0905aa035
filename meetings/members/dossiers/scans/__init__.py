"""Scans of a dossier: taken in, pictured, read."""
