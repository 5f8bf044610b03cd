"""Keeping the catalogue of indicators: entering, changing, retiring, removing."""
