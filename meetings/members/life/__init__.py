"""What happens to members, and what follows from it: plain data and functions."""
