"""The API of programmes and documents, and how the rows of a part of a plan stand in JSON."""
