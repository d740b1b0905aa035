"""The second person, without whom access to a restricted paper is not widened."""
