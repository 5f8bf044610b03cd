"""Pages of people, cut by subject."""
