"""Nghị Sự: meetings without paper for a Vietnamese public body."""
