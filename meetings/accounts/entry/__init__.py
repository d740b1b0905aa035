"""The way in: password, second factor, one-time secret; and the way out."""
