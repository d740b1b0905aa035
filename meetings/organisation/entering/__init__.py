"""People and posts of the organisation from a table: looked at, then entered all together."""
