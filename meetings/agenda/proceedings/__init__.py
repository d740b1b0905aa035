"""The course of a meeting in session: its opening, the item it has come to, its end."""
