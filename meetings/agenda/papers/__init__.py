"""Papers laid before agenda items: taking in, releasing, recalling."""
