"""What of the members of a body waits for somebody."""
