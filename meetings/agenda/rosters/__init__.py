"""Participants of a meeting from a table: understood, looked at, then taken in all together."""
