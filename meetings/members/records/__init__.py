"""The record of one member: what happened, what is known, who looked at it."""
