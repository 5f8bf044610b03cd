"""The pages on which one line is typed: a new one, one that stands, one that changed or went meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest
from core.findings import Text
from plans.content.entry import Entry, changed, new_cells, read_entry, seen
from plans.content.suggesting import guidance_for, suggested
from plans.models import Plan
from plans.parts.base import PlanPart
from plans.parts.forms import LineForm, Shown
from plans.parts.grids import SUM
from plans.parts.names import Names
from plans.views.answers import who_saved
from plans.views.frame import may_edit, plan_url

BLANK = Shown({}, {})


@dataclass(frozen=True)
class Typed:
    """What was typed and is not stored, with the marks of the page it was typed on, and why it is not."""

    texts: Mapping[str, str]
    row_version: str = ""
    seen: str = ""
    reason: str = ""
    theirs: Mapping[str, str] | None = None


def carried(request: ActingRequest, form: LineForm) -> Typed | None:
    """What was typed here before the sign-in expired."""
    if not request.carried:
        return None
    request.carried.shown = True
    data = request.carried.data
    digests = data.get("seen", "")
    return Typed(changed(form.typed(data), digests), data.get("row_version", ""), digests)


def new_page(
    request: ActingRequest, plan: Plan, part: PlanPart[Any], typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    """The form of a new line, with what was typed or what usually comes next."""
    typed = typed or carried(request, LineForm(part, plan, BLANK))
    texts = typed.texts if typed else suggested(plan, part, uuid_of(request.GET.get("after", "")))
    form = LineForm(part, plan, Shown(texts, {}), cells=new_cells(plan, part), unsaved=texts if typed else ())
    context = _page(request, plan, part, form) | {
        "reason": typed.reason if typed else "",
        "proposed_line": uuid_of(request.POST.get("line", "")) or uuid4(),
        "carried_here": bool(request.carried and request.carried.shown),
    }
    return render(request, "plans/editing/line_new.html", context, status=status)


def edit_page(
    request: ActingRequest,
    plan: Plan,
    part: PlanPart[Any],
    line: UUID,
    typed: Typed | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The form of a line as it stands, with what was typed over it, or both values where two people saved."""
    entry = read_entry(plan, part, line)
    if entry is None:
        return gone_page(request, plan, part, line, typed)
    typed = typed or carried(request, LineForm(part, plan, BLANK, line=line))
    plan.refresh_from_db(fields=["state", "ready_for_approver"])
    shown, unsaved = _laid_over(entry, typed)
    locked = not may_edit(plan, request.membership)
    form = LineForm(part, plan, shown, line=line, cells=entry.cells, unsaved=unsaved, locked=locked)
    stored = LineForm(part, plan, entry.shown, line=line, cells=entry.cells)
    context = _page(request, plan, part, form) | {
        "entry": entry,
        "called": called(part, entry),
        "line": line,
        "row_version": (typed and typed.row_version) or entry.row.row_version,
        "seen": (typed and typed.seen) or seen(stored.seen()),
        "reason": typed.reason if typed else "",
        "carried_here": bool(request.carried and request.carried.shown and unsaved),
        "conflict": _both_values(form, typed) if typed and typed.theirs else None,
        "saved_first": who_saved(plan, line) if typed and typed.theirs else ("", ""),
        "row_total": entry.totals(part).get(f"row/{line}/{SUM}", ""),
    }
    return render(request, "plans/editing/line_edit.html", context, status=status)


def called(part: PlanPart[Any], entry: Entry) -> Text:
    """What the line is called, with names instead of keys."""
    return part.called(entry.row, Names({part.key: [entry.row]}))


def _laid_over(entry: Entry, typed: Typed | None) -> tuple[Shown, list[str]]:
    """What the fields show, and which of them show something that is not stored."""
    stored = entry.shown
    if typed is None or typed.theirs is not None:
        return stored, []
    news = {path: text for path, text in typed.texts.items() if stored.texts.get(path, "") != text}
    problems = {path: problem for path, problem in stored.problems.items() if path not in news}
    return Shown({**stored.texts, **news}, problems), list(news)


def _both_values(form: LineForm, typed: Typed) -> list[dict[str, Any]]:
    return [
        {
            "name": path,
            "label": form.fields[path].label if path in form.fields else path,
            "yours": typed.texts[path],
            "theirs": theirs,
            "yours_words": form.words(path, typed.texts[path]),
            "theirs_words": form.words(path, theirs),
        }
        for path, theirs in (typed.theirs or {}).items()
    ]


def gone_page(
    request: ActingRequest, plan: Plan, part: PlanPart[Any], line: UUID, typed: Typed | None
) -> HttpResponse:
    """The line was removed meanwhile: what was typed is offered as a new one; else there is only the list."""
    if typed is None:
        if not plan.line_edits.filter(line_id=line, line__kind=part.line_kind).exists():
            raise Http404
        messages.warning(request, _("This line is no longer in the plan; somebody has removed it."))
        return redirect(plan_url("plan_part", plan, part=part.key))
    form = LineForm(part, plan, Shown(typed.texts, {}), cells=new_cells(plan, part), unsaved=typed.texts)
    context = _page(request, plan, part, form) | {
        "reason": typed.reason,
        "proposed_line": uuid4(),
        "new_url": plan_url("line_new", plan, part=part.key),
    }
    return render(request, "plans/editing/line_new.html", context, status=409)


def _page(request: ActingRequest, plan: Plan, part: PlanPart[Any], form: LineForm) -> dict[str, Any]:
    """What the pages of a new and of an existing line share."""
    part_url = plan_url("plan_part", plan, part=part.key)
    return {
        "plan": plan,
        "part": part,
        "form": form,
        "part_url": part_url,
        "crumbs": [(plan.agency.name, plan_url("plan_detail", plan)), (part.label, part_url)],
        "guidance": guidance_for(plan, part, form.shown.texts),
        "illustrative": plan.illustrative,
        "current_programme": plan.programme,
        "may_edit": may_edit(plan, request.membership),
    }


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
