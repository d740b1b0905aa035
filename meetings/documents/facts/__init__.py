"""The facts of a document for all who read it: its file, its signatures, its versions."""
