"""Notes that a person sends: copies for the office or for colleagues of the same meeting."""
