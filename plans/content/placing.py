"""Where a line stands among its neighbours: a new one goes where it belongs, moves stay within its group."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from core.vietnamese import clause_key, clean
from plans.models import Plan
from plans.parts.base import PlanPart

# A new line goes before the first one whose number is higher, as long as the numbers run upward at all.
NUMBERED_BY = {"sections": "number", "tasks": "clause"}

# A new line goes behind the last of its group, and moves up and down within it.
GROUPED_BY = {"projects": ("group_code", "subgroup")}


def place_for(part: PlanPart[Any], plan: Plan, raw: Mapping[str, str]) -> int:
    """The position of a new line; those behind it make room."""
    rows = list(part.queryset(plan))
    index = _index_for(part, rows, raw)
    if index == len(rows):
        return rows[-1].position + 1 if rows else 1
    position: int = rows[index].position
    part.queryset(plan).filter(pk__in=[row.pk for row in rows[index:]]).update(position=F("position") + 1)
    return position


def _index_for(part: PlanPart[Any], rows: Sequence[Any], raw: Mapping[str, str]) -> int:
    if group := GROUPED_BY.get(part.key):
        wanted = tuple(clean(raw.get(name, "")) for name in group)
        members = [i for i, row in enumerate(rows) if tuple(getattr(row, name) for name in group) == wanted]
        return members[-1] + 1 if members else len(rows)
    if number := NUMBERED_BY.get(part.key):
        key = clause_key(clean(raw.get(number, "")))
        keys = [clause_key(getattr(row, number)) for row in rows]
        if key and keys == sorted(keys):
            return next((i for i, other in enumerate(keys) if other > key), len(rows))
    return len(rows)


def neighbour_of(part: PlanPart[Any], rows: Sequence[Any], index: int, *, up: bool) -> int | None:
    """The index of the row to change places with; None at the end of the list or group."""
    group = GROUPED_BY.get(part.key, ())
    mine = tuple(getattr(rows[index], name) for name in group)
    others = range(index - 1, -1, -1) if up else range(index + 1, len(rows))
    return next((i for i in others if tuple(getattr(rows[i], name) for name in group) == mine), None)
