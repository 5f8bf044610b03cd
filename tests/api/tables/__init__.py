"""One table of rights for each app."""
