"""Open data: what every signed-in person may see, as data sets that programs read whole.

`datasets.py` is the registry, to which each app adds its own at start-up; docs/open-data.md is for readers.
"""
