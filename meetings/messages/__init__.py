"""What leaves the system: a mail or a short message that asks to look, and says nothing else."""
