"""Pages on which an administrator keeps programmes."""
