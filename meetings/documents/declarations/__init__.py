"""Files that nobody could look through wait here until a person declares them free of secrets."""
