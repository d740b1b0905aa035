"""Speed, size and memory of the index beside Tantivy, on papers made of public legal text."""
