"""Who takes part: chosen by body, post or name, in some items or in all, taken off and back."""
