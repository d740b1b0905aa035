"""How ready a meeting is: paper by paper and person by person, on one page."""
