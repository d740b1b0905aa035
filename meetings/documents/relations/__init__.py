"""What documents do to each other, and what is in force because of it."""
