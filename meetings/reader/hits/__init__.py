"""The search that a document was opened from: which of its hits it is."""
