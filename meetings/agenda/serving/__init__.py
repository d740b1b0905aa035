"""What a meeting asks of those who serve its room, and how far they are."""
