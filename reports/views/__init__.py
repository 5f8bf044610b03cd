"""Pages of the reports, by subject."""
