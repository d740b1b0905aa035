"""Issuing a document (ban hành): its circulation, and the drafts it was made from."""
