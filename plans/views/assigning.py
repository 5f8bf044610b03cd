"""Phân công báo cáo: who reports on the lines of a national plan that its document gives no lead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from core import clock
from core.findings import Refused
from plans.content.assigning import (
    Assignment,
    assign_reporters,
    assigned_lines,
    lines_without_lead,
    party_choices,
    withdraw_reporter,
)
from plans.forms import AssignForm
from plans.models import LineReporter, Plan, PlanKind
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from plans.views.frame import crumbs, plan_url, visible_plan


@dataclass(frozen=True, slots=True)
class FreeLine:
    """A line without a lead: what it is called in the document, who is assigned, whether it is chosen."""

    line: UUID | None
    label: str
    name: str
    assigned: Sequence[Assignment]
    chosen: bool


@dataclass(frozen=True, slots=True)
class FreeGroup:
    """Lines without a lead under one heading of the document."""

    heading: str
    lines: list[FreeLine] = field(default_factory=list)

    @property
    def silent(self) -> int:
        return sum(1 for line in self.lines if not line.assigned)


@acting_required
def plan_assign(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """The table of lines without a lead; a post assigns one party to all that are chosen."""
    plan = _assignable(request, code, version)
    posted = request.method == "POST"
    chosen = _chosen(request)
    form = AssignForm(
        request.POST if posted else None,
        choices=party_choices(plan.programme, clock.today()),
        initial={"on": clock.today()},
    )
    if posted and form.is_valid():
        try:
            made = assign_reporters(chosen, actor=request.membership, **form.arguments())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = ngettext("%(n)d line is assigned.", "%(n)d lines are assigned.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect(plan_url("plan_assign", plan))
    content = registry.read_content(plan)
    context = _context(plan, content, set(chosen)) | {"form": form}
    return render(request, "plans/assign.html", context, status=422 if posted else 200)


@require_POST
@acting_required
def assignment_withdraw(request: ActingRequest, code: str, version: int, pk: int) -> HttpResponse:
    """Takes one assignment back; the page of lines follows."""
    plan = _assignable(request, code, version)
    lines = [row.line for row in lines_without_lead(registry.read_content(plan))]
    reporter = get_object_or_404(LineReporter, pk=pk, line__in=lines)
    withdraw_reporter(reporter, actor=request.membership)
    messages.success(request, _("The assignment is withdrawn."))
    return redirect(plan_url("plan_assign", plan))


def _assignable(request: ActingRequest, code: str, version: int) -> Plan:
    """A national plan, for those who may assign in its programme."""
    plan = visible_plan(request, code, version)
    require(request.membership, "line.assign", plan)
    if plan.kind != PlanKind.NATIONAL:
        raise Http404
    return plan


def _chosen(request: ActingRequest) -> list[UUID]:
    found = []
    for raw in request.POST.getlist("line"):
        try:
            found.append(UUID(raw))
        except ValueError:
            raise Http404 from None
    return found


def _context(plan: Plan, content: Content, chosen: set[UUID]) -> dict[str, object]:
    groups = list(free_groups(content, assigned_lines(plan, content), chosen))
    lines = [line for group in groups for line in group.lines]
    return {
        "plan": plan,
        "groups": groups,
        "count": len(lines),
        "silent": sum(group.silent for group in groups),
        "url": plan_url("plan_detail", plan),
        "crumbs": crumbs(plan, "assign"),
        "current_programme": plan.programme,
        "illustrative": plan.illustrative,
    }


def free_groups(
    content: Content, assigned: dict[UUID, list[Assignment]], chosen: set[UUID]
) -> Iterator[FreeGroup]:
    """The lines without a lead under the headings of their document."""
    for heading, rows in groupby(lines_without_lead(content), _heading):
        lines = [
            FreeLine(
                row.line,
                row.clause if isinstance(row, TaskRow) else row.label,
                row.name,
                assigned.get(row.line, ()) if row.line else (),
                row.line in chosen,
            )
            for row in rows
        ]
        yield FreeGroup(heading, lines)


def _heading(row: TaskRow | ProjectRow) -> str:
    if isinstance(row, TaskRow):
        return _("Tasks")
    heading = ". ".join(filter(None, (row.group_code, row.group_name)))
    return ": ".join(filter(None, (heading, row.subgroup)))
