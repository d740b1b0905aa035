"""Many members move at once, each by an event of their own."""
