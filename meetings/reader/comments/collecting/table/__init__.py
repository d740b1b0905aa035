"""The table of what was commented and what became of it, as it is handed in."""
