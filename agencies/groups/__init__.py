"""Dated lists of agencies: who is on them, from which document, and what rests on them."""
