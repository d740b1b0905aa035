"""What an open reader is told: that its paper may be read no longer, or has a new version."""
