"""What stands in the fields of a plan's lines: stored values as texts, and draft values over them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.notation import NotationError
from core.vietnamese import clean
from plans.models import Plan, PlanDraftValue
from plans.parts import registry
from plans.parts.base import Content, PlanPart, Row
from plans.parts.cells import Cells
from plans.parts.forms import Shown
from plans.parts.grids import Grid, GridColumn, grid_of, read_for


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as its form shows it, its neighbours in the part, the cells that another part adds to it."""

    row: Row
    shown: Shown
    number: int
    count: int
    before: UUID | None
    after: UUID | None
    cells: Sequence[GridColumn] = ()
    content: Content = field(default_factory=dict)

    def totals(self, part: PlanPart[Any], paths: Sequence[str] = ()) -> dict[str, str]:
        """The totals of the part's grid, of the rows this line's alone; "" for `paths` that hold nothing."""
        grid, line = grid_of(part.key), self.row.line
        return grid.totals(self.content, lines=[line] if line else [], paths=paths) if grid else {}


def read_entry(plan: Plan, part: PlanPart[Any], line: UUID) -> Entry | None:
    """The line as it stands now; None when the plan has no such line."""
    grid = grid_of(part.key)
    content: Content = read_for(grid, plan) if grid else {part.key: part.read(plan)}
    rows = content[part.key]
    index = next((i for i, row in enumerate(rows) if row.line == line), None)
    if index is None:
        return None
    row = rows[index]
    texts = dict(grid.texts(content).get(line, {})) if grid else {}
    texts |= {one.name: one.show(getattr(row, one.name)) for one in part.columns if one.editable}
    shown = with_drafts(plan, part, {line: texts})[line]
    cells = _of_others(grid.columns(plan, content, list(shown.texts))) if grid else []
    return Entry(
        row=row,
        shown=Shown({cell.path: "" for cell in cells} | dict(shown.texts), shown.problems),
        number=index + 1,
        count=len(rows),
        before=rows[index - 1].line if index else None,
        after=rows[index + 1].line if index + 1 < len(rows) else None,
        cells=cells,
        content=content,
    )


def new_cells(plan: Plan, part: PlanPart[Any]) -> Sequence[GridColumn]:
    """The cells that another part adds to a new line."""
    grid = grid_of(part.key)
    return _of_others(grid.columns(plan, read_for(grid, plan), ())) if grid else ()


def _of_others(columns: Sequence[GridColumn]) -> list[GridColumn]:
    """The columns that are no fields of the line itself: a grid may hold both."""
    return [column for column in columns if "/" in column.path]


def cells_of(plan: Plan, grid: Grid, content: Content) -> dict[UUID, Shown]:
    """All cells of a grid: line -> what is shown."""
    texts = {line: cells for line, cells in grid.texts(content).items() if line is not None}
    return with_drafts(plan, registry.get(grid.parts[0]), texts)


def with_drafts(
    plan: Plan, part: PlanPart[Any], texts: Mapping[UUID, Mapping[str, str]]
) -> dict[UUID, Shown]:
    """Stored texts with the draft values over them; one query."""
    drafts: dict[UUID, list[PlanDraftValue]] = defaultdict(list)
    for draft in PlanDraftValue.objects.filter(plan=plan, line_id__in=texts):
        drafts[draft.line_id].append(draft)
    problems = Problems(plan)
    return {
        line: Shown(
            dict(stored) | {draft.path: draft.raw for draft in drafts[line]},
            {draft.path: problems.of(part, draft) for draft in drafts[line]},
        )
        for line, stored in texts.items()
    }


class Problems:
    """What is wrong with draft values of a plan, in the reader's language; cells are known once for all."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._cells: dict[str, Cells | None] = {}

    def of(self, part: PlanPart[Any], draft: PlanDraftValue) -> str:
        """Why it does not parse; the stored words where it parses alone."""
        try:
            if draft.path in part.columns_by_name:
                part.columns_by_name[draft.path].parse(draft.raw)
            else:
                key, _slash, subpath = draft.path.partition("/")
                if key not in self._cells:
                    self._cells[key] = registry.get(key).cells(self.plan, ())
                if (cells := self._cells[key]) is not None:
                    cells.parse(subpath, draft.raw)
        except NotationError as problem:
            return str(problem)
        return draft.message


# What was shown goes with the form, so that what is saved is only what the person changed


def seen(texts: Mapping[str, str]) -> str:
    """A digest of each text that a form shows."""
    return json.dumps({path: _digest(text) for path, text in texts.items()}, separators=(",", ":"))


def changed(typed: Mapping[str, str], posted: str) -> dict[str, str]:
    """What was typed and differs from what the form showed; without its digests everything that was typed."""
    try:
        shown = json.loads(posted)
    except ValueError:
        return dict(typed)
    if not isinstance(shown, dict):
        return dict(typed)
    return {path: text for path, text in typed.items() if shown.get(path, _digest("")) != _digest(text)}


def _digest(text: str) -> str:
    return hashlib.sha256(clean(text, multiline=True).encode()).hexdigest()[:12]


def version_in(posted: str) -> int:
    """A posted row version; 0, which no row has, when it is missing or no number."""
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 10 else 0
