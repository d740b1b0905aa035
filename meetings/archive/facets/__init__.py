"""What a search is narrowed down by, as addresses and pages say it."""
