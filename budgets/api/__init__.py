"""The API of planned money."""
