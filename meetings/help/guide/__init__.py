"""The user guide, as pages."""
