"""Figures of a period over an explicit set of filings: live, frozen and drill-down are one query."""
