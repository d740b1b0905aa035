"""Archives of papers: each file of one goes through the gate as if it had come by itself."""
