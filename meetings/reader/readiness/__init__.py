"""Who has opened which paper, and who has seen all of its pages."""
