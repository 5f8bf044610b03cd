"""The checklist of a review: ticked on the plan's own page while it is in review, and read afterwards."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.acting import ActingRequest, acting_required
from agencies.models import Membership
from agencies.permissions import can, require
from plans.models import Plan, PlanState, PlanStep
from plans.review.checklist import checks_of, last_checked, tick
from plans.views.frame import plan_url, visible_plan


@require_POST
@acting_required
def plan_checklist(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """Keeps exactly the ticks that the form shows."""
    plan = visible_plan(request, code, version)
    require(request.membership, "plan.review", plan)
    ticked = [int(one) for one in request.POST.getlist("checked") if one.isdecimal() and len(one) < 19]
    tick(plan, ticked, actor=request.membership)
    messages.success(request, _("The ticks are saved."))
    return redirect(plan_url("plan_detail", plan) + "#checklist")


def checklist_of(plan: Plan, membership: Membership, steps: Sequence[PlanStep]) -> dict[str, Any]:
    """For the plan's page: the list to tick, or what the last review kept; nothing for other agencies."""
    if plan.relation_to(membership) == {"foreign"}:
        return {}
    if plan.state == PlanState.IN_REVIEW:
        checks = checks_of(plan)
        decision = can(membership, "plan.review", plan)
        return {"checks": checks, "may_tick": bool(decision), "refused": decision.reason} if checks else {}
    step = last_checked(steps)
    return {"step": step} if step is not None else {}
