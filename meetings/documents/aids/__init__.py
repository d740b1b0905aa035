"""What follows once pages can be read: light pictures for poor networks, and contents."""
