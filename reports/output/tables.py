"""One table for print and sheet alike: typed cells, headings between rows, sums that know their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.notation import (
    format_date,
    format_datetime,
    format_money,
    format_number,
    format_percent,
)
from core.spreadsheets import CellKind, Formula, GroupRow, Sheet, SheetColumn, SheetSpec, TotalRow
from core.spreadsheets import Row as SheetRow

Cell = str | int | Decimal | date | None
ADDED = (CellKind.MONEY, CellKind.INTEGER)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is its part of the table's width, `over` the head above it and its neighbours."""

    label: str
    kind: CellKind = CellKind.TEXT
    share: int = 10
    over: str = ""
    width: float | None = None  # in a sheet, in characters
    centred: bool = False
    across: tuple[int, int] | None = None  # in a sheet the sum of these columns, from and to

    @property
    def heading(self) -> str:
        """The head of a sheet, which has one row."""
        return f"{self.over}: {self.label}" if self.over else self.label

    @property
    def look(self) -> str:
        """How the column stands on paper."""
        if self.centred or self.kind in (CellKind.DATE, CellKind.DATETIME, CellKind.YEAR):
            return "middle"
        return "text" if self.kind is CellKind.TEXT else "number"


ORDINAL = Column("STT", CellKind.INTEGER, 10, width=6, centred=True)


@dataclass(frozen=True, slots=True)
class Line:
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that heads the rows below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """The figures' own total over the rows `adds`, by index in the table; a sheet adds them up again."""

    cells: Sequence[Cell]
    adds: tuple[int, ...] = ()


Row = Line | Heading | Total


@dataclass
class Table:
    """Columns and rows. `at` is the column in which headings and totals are written."""

    columns: Sequence[Column]
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    unit: str = ""
    at: int = 1
    narrow: bool = False  # small type, where many columns stand side by side

    def line(self, *cells: Cell) -> int:
        """Add a row; its index, for a total."""
        self.rows.append(Line(cells))
        return len(self.rows) - 1

    def lines(self, rows: Iterable[Sequence[Cell]]) -> tuple[int, ...]:
        return tuple(self.line(*cells) for cells in rows)

    def heading(self, text: str) -> None:
        self.rows.append(Heading(text))

    def total(self, *cells: Cell, adds: Iterable[int]) -> int:
        self.rows.append(Total(cells, tuple(adds)))
        return len(self.rows) - 1

    # On paper

    @property
    def two_heads(self) -> bool:
        return any(column.over for column in self.columns)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The upper head row: one entry a column, or one for equal neighbours under a common head."""
        found: list[dict[str, Any]] = []
        for over, columns in groupby(self.columns, key=lambda column: column.over):
            members = list(columns)
            if over:
                found.append({"label": over, "span": len(members), "deep": 1})
            else:
                deep = 2 if self.two_heads else 1
                found += [{"label": column.label, "span": 1, "deep": deep} for column in members]
        return found

    @property
    def lower_heads(self) -> list[str]:
        return [column.label for column in self.columns if column.over]

    @property
    def percents(self) -> list[int]:
        """Widths in tenths of a percent."""
        whole = sum(column.share for column in self.columns)
        return [round(column.share * 1000 / whole) for column in self.columns]

    @property
    def printed(self) -> list[dict[str, Any]]:
        """Rows as they are printed: what kind, and each cell with the look of its column."""
        return [
            {"heading": row.text}
            if isinstance(row, Heading)
            else {
                "total": isinstance(row, Total),
                "cells": [
                    (column.look, shown(column.kind, cell))
                    for column, cell in zip(self.columns, row.cells, strict=True)
                ],
            }
            for row in self.rows
        ]


def shown(kind: CellKind, cell: Cell) -> str:
    """A cell in Vietnamese notation; text in a column of numbers stays text, blank stays blank."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, datetime):
        return format_datetime(cell)
    if isinstance(cell, date):
        return format_date(cell)
    if kind is CellKind.YEAR:
        return str(cell)
    if kind is CellKind.PERCENT:
        return format_percent(cell)
    return format_money(cell) if kind is CellKind.MONEY else format_number(cell)


# In a sheet


def sheet(
    table: Table, name: str, *, titles: Sequence[str] = (), mark: str = "", frozen_columns: int = 0
) -> Sheet:
    """The table as a sheet: totals become formulas over the rows that they add up."""
    spec = SheetSpec(
        name=name,
        columns=[SheetColumn(column.heading, column.kind, column.width) for column in table.columns],
        titles=[*titles, *filter(None, [table.title])],
        unit=table.unit,
        mark=mark,
        frozen_columns=frozen_columns,
    )
    return Sheet(
        spec, [_sheet_row(table, row, at, spec) for at, row in enumerate(table.rows, spec.first_row)]
    )


def _sheet_row(table: Table, row: Row, number: int, spec: SheetSpec) -> SheetRow:
    if isinstance(row, Heading):
        return GroupRow([row.text if at == table.at else None for at in range(len(table.columns))])
    if isinstance(row, Line):
        return [_across(table, row, at, number, spec) for at in range(len(table.columns))]
    return TotalRow([_sum(table, row, at, spec) for at in range(len(table.columns))])


def _across(table: Table, line: Line, at: int, number: int, spec: SheetSpec) -> Cell | Formula:
    """The sum of a line's own columns as a formula, where they do add up to it."""
    value, span = line.cells[at], table.columns[at].across
    if value is None or span is None:
        return value
    first, last = span
    if sum(_number(line, column) for column in range(first, last + 1)) != value:
        return value
    return Formula(f"SUM({spec.cell(first, number)}:{spec.cell(last, number)})")


def _sum(table: Table, total: Total, at: int, spec: SheetSpec) -> Cell | Formula:
    """A formula where the rows add up to the total; where some money stands in no row, the total itself."""
    value = total.cells[at]
    if table.columns[at].kind not in ADDED or isinstance(value, str | date | None) or not total.adds:
        return value
    if sum(_number(table.rows[index], at) for index in total.adds) != value:
        return value
    rows = [spec.first_row + index for index in total.adds]
    runs = []
    for _step, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        members = [row for _index, row in run]
        ends = dict.fromkeys((spec.cell(at, members[0]), spec.cell(at, members[-1])))
        runs.append(":".join(ends))
    return Formula(f"SUM({','.join(runs)})")


def _number(row: Row, at: int) -> Decimal:
    value = None if isinstance(row, Heading) else row.cells[at]
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
