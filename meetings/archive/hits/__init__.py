"""From hit to hit of a search, each opened in the reader."""
