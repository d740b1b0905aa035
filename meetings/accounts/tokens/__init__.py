"""The tokens that a person gives to programs, which then ask in their name."""
