"""A site for superusers, who run the portal's server: every row can be read, none written.

Why it only reads: docs/decisions/0018-a-read-only-site-for-superusers.md. `hidden.py` lists what it never
shows, `columns.py` says what of a row it shows and how, `tables.py` draws a list and a row, `site.py` lets
superusers in.
"""
