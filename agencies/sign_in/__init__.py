"""Signing in and out: sessions and their limits, the log of it, the second step, a person's own account."""
