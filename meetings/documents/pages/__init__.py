"""Ordinary mishaps of scanning: pages turned, moved, dropped, cut off and joined; all undone."""
