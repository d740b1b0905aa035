"""The ratings of members for a quarter, a year, a term or an occasion."""
