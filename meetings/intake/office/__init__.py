"""Office files: which are refused, what they say, and how they become PDF."""
