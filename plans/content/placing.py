"""Where a line stands among its neighbours: a new one goes where it belongs, moves stay within its group."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F

from core.vietnamese import clause_key, clean
from plans.models import Plan
from plans.parts.base import PlanPart

# A new line goes before the first one whose number is higher, as long as the numbers run upward at all.
NUMBERED_BY = {"sections": "number", "tasks": "clause"}

# A new line goes behind the last of its group, and moves up and down within it.
GROUPED_BY = {"projects": ("group_code", "subgroup")}

Gap = tuple[int, int]
"""Before which of the standing lines new ones go, and which of several such places it is."""


class Places:
    """The places of new lines of a part: each is taken as if those before it stood there already."""

    def __init__(self, part: PlanPart[Any], plan: Plan) -> None:
        number = NUMBERED_BY.get(part.key)
        self._by = GROUPED_BY.get(part.key) or ((number,) if number else ())
        self._rows = part.queryset(plan)
        self._standing = list(self._rows.values_list("pk", "position", *self._by))
        self._new: dict[Gap, list[tuple[str, Any]]] = defaultdict(list)
        named = [tuple(row[2:]) for row in self._standing]
        grouped = part.key in GROUPED_BY
        self._gap_of_group = {group: (i + 1, 0) for i, group in enumerate(named)} if grouped else None
        self._keys = [clause_key(name) for (name,) in named] if number else []
        self._run_upward = self._keys == sorted(self._keys)

    def take(self, row: Any, raw: Mapping[str, str]) -> None:
        """Note a new row; it gets its position from `write`."""
        named = tuple(clean(raw.get(name, "")) for name in self._by)
        end = len(self._standing)
        if self._gap_of_group is not None:
            further = (end, len(self._gap_of_group) + 1)
            self._new[self._gap_of_group.setdefault(named, further)].append(("", row))
            return
        key = clause_key(named[0]) if named else ""
        self._run_upward = self._run_upward and bool(key)
        if self._run_upward:
            among = self._new[bisect_right(self._keys, key), 0]
            among.insert(bisect_right(among, key, key=itemgetter(0)), (key, row))
        else:
            self._new[end, 1].append((key, row))

    def write(self) -> None:
        """Give the new rows their positions; those behind them make room, one statement for each gap."""
        moved = []
        room = last = 0
        for standing, rows in self._in_order():
            for row in rows:
                row.position = last + 1 if standing is None else standing[1] + room
                last = row.position
                room += 1
            if standing is not None:
                last = standing[1] + room
                moved.append((room, standing[0]))
        for by, several in groupby(moved, key=itemgetter(0)):
            if by:
                behind = self._rows.order_by().filter(pk__in=[pk for _by, pk in several])
                behind.update(position=F("position") + by)

    def _in_order(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each standing row, and None at the end, with the new ones that go before it."""
        before: dict[int, list[Any]] = defaultdict(list)
        for gap in sorted(self._new):
            before[gap[0]].extend(row for _key, row in self._new[gap])
        for index, standing in enumerate([*self._standing, None]):
            yield standing, before[index]


def places_within(part: PlanPart[Any], rows: Sequence[Any], index: int) -> Sequence[int]:
    """The indexes of the lines among which a line may move: those of its group, or all."""
    group = GROUPED_BY.get(part.key, ())
    mine = tuple(getattr(rows[index], name) for name in group)
    return [i for i, row in enumerate(rows) if tuple(getattr(row, name) for name in group) == mine]


def neighbour_of(part: PlanPart[Any], rows: Sequence[Any], index: int, *, up: bool) -> int | None:
    """The index of the row to change places with; None at the end of the list or group."""
    others = places_within(part, rows, index)
    if up:
        return max((i for i in others if i < index), default=None)
    return min((i for i in others if i > index), default=None)
