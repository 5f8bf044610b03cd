"""Which status figures the outline of a programme asks for, as an administrator states them."""
