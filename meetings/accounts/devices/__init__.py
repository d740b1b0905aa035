"""Enrolled tablets: a key that never leaves the browser, and a PIN that the server counts."""
