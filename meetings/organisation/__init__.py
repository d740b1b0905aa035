"""The organisation: its bodies, people and posts."""
