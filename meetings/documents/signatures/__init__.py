"""Electronic signatures of a document: verified once by the worker, told in words on its pages."""
