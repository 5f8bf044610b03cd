"""What a part shows on a page: how far it is filled, columns beside another part's rows, panels of its own.

A lower app draws these without knowing what they hold: so money stands beside projects, and `plans` imports
no budgets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.findings import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the rows that want content have it."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One value beside a row, as text; `derived` says from what it follows when no document prints it."""

    text: str
    derived: Text = ""


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A column of an extending part. `top` is the head that spans neighbours with the same text: the year.

    `feet` has one text for each group that was asked for, `total` the one of the whole table.
    """

    top: Text
    head: Text
    title: Text
    cells: Mapping[UUID | None, Cell]
    feet: Sequence[str]
    total: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A framed piece of page with a template and what it needs."""

    key: str
    title: Text
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    note: Text = ""
