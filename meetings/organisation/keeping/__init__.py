"""Keeping the organisation: bodies, people and the posts they hold."""
