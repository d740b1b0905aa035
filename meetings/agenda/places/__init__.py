"""Rooms: which there are, who holds them when, and what is free."""
