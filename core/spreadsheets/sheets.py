"""What a sheet is: its columns, the lines above them, its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from openpyxl.utils import get_column_letter

from core.findings import Text


class CellKind(StrEnum):
    """What a column holds; decides how its cells are typed, shown and aligned."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    INTEGER = "integer"
    PERCENT = "percent"  # 80.2 for 80,2 %
    YEAR = "year"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the only value that the reader's program computes: `Formula("SUM(D5:D20)")`, without "="."""

    expression: str


Value = Text | int | float | Decimal | date | Formula | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row that heads the rows below it."""

    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that adds up rows above it."""

    values: Sequence[Value]


Row = Sequence[Value] | GroupRow | TotalRow


@dataclass(frozen=True, slots=True)
class SheetColumn:
    heading: Text
    kind: CellKind = CellKind.TEXT
    width: float | None = None  # in characters; by kind when not given
    help: Text = ""  # a second head row, where any column has one


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """All of a sheet but its rows. From the top: mark, titles, unit, heading, help, then the rows."""

    name: Text
    columns: Sequence[SheetColumn]
    titles: Sequence[Text] = ()
    unit: Text = ""  # the whole line, such as "(Đơn vị tính: triệu đồng)"
    mark: Text = ""  # that the figures are illustrative; stands on every printed page too
    frozen_columns: int = 0

    @property
    def head_row(self) -> int:
        """The number of the row that holds the headings."""
        above = bool(self.mark) + len(self.titles)
        return above + bool(above or self.unit) + 1

    @property
    def first_row(self) -> int:
        """The number of the first row of the table, for formulas."""
        return self.head_row + 1 + any(column.help for column in self.columns)

    def cell(self, column: int, row: int) -> str:
        """The address of a cell: column counts from 0, row as the sheet shows it, so (3, 5) is "D5"."""
        return f"{get_column_letter(column + 1)}{row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    spec: SheetSpec
    rows: Iterable[Row]
