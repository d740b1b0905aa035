"""Copies that people take along: each bears a name, a moment and a code that leads back."""
