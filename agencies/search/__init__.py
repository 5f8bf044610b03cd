"""One search over everything that is registered in `agencies.finding`."""
