"""Bridge points: from where people take part who are not in the main room."""
