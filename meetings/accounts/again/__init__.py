"""Saying again who one is, before an account or a way in is changed."""
