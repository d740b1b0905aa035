"""What becomes of a paper that was received before: new version, replacement, both, neither."""
