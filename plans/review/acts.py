"""Which acts a plan offers to whom: those of the workflow, and one literal table of acts without a state.

Pages draw their buttons from `offered()`, and `plan_act` performs nothing that does not stand here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.offering import ObjectAct, Offer, concerns, offers
from agencies.permissions import can
from core.findings import Text
from plans.models import OPEN_STATES, Plan, PlanState
from plans.models.programme import DecidedBy
from plans.review.workflow import PLAN_WORKFLOW


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a plan as a whole. `asks` is true when a form or a confirmation comes first."""

    name: str
    label: Text
    permission: str
    possible: Callable[[Plan], bool]
    asks: bool = True
    danger: bool = False
    four_eyes: bool = False


def _never_submitted(plan: Plan) -> bool:
    return plan.state == PlanState.DRAFT and not plan.revisions.exists()


# Acts that change no state: a flag inside the agency, a new version, the end of a draft.
FLAG_ACTS: tuple[Act, ...] = (
    Act(
        "hand_over",
        _("Hand to the leader"),
        "plan.hand_over",
        lambda plan: plan.is_editable and not plan.ready_for_approver,
        asks=False,
    ),
    Act(
        "hand_back",
        _("Hand back to the editor"),
        "plan.hand_back",
        lambda plan: plan.is_editable and plan.ready_for_approver,
    ),
    Act("discard", _("Discard the draft"), "plan.discard", _never_submitted, danger=True),
    Act("amend", _("Amend"), "plan.amend", lambda plan: plan.state == PlanState.APPROVED, asks=False),
)

_WITHOUT_A_FORM = {"open_review"}
_DANGEROUS = {"reject"}
# Steps that no button takes: the loader registers, and an approval supersedes the version before it.
_NOT_BY_HAND = {"register", "supersede"}


def _in_states(states: tuple[PlanState, ...]) -> Callable[[Plan], bool]:
    return lambda plan: plan.state in states


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        *(
            Act(
                step.name,
                step.label,
                step.permission,
                _in_states(step.sources),
                asks=step.name not in _WITHOUT_A_FORM,
                danger=step.name in _DANGEROUS,
                four_eyes=step.four_eyes,
            )
            for step in PLAN_WORKFLOW
            if step.name not in _NOT_BY_HAND
        ),
        *FLAG_ACTS,
    )
}

# The order in which buttons stand, after those that are shut; the next act goes last.
_ORDER = (
    "discard", "reject", "withdraw", "hand_back", "return_", "amend", "open_review", "approve", "hand_over",
    "submit",
)  # fmt: skip

# The one next act, by state and whether the draft lies with the leader.
_NEXT: Mapping[tuple[str, bool], str] = {
    (PlanState.DRAFT, False): "hand_over",
    (PlanState.RETURNED, False): "hand_over",
    (PlanState.DRAFT, True): "submit",
    (PlanState.RETURNED, True): "submit",
    (PlanState.SUBMITTED, False): "open_review",
    (PlanState.IN_REVIEW, False): "approve",
}


def _with_the_leader(plan: Plan) -> Text:
    return (
        _("It lies with the leader. It can be edited again once it is handed back.")
        if plan.ready_for_approver
        else ""
    )


# What is done beside the band: on the pages of the parts, on the table of lines without a lead.
EDIT = ObjectAct("edit", _("Edit the plan"), "plan.edit", bar=_with_the_leader)
ASSIGN = ObjectAct("assign", _("Say who reports"), "line.assign")


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """A button: `refused` says why it is shut, `next` that it is the page's one filled button."""

    name: str
    label: Text
    asks: bool
    danger: bool
    next: bool
    refused: Text = ""


def label_of(act: Act, plan: Plan) -> Text:
    """Where another body decides, the reviewer records that body's decision."""
    if act.name == "approve" and plan.programme.decided_by != DecidedBy.LEAD:
        return _("Record the approval")
    if act.name == "submit" and plan.state == PlanState.RETURNED:
        return _("Submit again")
    return act.label


def offered(plan: Plan, membership: Membership) -> list[OfferedAct]:
    """The acts possible now that someone of the reader's agency may do; shut where the reader may not."""
    following = _NEXT.get((plan.state, plan.ready_for_approver), "")
    found = []
    for name in _ORDER:
        act = ACTS[name]
        if not concerns(act.permission, plan, membership) or not act.possible(plan):
            continue
        refused = why_not(act, plan, membership)
        found.append(
            OfferedAct(
                name, label_of(act, plan), act.asks, act.danger, name == following and not refused, refused
            )
        )
    return sorted(found, key=lambda one: (not one.refused, one.next))


def why_not(act: Act, plan: Plan, membership: Membership) -> Text:
    """Why the person may not, or "": right, four eyes, an amendment that is open already."""
    decision = can(membership, act.permission, plan)
    if not decision:
        return decision.reason
    if act.four_eyes and membership.user_id in plan.people_who_made_it():
        return _("Who drafted or submitted it cannot decide on it. Ask another member of your agency.")
    if act.name == "amend" and Plan.objects.filter(code=plan.code, state__in=OPEN_STATES).exists():
        return _("An amendment of this plan is already open.")
    return ""


def shut_beside(plan: Plan, membership: Membership) -> list[Offer]:
    """Editing, where the reader or nobody now may; in the other states the band says why it is locked."""
    if not plan.is_editable:
        return []
    return [one for one in offers((EDIT,), plan, membership, lambda name: "").values() if one.refused]
