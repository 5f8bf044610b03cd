"""The grid of a part: its lines by the cells that another part adds, such as projects by year and source.

A script saves each cell by itself; without it one POST brings the whole grid, of which only what differs from
what was shown is saved, row by row, so that one refused row keeps none of the others back.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can
from core.findings import BusinessError, Conflict
from plans.content.editing import save_line
from plans.content.entry import cells_of, changed, version_in
from plans.content.grid_page import GridPage, Marks, further_columns, grid_page
from plans.models import Plan
from plans.parts.grids import Grid, grid_of
from plans.views.answers import save_and_answer, who_saved
from plans.views.frame import frame, lined_part, may_edit, plan_url, visible_plan
from plans.views.line_pages import uuid_of


def _grid(part: str) -> Grid:
    grid = grid_of(lined_part(part).key)
    if grid is None:
        raise Http404
    return grid


@acting_required
def plan_grid(request: ActingRequest, code: str, version: int, part: str) -> HttpResponse:
    """All lines with their cells and totals. Who may not edit reads it."""
    plan, grid = visible_plan(request, code, version), _grid(part)
    if request.method != "POST":
        return _page(request, plan, part, grid)
    outcome = _save_all(request, plan, part)
    if outcome.refused or outcome.marks.conflicts:
        return _page(request, plan, part, grid, outcome)
    _tell(request, outcome)
    return redirect(request.get_full_path())


@acting_required
@require_POST
def grid_cell(request: ActingRequest, code: str, version: int, part: str) -> HttpResponse:
    """One cell, or several of a row: each as `path` and `value`, with the row's `line` and `row_version`."""
    plan, grid = visible_plan(request, code, version), _grid(part)
    line = uuid_of(request.POST.get("line", ""))
    if line is None:
        raise Http404
    raw = dict(zip(request.POST.getlist("path"), request.POST.getlist("value"), strict=False))
    row_version = version_in(request.POST.get("row_version", ""))
    return save_and_answer(
        request, plan, lined_part(grid.parts[0]), line, raw, row_version, words=lambda _path, text: text
    )


@dataclass
class Outcome:
    """What became of a grid that was posted whole."""

    saved: int = 0
    invalid: int = 0
    marks: Marks = field(default_factory=Marks)
    refused: str = ""
    gone: list[str] = field(default_factory=list)  # what was typed into rows that are no longer there


def _save_all(request: ActingRequest, plan: Plan, part: str) -> Outcome:
    """Row by row what the person changed."""
    outcome = Outcome()
    for line, cells in typed_cells(request.POST).items():
        texts = changed(cells, request.POST.get(f"seen:{line}", ""))
        if not texts:
            continue
        row_version = version_in(request.POST.get(f"version:{line}", ""))
        try:
            saved = save_line(plan, part, line, texts, actor=request.membership, row_version=row_version)
        except Conflict as conflict:
            outcome.marks.conflicts[line] = conflict
        except BusinessError as refused:
            outcome.refused = str(refused)
            outcome.marks.unsaved[line] = texts
            if refused.code == "gone":
                outcome.gone.append("; ".join(f"{path}: {text}" for path, text in texts.items()))
        else:
            outcome.saved += len(saved.changed) - len(saved.invalid)
            outcome.invalid += len(saved.invalid)
    return outcome


def typed_cells(data: Mapping[str, Any]) -> dict[UUID, dict[str, str]]:
    """The cells of a posted grid: their names are `<line>:<path>`."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for name in data:
        line, colon, path = name.partition(":")
        if colon and path and (key := uuid_of(line)):
            found[key][path] = data[name]
    return found


def _tell(request: ActingRequest, outcome: Outcome) -> None:
    if outcome.saved:
        text = ngettext("%(n)d cell saved.", "%(n)d cells saved.", outcome.saved) % {"n": outcome.saved}
        messages.success(request, text)
    if outcome.invalid:
        text = ngettext(
            "%(n)d value cannot be read: it is kept and marked, mend it before submission.",
            "%(n)d values cannot be read: they are kept and marked, mend them before submission.",
            outcome.invalid,
        )
        messages.error(request, text % {"n": outcome.invalid})
    if not outcome.saved and not outcome.invalid:
        messages.info(request, _("Nothing was changed; it stands as it was saved."))


def _page(
    request: ActingRequest, plan: Plan, part: str, grid: Grid, outcome: Outcome | None = None
) -> HttpResponse:
    if outcome is not None:
        plan = visible_plan(request, plan.code, plan.version)  # its state may have changed meanwhile
    elif request.carried:
        outcome = Outcome(marks=_carried(request))
    else:
        outcome = Outcome()
    context = frame(request, plan, part)
    content, further = context["content"], further_columns(plan, grid, request.GET)
    page = grid_page(plan, grid, content, cells_of(plan, grid, content), further, outcome.marks)
    conflicts = outcome.marks.conflicts.items()
    context |= {
        "part": lined_part(part),
        "grid": page,
        "unit": grid.unit,
        "locked": not may_edit(plan, request.membership),
        "why_locked": context["standing"].locked or can(request.membership, "plan.edit", plan).reason,
        "choosers": grid.choosers(plan),
        "further": further,
        "refused": outcome.refused,
        "lost": outcome.gone,
        "conflicts": [_conflict(plan, line, one, page) for line, one in conflicts],
        "carried_here": bool(request.carried and request.carried.shown),
        "cell_url": plan_url("grid_cell", plan, part=part),
    }
    status = 409 if outcome.refused or conflicts else 200
    return render(request, grid.template, context, status=status)


def _carried(request: ActingRequest) -> Marks:
    """What was typed in the grid before the sign-in expired: it stands in its cells, not saved."""
    assert request.carried is not None
    request.carried.shown = True
    data, marks = request.carried.data, Marks()
    for line, texts in typed_cells(data).items():
        if news := changed(texts, data.get(f"seen:{line}", "")):
            marks.unsaved[line] = news
            marks.versions[line] = data.get(f"version:{line}", "")
            marks.seen[line] = data.get(f"seen:{line}", "")
    return marks


def _conflict(plan: Plan, line: UUID, conflict: Conflict, page: GridPage) -> dict[str, Any]:
    return {
        "line": line,
        "title": page.titles.get(line, ""),
        "saved_first": who_saved(plan, line),
        "version_name": f"version:{line}",
        "row_version": conflict.row_version,
        "rows": [
            {
                "name": f"{line}:{path}",
                "label": page.column_title(path),
                "yours": yours,
                "theirs": conflict.theirs[path],
            }
            for path, yours in conflict.yours.items()
        ],
    }
