"""Meetings in a calendar: a month as a picture, and an entry for the calendar of a device."""
