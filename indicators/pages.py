"""Targets as a table: an indicator and whom it binds down the side, years across the top."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from core.notation import format_date
from indicators.models import Indicator
from indicators.rows import TargetRow
from plans.parts.columns import Kind
from plans.parts.names import Names


@dataclass(frozen=True, slots=True)
class TargetValue:
    """One target in one year; `due` only where it is not the last day of the year."""

    row: TargetRow
    due: str


@dataclass(slots=True)
class TargetLine:
    """One scope; several targets in one year stand side by side: documents may contradict themselves."""

    scope: Text
    cells: list[list[TargetValue]]


@dataclass(slots=True)
class TargetGroup:
    """One indicator with the scopes that it binds."""

    name: str
    unit: str
    definition: str
    lines: list[TargetLine] = field(default_factory=list)


def target_table(rows: Iterable[TargetRow], names: Names) -> dict[str, Any]:
    """`years` and `indicators` of the table, in printed order."""
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
            lines[key] = TargetLine(scope, [[] for _year in years])
            groups[row.indicator].lines.append(lines[key])
        due = "" if row.due_on == date(row.year, 12, 31) else format_date(row.due_on)
        lines[key].cells[years.index(row.year)].append(TargetValue(row, due))
    return {"years": years, "indicators": list(groups.values())}


def _scope(row: TargetRow, names: Names) -> Text:
    """For whom: an agency, a group, a class, or a group within a class."""
    if row.agency:
        return names.short(Kind.AGENCY, row.agency)
    if row.group:
        return names.short(Kind.GROUP, row.group)
    return CLASS_LABELS.get(row.agency_class, row.agency_class)
