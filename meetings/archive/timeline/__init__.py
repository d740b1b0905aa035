"""The picture of what became of a document: plans, conclusions, reviews, successors."""
