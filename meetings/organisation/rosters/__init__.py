"""Lists of people that come as a table: each is recognised, looked at and taken in together."""
