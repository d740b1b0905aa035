"""The tray of a meeting: many files at once, each laid before the item it belongs to."""
