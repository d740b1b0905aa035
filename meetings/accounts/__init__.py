"""Accounts: sign-in, people who may, their roles."""
