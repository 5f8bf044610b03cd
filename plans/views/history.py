"""What happened to a plan, and what changed since it was last submitted."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Count, Max
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.acting import ActingRequest, acting_required
from plans.models import Plan, PlanRevision, PlanState, PlanStep
from plans.parts.base import Content
from plans.versions.changes import FieldView, PartChanges, changes_between, facts_changed, summary_of
from plans.versions.chronicle import entries_of, entry_of
from plans.versions.lineage import bases_of, usual_basis
from plans.versions.snapshot import content_of, is_intact
from plans.views.frame import frame, plan_url, visible_plan

BRIEF = 5


def brief_history(steps: Sequence[PlanStep]) -> list[dict[str, Any]]:
    """The last steps, the latest first, for the plan's own page."""
    return [entry_of(step) for step in reversed(steps[-BRIEF:])]


def since_last_submission(plan: Plan, content: Content) -> dict[str, Any] | None:
    """For who reviews a plan submitted again: what changed since the submission before."""
    if plan.state not in (PlanState.SUBMITTED, PlanState.IN_REVIEW):
        return None
    basis = usual_basis(plan, bases_of(plan))
    if basis is None:
        return None
    revision = PlanRevision.objects.get(pk=basis.revision_id)
    said = [f"{fact.label}: {fact.old or '–'} → {fact.new or '–'}" for fact in facts_changed(revision, plan)]
    lines = summary_of(changes_between(content_of(revision), content))
    return {"label": basis.label, "summary": " · ".join(filter(None, (*said, lines)))}


@acting_required
def plan_history(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """Steps with papers and people, revisions with their hash, and who edited how much."""
    plan = visible_plan(request, code, version)
    context = frame(request, plan, "history")
    own = plan.agency_id in request.membership.agency_ids
    context["entries"] = entries_of(plan, context["steps"], own=own)
    context["revisions"] = [
        {"revision": revision, "intact": is_intact(revision), "key": str(revision.number)}
        for revision in plan.revisions.select_related("by").order_by("-number")
    ]
    context["editors"] = (
        plan.line_edits.values("by__full_name")
        .annotate(edits=Count("id"), lines=Count("line", distinct=True), last=Max("at"))
        .order_by("-edits", "by__full_name")
    )
    return render(request, "plans/history.html", context)


@acting_required
def plan_compare(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """The plan against its last submission, or against what `?with=` names."""
    plan = visible_plan(request, code, version)
    context = frame(request, plan, "compare")
    bases = bases_of(plan)
    asked = request.GET.get("with", "")
    basis = next((one for one in bases if one.key == asked), None) if asked else usual_basis(plan, bases)
    if asked and basis is None:
        raise Http404
    changes: list[PartChanges] = []
    facts: list[FieldView] = []
    if basis is not None:
        revision = PlanRevision.objects.get(pk=basis.revision_id)
        changes = changes_between(content_of(revision), context["content"])
        facts = facts_changed(revision, plan)
    context |= {"bases": bases, "basis": basis, "changes": changes, "summary": summary_of(changes)}
    context["facts"] = facts
    context["compare_url"] = plan_url("plan_compare", plan)
    return render(request, "plans/compare.html", context)


@acting_required
def plan_scan(request: ActingRequest, code: str, version: int, step: int) -> HttpResponse:
    """The scan of a step's paper, as a download."""
    plan = visible_plan(request, code, version)
    found = get_object_or_404(plan.steps.exclude(scan=""), pk=step)
    name = str(found.scan.name).rsplit("/", 1)[-1]
    return cast(HttpResponse, FileResponse(found.scan.open("rb"), as_attachment=True, filename=name))
