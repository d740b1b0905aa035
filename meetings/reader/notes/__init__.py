"""Private notes on pages and at items: whoever wrote one is the only person who ever reads it."""
