"""Files sent for a meeting that wait until their sender declares them free of state secrets."""
