"""A plan's own page, its parts, and the check."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from agencies.acting import ActingRequest, acting_required
from agencies.offering import offers
from plans.content.assigning import assigned_lines, lines_without_lead
from plans.content.origins import origins_of
from plans.models import Plan, PlanKind
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.names import Names
from plans.review.acts import ASSIGN
from plans.versions.lineage import current_version, other_versions
from plans.views.checklist import checklist_of
from plans.views.frame import frame, lined_part, located, page_parts, plan_url, visible_plan
from plans.views.history import brief_history, since_last_submission


@acting_required
def plan_current(request: ActingRequest, code: str) -> HttpResponse:
    """The version that is of interest now; a plan of which the reader may see none is a 404."""
    version = current_version(code, request.membership)
    if version is None:
        raise Http404
    return redirect("plan_detail", code=code, version=version)


@acting_required
def plan_detail(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """The plan at a glance: what waits, what it is made of, its money, where it comes from."""
    plan = visible_plan(request, code, version)
    prefetch_related_objects([plan.programme], "review_scopes__agency")
    context = frame(request, plan, "overview")
    names = Names(context["content"])
    context["panels"] = [
        panel for part in registry.parts() for panel in part.overview(plan, context["content"], names)
    ]
    context["origins"] = sorted({origin.label: origin for origin in origins_of(plan).values()}.items())
    context["versions"] = other_versions(plan, request.membership)
    context["history"] = brief_history(context["steps"])
    context["since"] = since_last_submission(plan, context["content"])
    context["errors"] = sum(1 for finding in context["findings"] if finding.bars)
    context["returned"] = next((step for step in reversed(context["steps"]) if step.verb == "return"), None)
    context["free"] = _without_lead(request, plan, context["content"])
    context["own"] = plan.agency_id in request.membership.agency_ids
    context["checklist"] = checklist_of(plan, request.membership, context["steps"])
    return render(request, "plans/detail.html", context)


def _without_lead(request: ActingRequest, plan: Plan, content: Content) -> dict[str, Any]:
    """How many lines of a national plan have no lead, on how many nobody reports, who may change that."""
    lines = lines_without_lead(content) if plan.kind == PlanKind.NATIONAL else []
    assigned, url = assigned_lines(plan, content), plan_url("plan_assign", plan)
    return {
        "count": len(lines),
        "silent": sum(1 for row in lines if row.line not in assigned),
        "assign": list(offers((ASSIGN,), plan, request.membership, lambda name: url).values())
        if lines
        else [],
    }


@acting_required
def plan_part(request: ActingRequest, code: str, version: int, part: str) -> HttpResponse:
    """One part as it reads, with what other parts put beside and below it."""
    plan, shown = visible_plan(request, code, version), lined_part(part)
    context = frame(request, plan, part)
    content, names = context["content"], Names(context["content"])
    context |= {"part": shown, "rows": content[part], "names": names, "origins": origins_of(plan)}
    context |= shown.page_context(plan, content, names)
    context["assigned"] = assigned_lines(plan, content)
    context["panels"] = [
        panel
        for other in registry.parts()
        if part in (other.extends, *other.depends_on)
        for panel in other.panels(plan, content, names)
    ]
    context |= _neighbours(plan, part)
    return render(request, "plans/part.html", context)


def _neighbours(plan: Plan, part: str) -> dict[str, Any]:
    parts = page_parts()
    index = next(i for i, one in enumerate(parts) if one.key == part)

    def link(at: int) -> dict[str, Any] | None:
        if not 0 <= at < len(parts):
            return None
        return {"url": plan_url("plan_part", plan, part=parts[at].key), "label": parts[at].label}

    return {"previous": link(index - 1), "next": link(index + 1)}


@acting_required
def plan_check(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """Kiểm tra: all findings at once, errors apart from warnings, each a link to its field."""
    plan = visible_plan(request, code, version)
    context = frame(request, plan, "check")
    context["located"] = located(plan, context["findings"], editable=context["may_edit"])
    return render(request, "plans/check.html", context)
