"""The lines of a part as the API gives them: frozen rows, cells beside them, values nobody can read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from core.api.etags import etag_of
from plans.api.line_shapes import ReadLine
from plans.content.entry import Problems
from plans.models import Plan, PlanDraftValue
from plans.parts import registry
from plans.parts.base import PlanPart, Row
from plans.parts.cells import ANY


class LinesOf:
    """The rows of a part of a plan in their order, as a list that is read a page at a time."""

    def __init__(self, plan: Plan, part: PlanPart[Any]) -> None:
        self.plan, self.part = plan, part
        self._stored = part.queryset(plan)

    def count(self) -> int:
        return self._stored.count()

    def __getitem__(self, wanted: slice) -> list[ReadLine]:
        rows = self.part.read_some(self._stored[wanted])
        return self._read(rows, range((wanted.start or 0) + 1, (wanted.start or 0) + len(rows) + 1))

    def of(self, line: UUID) -> ReadLine | None:
        """One line with its place among all; None when the plan has none such."""
        if not (rows := self.part.read_some(self._stored.filter(line_id=line))):
            return None
        return self._read(rows, [list(self._stored.values_list("line_id", flat=True)).index(line) + 1])[0]

    def _read(self, rows: Sequence[Row], places: Sequence[int]) -> list[ReadLine]:
        """`position` is the place among all lines, counted from 1: what is stored may have gaps."""
        placed = [replace(row, position=place) for row, place in zip(rows, places, strict=True)]
        if self.part.line_kind is None:
            return [ReadLine(self.part.key, row) for row in placed]
        lines = [row.line for row in rows if row.line]
        cells = {one.key: self._cells(one, lines) for one in registry.extensions_of(self.part.key)}
        unreadable = self._unreadable(lines)
        return [
            ReadLine(
                part=self.part.key,
                row=row,
                etag=line_tag(self.plan, row),
                cells={key: of_line[row.line] for key, of_line in cells.items()},
                unreadable=unreadable[row.line],
            )
            for row in placed
        ]

    def _cells(self, part: PlanPart[Any], lines: Sequence[UUID]) -> Mapping[UUID | None, dict[str, Any]]:
        """By line, nested by the keys of the part: {"2009": {"NSTW": "1500"}}; one query."""
        found: dict[UUID | None, dict[str, Any]] = defaultdict(dict)
        value = part.columns_by_name[part.cell_value]
        for row in part.read_some(part.queryset(self.plan).filter(line_id__in=lines)):
            *above, last = (str(getattr(row, name) or ANY) for name in part.key_fields)
            inner = found[row.line]
            for key in above:
                inner = inner.setdefault(key, {})
            inner[last] = value.dump(getattr(row, value.name))
        return found

    def _unreadable(self, lines: Sequence[UUID]) -> Mapping[UUID | None, list[dict[str, str]]]:
        found: dict[UUID | None, list[dict[str, str]]] = defaultdict(list)
        problems = Problems(self.plan)
        for draft in PlanDraftValue.objects.filter(plan=self.plan, line_id__in=lines).order_by("path"):
            found[draft.line_id].append(
                {
                    "path": draft.path,
                    "typed": draft.raw,
                    "code": draft.finding_code,
                    "detail": problems.of(self.part, draft),
                }
            )
        return found


def line_tag(plan: Plan, row: Row) -> str:
    """The tag of a line's values; its place and its neighbours are not part of them."""
    return etag_of("line", plan.pk, row.line, row.row_version)
