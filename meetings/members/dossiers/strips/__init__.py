"""A scan as a strip of pages, cut into pieces."""
