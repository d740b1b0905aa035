"""An agenda is put in order: moved, spread over days, checked for clashes, pasted in."""
