"""Pages of agencies and the work list, by subject."""
