"""What an administrator does to the list of agencies: create, rename, merge, split, end, correct."""
