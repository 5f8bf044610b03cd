"""Keeping a reference list: the form, what a change entails, the act; and what refers to a row.

Groups, funding sources, indicators and letters are kept the same way. A change is checked as a whole; where
something rests on the row it asks for its basis and says what it entails before it is done; two people who
change one row at once are shown both values.
"""
