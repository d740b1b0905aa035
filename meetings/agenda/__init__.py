"""Meetings, their agenda, participants and papers."""
