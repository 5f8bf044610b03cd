"""The API of indicators and targets."""
