"""Meetings are planned: copied, called from templates, with stages of working days before them."""
