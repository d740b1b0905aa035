"""Documents that a page cites, as far as its reader may open them."""
