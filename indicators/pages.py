"""Targets as a table: an indicator and whom it binds down the side, years across the top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from core.notation import format_date, format_number
from indicators.models import Indicator
from indicators.rows import TargetRow
from plans.parts.columns import Kind
from plans.parts.names import Names


@dataclass(frozen=True, slots=True)
class TargetValue:
    """One target in one year; `due` only where it is not the last day of the year."""

    row: TargetRow
    due: str
    national: tuple[str, str] | None = None  # the value that a national document sets, and the document
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
    unit: str
    definition: str
    lines: list[TargetLine] = field(default_factory=list)


def target_table(
    rows: Iterable[TargetRow], names: Names, national: Mapping[tuple[str, int], tuple[str, Decimal, str]]
) -> dict[str, Any]:
    """`years` and `indicators` of the table, in printed order.

    `national` holds, by indicator and year, the name, the value and the document to hold own targets against.
    """
    targets = list(rows)
    years = sorted({row.year for row in targets})
    known = Indicator.objects.in_bulk({row.indicator for row in targets}, field_name="code")
    groups: dict[str, TargetGroup] = {}
    lines: dict[tuple[str, str], TargetLine] = {}
    for row in targets:
        if row.indicator not in groups:
            indicator = known.get(row.indicator)
            name = names.of(Kind.INDICATOR, row.indicator).full
            groups[row.indicator] = TargetGroup(
                name, indicator.unit if indicator else "", indicator.definition if indicator else ""
            )
        scope = _scope(row, names)
        key = (row.indicator, str(scope))
        if key not in lines:
            lines[key] = TargetLine([scope], [[] for _year in years])
            groups[row.indicator].lines.append(lines[key])
        due = "" if row.due_on == date(row.year, 12, 31) else format_date(row.due_on)
        lines[key].cells[years.index(row.year)].append(_held_against(row, due, national))
    for group in groups.values():
        group.lines = _merged(group.lines)
    return {"years": years, "indicators": list(groups.values())}


def _held_against(
    row: TargetRow, due: str, national: Mapping[tuple[str, int], tuple[str, Decimal, str]]
) -> TargetValue:
    if row.value is None or (row.indicator, row.year) not in national:
        return TargetValue(row, due)
    _name, value, document = national[row.indicator, row.year]
    return TargetValue(row, due, (format_number(value), document), row.value < value)


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


def _scope(row: TargetRow, names: Names) -> Text:
    """For whom: an agency, a group, a class, or a group within a class."""
    if row.agency:
        return names.short(Kind.AGENCY, row.agency)
    if row.group:
        return names.short(Kind.GROUP, row.group)
    return CLASS_LABELS.get(row.agency_class, row.agency_class)
