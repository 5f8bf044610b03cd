"""The documents held against themselves and each other: printed totals, and targets that contradict."""
