"""Answers to invitations: who comes, who does not and why, who comes in whose place."""
