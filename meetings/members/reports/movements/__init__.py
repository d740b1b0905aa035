"""Form 1: gains and losses between two days, each explained by name."""
