"""The tablet reader."""
