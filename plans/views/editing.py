"""The forms of a plan's lines: one line is added, saved whole or field by field, moved, removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.acting import ActingRequest, acting_required
from agencies.expiry import wants_json
from agencies.permissions import require
from agencies.refusals import way_back
from core.findings import BusinessError, Conflict, Refused, WrongState
from plans.content.actions import add_asked_rows
from plans.content.editing import Saved, add_line, move_line, remove_line, save_line
from plans.content.entry import changed, read_entry, version_in
from plans.models import Plan
from plans.parts.base import PlanPart
from plans.parts.forms import LineForm
from plans.views.answers import save_and_answer
from plans.views.frame import lined_part, plan_url, visible_plan
from plans.views.grid import grid_cell, plan_grid
from plans.views.line_pages import BLANK, Typed, called, edit_page, gone_page, new_page, uuid_of

__all__ = ["grid_cell", "line_edit", "line_move", "line_new", "line_remove", "part_asked", "plan_grid"]


@acting_required
def line_new(request: ActingRequest, code: str, version: int, part: str) -> HttpResponse:
    """A form for a new line; sent twice it adds one line."""
    plan, shown = visible_plan(request, code, version), lined_part(part)
    require(request.membership, "plan.edit", plan)
    if request.method != "POST":
        return new_page(request, plan, shown)
    texts = LineForm(shown, plan, BLANK).typed(request.POST)
    proposed = uuid_of(request.POST.get("line", ""))
    try:
        saved = add_line(plan, part, texts, actor=request.membership, line=proposed)
    except (Refused, WrongState) as refused:
        return new_page(request, plan, shown, Typed(texts, reason=str(refused)), status=422)
    return _onward(request, plan, shown, saved)


@acting_required
def line_edit(request: ActingRequest, code: str, version: int, part: str, line: UUID) -> HttpResponse:
    """One line: read in its form, saved whole, or by a script field by field at the same address."""
    plan, shown = visible_plan(request, code, version), lined_part(part)
    require(request.membership, "plan.edit", plan)
    if request.method != "POST":
        return edit_page(request, plan, shown, line)
    if wants_json(request):
        return _save_fields(request, plan, shown, line)
    version_typed, digests = request.POST.get("row_version", ""), request.POST.get("seen", "")
    typed = Typed(LineForm(shown, plan, BLANK, line=line).typed(request.POST), version_typed, digests)
    texts, actor = changed(typed.texts, digests), request.membership
    try:
        saved = save_line(plan, part, line, texts, actor=actor, row_version=version_in(version_typed))
    except Conflict as conflict:
        both = Typed(conflict.yours, str(conflict.row_version), theirs=conflict.theirs)
        return edit_page(request, plan, shown, line, both, status=409)
    except (Refused, WrongState) as refused:
        unsaved = Typed(typed.texts, version_typed, digests, str(refused))
        return edit_page(request, plan, shown, line, unsaved, status=409)
    return _onward(request, plan, shown, saved)


def _save_fields(request: ActingRequest, plan: Plan, part: PlanPart[Any], line: UUID) -> JsonResponse:
    """The fields named in `path`, for a script."""
    form = LineForm(part, plan, BLANK, line=line)
    texts = form.typed(request.POST, request.POST.getlist("path"))
    row_version = version_in(request.POST.get("row_version", ""))
    return save_and_answer(request, plan, part, line, texts, row_version, words=form.words)


def _onward(request: ActingRequest, plan: Plan, part: PlanPart[Any], saved: Saved) -> HttpResponseRedirect:
    """Say what was saved, and go where the button leads: next line, another new one, the part, or stay."""
    if saved.invalid:
        messages.error(request, _("Saved as typed, but not all of it can be read: mend what is marked."))
    elif saved.changed:
        messages.success(request, _("Saved."))
    else:
        messages.success(request, _("Nothing was changed; it stands as it was saved."))
    here = plan_url("line_edit", plan, part=part.key, line=saved.line)
    then = request.POST.get("then", "")
    if then == "another":
        return redirect(f"{plan_url('line_new', plan, part=part.key)}?after={saved.line}")
    if saved.invalid or then not in ("next", "list"):
        return redirect(here)
    entry = read_entry(plan, part, saved.line) if then == "next" else None
    if entry and entry.after:
        return redirect(plan_url("line_edit", plan, part=part.key, line=entry.after))
    return redirect(f"{plan_url('plan_part', plan, part=part.key)}#at-{saved.line}")


@acting_required
def line_remove(request: ActingRequest, code: str, version: int, part: str, line: UUID) -> HttpResponse:
    """Asks, then takes the line out of the draft."""
    plan, shown = visible_plan(request, code, version), lined_part(part)
    require(request.membership, "plan.edit", plan)
    part_url = plan_url("plan_part", plan, part=part)
    if request.method == "POST":
        try:
            remove_line(plan, part, line, actor=request.membership)
            messages.success(request, _("The line is removed from the draft."))
        except BusinessError as refused:
            messages.error(request, str(refused))
        return redirect(part_url)
    entry = read_entry(plan, shown, line)
    if entry is None:
        return gone_page(request, plan, shown, line, None)
    context = {
        "heading": _("Remove this line?"),
        "text": _(
            "It leaves this draft with all that hangs on it. Earlier versions and the history keep it."
        ),
        "facts": [(_("Part"), shown.label), (_("Line"), called(shown, entry))],
        "label": _("Remove the line"),
        "kind": "danger",
        "cancel_url": plan_url("line_edit", plan, part=part, line=line),
        "crumbs": [(plan.agency.name, plan_url("plan_detail", plan)), (shown.label, part_url)],
    }
    return render(request, "components/confirm_page.html", context)


@acting_required
@require_POST
def part_asked(request: ActingRequest, code: str, version: int, part: str) -> HttpResponse:
    """Add the rows of a part that the outline asks for and the draft lacks, then open its grid."""
    plan, shown = visible_plan(request, code, version), lined_part(part)
    added = add_asked_rows(plan, shown.key, actor=request.membership)
    text = ngettext("%(n)d figure added.", "%(n)d figures added.", added) % {"n": added}
    messages.success(request, text)
    return redirect(plan_url("plan_grid" if shown.in_grid else "plan_part", plan, part=part))


@acting_required
@require_POST
def line_move(request: ActingRequest, code: str, version: int, part: str, line: UUID) -> HttpResponse:
    """One place up or down."""
    plan = visible_plan(request, code, version)
    up = request.POST.get("direction") == "up"
    move_line(plan, lined_part(part).key, line, up=up, actor=request.membership)
    back = way_back(request, plan_url("plan_part", plan, part=part))
    return redirect(f"{back.partition('#')[0]}#at-{line}")
