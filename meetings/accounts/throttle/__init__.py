"""The throttle: one for every way in, kept in the database."""
