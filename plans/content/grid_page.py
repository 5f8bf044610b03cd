"""A grid as its page draws it: heads, rows, what stands in each cell and how it stands, totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.findings import Conflict, Text
from plans.content.entry import seen
from plans.models import Plan
from plans.parts.base import Content, Row
from plans.parts.forms import Shown
from plans.parts.grids import SUM, Grid, GridColumn, RowHead


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
    kind: str = "money"
    shut: Text = ""  # why the line has no such cell


@dataclass(frozen=True, slots=True)
class PageRow:
    line: UUID
    row: Row
    head: RowHead
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
    titles: Mapping[UUID, Text]

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
    heads, shut = grid.heads(plan, content), grid.shut(content)
    shown = {line: _Row(one, marks, line, heads[line], shut.get(line, {})) for line, one in cells.items()}
    groups = [
        PageGroup(
            group.title,
            group.level,
            _sums(totals, group.key, columns, closing),
            [shown[row.line].drawn(row, columns, closing, totals) for row in group.rows if row.line],
        )
        for group in grid.groups(content)
    ]
    return GridPage(
        columns=columns,
        closing=closing,
        tops=_tops(columns, totals),
        groups=groups,
        foot=_sums(totals, "all", columns, closing),
        notes=[(key, totals.get(key, "")) for key in grid.notes],
        titles={line: head.title for line, head in heads.items() if line},
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

    def __init__(
        self, shown: Shown, marks: Marks, line: UUID, head: RowHead, shut: Mapping[str, Text]
    ) -> None:
        self.shown, self.line, self.head, self.shut = shown, line, head, shut
        self.unsaved = marks.unsaved.get(line, {})
        self.conflict = marks.conflicts.get(line)
        self.version, self.seen = marks.versions.get(line, ""), marks.seen.get(line, "")

    def drawn(
        self,
        row: Row,
        columns: Sequence[GridColumn],
        closing: Sequence[GridColumn],
        totals: Mapping[str, str],
    ) -> PageRow:
        paths = [column.path for column in (*columns, *closing)]
        key = f"row/{self.line}/{SUM}"
        return PageRow(
            line=self.line,
            row=row,
            head=self.head,
            version=self.version or str(row.row_version),
            seen=self.seen or seen({path: self.shown.texts.get(path, "") for path in paths}),
            cells=[self._cell(column) for column in columns],
            closing=[self._cell(column) for column in closing],
            total=(key, totals.get(key, "")),
        )

    def _cell(self, column: GridColumn) -> PageCell:
        path, stored = column.path, self.shown.texts.get(column.path, "")
        text, state, message = stored, "", ""
        if self.conflict and path in self.conflict.yours:
            state, message = "conflict", _("Somebody else saved this row: choose above.")
        elif path in self.unsaved and self.unsaved[path] != stored:
            text, state, message = self.unsaved[path], "unsaved", _("Not saved yet.")
        elif problem := self.shown.problems.get(path):
            state, message = "invalid", problem
        label = f"{str(self.head.title)[:80]}: {column.title}"
        shut = "" if text else self.shut.get(path, "")  # what stands there can always be taken out
        return PageCell(path, text, label, state, message, column.kind, shut)
