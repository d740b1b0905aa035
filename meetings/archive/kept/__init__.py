"""What a person may find, kept as arrays from one question to the next (docs/adr/0008)."""
