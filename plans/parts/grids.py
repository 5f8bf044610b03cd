"""The grid of a part: its lines by the cells of an extending part, such as projects by year and source.

An upper app registers the grid at start-up; pages here draw it and save its cells, whatever they hold.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.findings import Text
from plans.models import Plan
from plans.parts import registry
from plans.parts.base import Content, Row

SUM = "sum"
"""The path of a total over all columns. Keys of totals are "<scope>/<path>": "all/sum", "row/<line>/sum"."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of cells. Neighbours with the same `top` stand under one head; `title` names it in full."""

    path: str
    head: Text
    title: Text
    top: Text = ""
    top_key: str = ""  # of the totals under the common head, when there are any
    kind: str = "money"  # how it is typed: "money", "number", "text", or "long" for several lines


@dataclass(frozen=True, slots=True)
class RowHead:
    """What stands before the cells of a line: its name in full, its number, the unit, what else is to know.

    Neighbours with the same `heading` stand below it; `computed`: the total of the line means something.
    """

    title: Text
    number: str = ""
    heading: Text = ""
    unit: str = ""
    notes: Sequence[Text] = ()
    computed: bool = True


@dataclass(frozen=True, slots=True)
class GridGroup:
    """Lines under a common heading; `key` is the scope of its totals, `level` 1 or 2."""

    key: str
    title: Text
    level: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Chooser:
    """One list from which a further column is chosen."""

    name: str
    label: Text
    options: Sequence[tuple[str, Text]]


class Grid(Protocol):
    """What an upper app tells about its cells. All figures are texts, written as an official writes them."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts it is made of; the first is the one whose lines are its rows."""

    @property
    def unit(self) -> Text:
        """Of the cells."""

    @property
    def template(self) -> str:
        """Of its page."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Keys of totals that the page shows besides those of its columns."""

    def columns(self, plan: Plan, content: Content, further: Sequence[str]) -> list[GridColumn]:
        """The columns in use, and those whose paths are in `further`; a usual set when there are none.

        What is no path of a cell is passed over.
        """

    def closing(self) -> list[GridColumn]:
        """Columns of the lines' own, which stand behind the sums."""

    def choosers(self, plan: Plan) -> list[Chooser]:
        """What must be chosen for a further column."""

    def chosen(self, plan: Plan, values: Mapping[str, str]) -> list[str]:
        """The paths that a choice stands for; nothing when it is incomplete."""

    def groups(self, content: Content) -> list[GridGroup]:
        """The lines in printed order under their headings."""

    def heads(self, plan: Plan, content: Content) -> dict[UUID | None, RowHead]:
        """What stands before the cells of each line."""

    def shut(self, content: Content) -> dict[UUID | None, dict[str, Text]]:
        """Cells that a line has not: line -> path -> why."""

    def texts(self, content: Content) -> dict[UUID | None, dict[str, str]]:
        """line -> path -> what stands in the cell."""

    def totals(
        self, content: Content, *, lines: Collection[UUID] | None = None, paths: Sequence[str] = ()
    ) -> dict[str, str]:
        """Every total by its key; of the lines only the named ones; "" for `paths` that hold nothing."""


_grids: dict[str, Grid] = {}


def register(part: str, grid: Grid) -> None:
    _grids[part] = grid


def grid_of(part: str) -> Grid | None:
    return _grids.get(part)


def read_for(grid: Grid, plan: Plan) -> Content:
    """The parts that a grid is made of."""
    return {key: registry.get(key).read(plan) for key in grid.parts}
