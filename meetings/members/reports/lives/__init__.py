"""The lives from which reports of a day, or of the time between two days, are made."""
