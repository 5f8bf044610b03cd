"""A grid as its page draws it: heads, rows, what stands in each cell and how it stands, totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.findings import Conflict, Text
from plans.content.entry import seen
from plans.models import Plan
from plans.parts.base import Content, Row
from plans.parts.forms import Shown
from plans.parts.grids import SUM, Grid, GridColumn


@dataclass
class Marks:
    """What a page shows beside the stored cells: texts that are not saved, rows that somebody else saved."""

    unsaved: dict[UUID, Mapping[str, str]] = field(default_factory=dict)
    versions: dict[UUID, str] = field(default_factory=dict)
    seen: dict[UUID, str] = field(default_factory=dict)
    conflicts: dict[UUID, Conflict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageCell:
    path: str
    text: str
    label: str
    state: str = ""
    message: Text = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    line: UUID
    row: Row
    version: str
    seen: str
    cells: Sequence[PageCell]
    closing: Sequence[PageCell]
    total: tuple[str, str]  # key, text


@dataclass(frozen=True, slots=True)
class Sums:
    """One row of totals: (key, text) for each column, for all of them, for each closing column."""

    columns: Sequence[tuple[str, str]]
    total: tuple[str, str]
    closing: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PageGroup:
    title: Text
    level: int
    sums: Sums
    rows: Sequence[PageRow]


@dataclass(frozen=True, slots=True)
class GridPage:
    columns: Sequence[GridColumn]
    closing: Sequence[GridColumn]
    tops: Sequence[
        tuple[Text, int, tuple[str, str]]
    ]  # head, how many columns it spans, (key, text) of its total
    groups: Sequence[PageGroup]
    foot: Sums
    notes: Sequence[tuple[str, str]]
    titles: Mapping[UUID, str]

    def column_title(self, path: str) -> Text:
        """What a column is called in full."""
        return next((one.title for one in (*self.columns, *self.closing) if one.path == path), path)


def further_columns(plan: Plan, grid: Grid, query: QueryDict) -> list[str]:
    """The columns that were added by choice; they stand in the address."""
    return list(dict.fromkeys([*query.getlist("col"), *grid.chosen(plan, query)]))


def grid_page(
    plan: Plan,
    grid: Grid,
    content: Content,
    cells: Mapping[UUID, Shown],
    further: Sequence[str],
    marks: Marks,
) -> GridPage:
    """Everything that the template draws."""
    marked = {path for line in cells for path in (*cells[line].problems, *marks.unsaved.get(line, ()))}
    columns, closing = grid.columns(plan, content, [*further, *marked]), grid.closing()
    totals = grid.totals(content)
    shown = {line: _Row(one, marks, line) for line, one in cells.items()}
    rows = {row.line: row for group in grid.groups(content) for row in group.rows if row.line}
    titles = {line: row.title for line, row in rows.items()}
    groups = [
        PageGroup(
            group.title,
            group.level,
            _sums(totals, group.key, columns, closing),
            [
                shown[row.line].drawn(row, titles[row.line], columns, closing, totals)
                for row in group.rows
                if row.line
            ],
        )
        for group in grid.groups(content)
    ]
    return GridPage(
        columns=columns,
        closing=closing,
        tops=_tops(columns, totals),
        groups=groups,
        foot=_sums(totals, "all", columns, closing),
        notes=[("all/stated", totals.get("all/stated", ""))],
        titles=titles,
    )


def _sums(
    totals: Mapping[str, str], scope: str, columns: Sequence[GridColumn], closing: Sequence[GridColumn]
) -> Sums:
    def one(path: str) -> tuple[str, str]:
        return f"{scope}/{path}", totals.get(f"{scope}/{path}", "")

    return Sums([one(column.path) for column in columns], one(SUM), [one(column.path) for column in closing])


def _tops(
    columns: Sequence[GridColumn], totals: Mapping[str, str]
) -> list[tuple[Text, int, tuple[str, str]]]:
    found: list[tuple[Text, int, tuple[str, str]]] = []
    for column in columns:
        if found and found[-1][0] == column.top:
            top, span, total = found.pop()
            found.append((top, span + 1, total))
        else:
            key = f"all/{column.top_key}"
            found.append((column.top, 1, (key, totals.get(key, ""))))
    return found


class _Row:
    """The cells of one line, with what is not saved laid over them."""

    def __init__(self, shown: Shown, marks: Marks, line: UUID) -> None:
        self.shown, self.line = shown, line
        self.unsaved = marks.unsaved.get(line, {})
        self.conflict = marks.conflicts.get(line)
        self.version, self.seen = marks.versions.get(line, ""), marks.seen.get(line, "")

    def drawn(
        self,
        row: Row,
        title: str,
        columns: Sequence[GridColumn],
        closing: Sequence[GridColumn],
        totals: Mapping[str, str],
    ) -> PageRow:
        paths = [column.path for column in (*columns, *closing)]
        key = f"row/{self.line}/{SUM}"
        return PageRow(
            line=self.line,
            row=row,
            version=self.version or str(row.row_version),
            seen=self.seen or seen({path: self.shown.texts.get(path, "") for path in paths}),
            cells=[self._cell(column, title) for column in columns],
            closing=[self._cell(column, title) for column in closing],
            total=(key, totals.get(key, "")),
        )

    def _cell(self, column: GridColumn, title: str) -> PageCell:
        path, label = column.path, f"{title[:80]}: {column.title}"
        stored: Any = self.shown.texts.get(path, "")
        if self.conflict and path in self.conflict.yours:
            return PageCell(path, stored, label, "conflict", _("Somebody else saved this row: choose above."))
        if path in self.unsaved and self.unsaved[path] != stored:
            return PageCell(path, self.unsaved[path], label, "unsaved", _("Not saved yet."))
        if problem := self.shown.problems.get(path):
            return PageCell(path, stored, label, "invalid", problem)
        return PageCell(path, stored, label)
