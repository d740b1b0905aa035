"""What would let more persons read a restricted paper, and waits for a second person."""
