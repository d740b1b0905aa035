"""What becomes of notes after a meeting: one private list, handed over, or emptied after days."""
