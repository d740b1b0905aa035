"""What reading on a tablet costs, measured in a real browser."""
