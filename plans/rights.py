"""What the page of rights shows of plans: the workflow with the acts beside it, and a plan by its address."""

from collections.abc import Iterator

from django.urls import ResolverMatch
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.permissions import Related
from agencies.rights.workflows import ShownAct, ShownWorkflow
from plans.models import Plan, PlanState, Programme
from plans.review.acts import FLAG_ACTS
from plans.review.workflow import PLAN_WORKFLOW


def _flag_acts() -> Iterator[ShownAct]:
    """The acts that change no state, with the states in which the table offers them."""
    for act in FLAG_ACTS:
        sources = [state.value for state in PlanState if any(map(act.possible, _in_state(state)))]
        yield ShownAct(act.name, act.label, act.permission, sources)


def _in_state(state: PlanState) -> Iterator[Plan]:
    """Plans that are never stored, to ask the table of acts about: with the leader, and not."""
    for ready in (False, True):
        yield Plan.from_db(None, ["id", "state", "ready_for_approver"], [0, state, ready])


PLANS = ShownWorkflow(
    10, "plan", _("Plans: states and acts"), PLAN_WORKFLOW, dict(PlanState.choices), _flag_acts
)


def plan_at(match: ResolverMatch, membership: Membership) -> Related | None:
    """The plan of a page, or the programme of one."""
    found = match.kwargs
    if "version" in found and "code" in found:
        plans = Plan.objects.visible_to(membership).for_pages()
        return plans.filter(code=found["code"], version=found["version"]).first()
    if match.url_name == "plan_current":
        plans = Plan.objects.visible_to(membership).for_pages()
        return plans.filter(code=found["code"]).order_by("-version").first()
    code = found.get("programme") or (found.get("code") if "programme" in str(match.url_name) else None)
    if code and "cycle" not in found:
        return Programme.objects.filter(code=code).first()
    return None
