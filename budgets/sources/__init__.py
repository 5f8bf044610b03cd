"""Funding sources: who may use which in which years, and keeping their tree."""
