"""What the register comes to in figures, and what of it waits for somebody."""
