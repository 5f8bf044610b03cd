"""Targets as a table: an indicator and whom it binds down the side, years across the top."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from core.notation import format_date, format_number
from indicators.models import Indicator
from indicators.national import NationalTarget
from indicators.rows import TargetRow
from plans.parts.columns import Kind
from plans.parts.names import Names


@dataclass(frozen=True, slots=True)
class TargetValue:
    """One target in one year; `due` only where it is not the last day of the year."""

    row: TargetRow
    due: str
    national: tuple[str, Text] | None = None  # the value that a national document sets, and the document
    below: bool = False


@dataclass(slots=True)
class TargetLine:
    """One scope; several targets in one year stand side by side: documents may contradict themselves.

    Scopes with the same targets share a row: `scopes` names them all, `also` are the lines not drawn.
    """

    scopes: list[Text]
    cells: list[list[TargetValue]]
    also: list[UUID | None] = field(default_factory=list)

    def says_the_same(self, other: "TargetLine") -> bool:
        return [[_said(value) for value in cell] for cell in self.cells] == [
            [_said(value) for value in cell] for cell in other.cells
        ]


@dataclass(slots=True)
class TargetGroup:
    """One indicator with the scopes that it binds."""

    name: str
    code: str
    unit: str
    definition: str
    lines: list[TargetLine] = field(default_factory=list)


def target_table(
    rows: Iterable[TargetRow], names: Names, national: Mapping[tuple[str, int], NationalTarget]
) -> dict[str, Any]:
    """`years` and `indicators` of the table, in printed order.

    `national` holds, by indicator and year, what own targets are held against.
    """
    targets = list(rows)
    years = sorted({row.year for row in targets})
    known = Indicator.objects.in_bulk({row.indicator for row in targets}, field_name="code")
    by_indicator: dict[str, list[TargetRow]] = {}
    for row in targets:
        by_indicator.setdefault(row.indicator, []).append(row)
    groups = []
    for code, found in by_indicator.items():
        indicator, name = known.get(code), names.of(Kind.INDICATOR, code).full
        unit, definition = (indicator.unit, indicator.definition) if indicator else ("", "")
        lines = scope_lines(found, years, lambda row: scope_name(row, names), national)
        groups.append(TargetGroup(name, code, unit, definition, lines))
    return {"years": years, "indicators": groups}


def scope_lines(
    rows: Iterable[TargetRow],
    years: Sequence[int],
    label: Callable[[TargetRow], Text],
    national: Mapping[tuple[str, int], NationalTarget] | None = None,
) -> list[TargetLine]:
    """The targets of one indicator, a cell for each year; scopes that ask the same share a line."""
    lines: dict[str, TargetLine] = {}
    for row in rows:
        scope = label(row)
        line = lines.setdefault(str(scope), TargetLine([scope], [[] for _year in years]))
        due = "" if row.due_on == date(row.year, 12, 31) else format_date(row.due_on)
        line.cells[years.index(row.year)].append(_held_against(row, due, national or {}))
    return _merged(lines.values())


def _held_against(
    row: TargetRow, due: str, national: Mapping[tuple[str, int], NationalTarget]
) -> TargetValue:
    asked = national.get((row.indicator, row.year))
    if row.value is None or asked is None:
        return TargetValue(row, due)
    return TargetValue(row, due, (format_number(asked.value), asked.document), row.value < asked.value)


def _said(value: TargetValue) -> tuple[Any, ...]:
    row = value.row
    return (row.shown, row.printed, row.due_on, row.guidance, row.clause, row.note)


def _merged(lines: Iterable[TargetLine]) -> list[TargetLine]:
    merged: list[TargetLine] = []
    for line in lines:
        same = next((one for one in merged if one.says_the_same(line)), None)
        if same is None:
            merged.append(line)
            continue
        same.scopes.extend(line.scopes)
        same.also.extend(value.row.line for cell in line.cells for value in cell)
    return merged


def called(row: TargetRow, names: Names) -> str:
    """Such as "Tỷ lệ cán bộ ... thư điện tử, 2010: ≥ 80"."""
    return f"{names.of(Kind.INDICATOR, row.indicator).full}, {row.year}: {row.shown}"


def scope_name(row: TargetRow, names: Names) -> Text:
    """For whom: an agency, a group, a class, or a group within a class."""
    if row.agency:
        return names.short(Kind.AGENCY, row.agency)
    if row.group:
        return names.short(Kind.GROUP, row.group)
    return CLASS_LABELS.get(row.agency_class, row.agency_class)
