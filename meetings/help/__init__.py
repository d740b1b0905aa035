"""Help, feedback and the state of the system."""
