"""The switch of the register of members, with the approval that allows it."""
