"""What changed in the meetings of a person since they looked."""
