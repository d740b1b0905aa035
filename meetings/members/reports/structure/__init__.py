"""Forms 2, 3 and 4: the members of a body on a day, by what is kept of them."""
