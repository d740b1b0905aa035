"""Dossiers taken along in the prescribed tree."""
