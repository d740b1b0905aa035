"""Documents: receiving, describing, preparing, giving out."""
