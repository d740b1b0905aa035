"""What changed from one version of a document to another, in words that a reader follows."""
