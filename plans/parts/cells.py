"""The cells by which a part extends another's lines, such as money by year and source beside projects."""

from typing import Any, Protocol
from uuid import UUID

ANY = "*"
"""Stands in a path for a key that is not stated."""


class Cells(Protocol):
    """The cells of some lines: read once for all of them, written at once.

    A path is what stands behind the key of the part: `2009/NSTW` of `allocations/2009/NSTW`.
    """

    def knows(self, subpath: str) -> bool:
        """Whether it is the path of a cell that can be typed."""

    def remedy(self, subpath: str) -> str:
        """What can be written instead of a path that is not known."""

    def text(self, line: UUID, subpath: str) -> str:
        """What stands in the cell, as an official writes it."""

    def parse(self, subpath: str, typed: str) -> Any:
        """The value of what was typed into a known cell. Raises `NotationError`."""

    def show(self, value: Any) -> str:
        """The text that `parse` reads back."""

    def put(self, line: UUID, subpath: str, value: Any) -> None:
        """Note what the cell will hold; None empties it."""

    def write(self) -> None:
        """Store what was noted, in as many statements for many cells as for few."""
