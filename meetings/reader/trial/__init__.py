"""Trying a tablet and its network before a meeting."""
