"""The doctor: what this machine and this installation lack, in three colours."""
