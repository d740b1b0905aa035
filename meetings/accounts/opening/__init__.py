"""Accounts that an administrator opens, and the one-time secrets that let people in."""
