"""One version of a plan as its own page shows it, and the answer of everything that changes it."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.models import Membership
from core.api.etags import extended, tagged
from plans.api.plan import plan_etag, visible_plans
from plans.api.shapes import PlanDetail
from plans.models import OPEN_STATES, Plan
from plans.parts import registry
from plans.review.checks import check_plan
from plans.review.workflow import TURN
from plans.standing import standing_of
from plans.versions.lineage import other_versions
from plans.views.frame import acts_of, may_edit, steps_of


def act_name(name: str) -> str:
    """How an act is called in addresses: "return_" is `return`, "open_review" `open-review`."""
    return name.strip("_").replace("_", "-")


def plan_answer(request: Request, plan: Plan, membership: Membership, status: int = 200) -> Response:
    """The plan as it stands now, read anew, with its tag; 201 also names its address."""
    plan = visible_plans(membership).get(pk=plan.pk)
    current = plan_etag(plan)
    data = PlanDetail(with_all(plan, membership)).data
    answer = tagged(request, data, extended(current, data), status)
    if status == 201:
        address = {"code": plan.code, "version": plan.version}
        answer.headers["Location"] = reverse("api:plan_detail", kwargs=address, request=request)
    return answer


def with_all(plan: Plan, membership: Membership) -> Any:
    """The plan with what `PlanDetail` says beside its own fields."""
    shown: Any = plan
    content, steps = registry.read_content(plan), steps_of(plan)
    findings = check_plan(plan, content) if plan.state in OPEN_STATES else []
    acts, before = acts_of(plan, membership, content, findings)
    standing = standing_of(plan, membership, steps)
    shown.shown_standing = {
        "turn_of": _turn_of(plan),
        **{name: getattr(standing, name) for name in ("word", "turn", "mine", "until", "left", "locked")},
        "note": standing.note,
    }
    shown.shown_may_edit = may_edit(plan, membership)
    shown.shown_before_acts = before["label"] if before else ""
    shown.shown_acts = [
        {"name": act_name(act.name), "label": act.label, "next": act.next, "refused": act.refused}
        for act in acts
    ]
    shown.shown_parts = [
        {
            "part": part.key,
            "label": part.label,
            "rows": len(content[part.key]),
            "done": (progress := part.progress(content[part.key])).done,
            "whole": progress.whole,
            "errors": sum(one.bars for one in findings if one.place.part == part.key),
            "warnings": sum(not one.bars for one in findings if one.place.part == part.key),
        }
        for part in registry.parts()
    ]
    shown.shown_revisions = plan.revisions.select_related("by").defer("content").order_by("number")
    shown.shown_versions = other_versions(plan, membership)
    shown.shown_note = plan.hand_back_note if plan.agency_id in membership.agency_ids else ""
    return shown


def _turn_of(plan: Plan) -> str:
    if plan.is_editable:
        return "leader" if plan.ready_for_approver else "agency"
    return TURN[plan.state] or "nobody"
