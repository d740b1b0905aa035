"""Preparing a meeting: its facts, agenda, participants and release."""
