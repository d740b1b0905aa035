"""The papers of a meeting as one book, in the order of its agenda."""
