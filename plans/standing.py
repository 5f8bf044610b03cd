"""How a plan stands to its reader: state, whose turn, until when, why it is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.answering import name_of_answering
from agencies.models import Membership, Role
from agencies.permissions import can
from core import clock
from core.findings import Text
from core.notation import format_date
from plans.models import IN_FORCE_STATES, OPEN_STATES, Plan, PlanState, PlanStep
from plans.review.workflow import LOOK, TURN


@dataclass(frozen=True, slots=True)
class Standing:
    """What the band under the title says."""

    family: str
    sign: str
    word: Text
    turn: Text = ""
    mine: bool = False
    until: date | None = None
    left: Text = ""
    locked: Text = ""
    note: Text = ""
    charge: Text = ""
    """Who is in charge, for readers of the agency; "" where that is nobody's affair any more."""
    charge_url: str = ""


def charge_of(kind: str, row: Any, membership: Membership) -> dict[str, Any]:
    """Who is in charge of an open draft, with the page on which it is changed; nothing for other agencies."""
    agency = row.agency if kind == "plan" else row.report.agency
    if agency.pk not in membership.agency_ids:
        return {}
    may = bool(can(membership, "work.assign", agency))
    who = str(row.in_charge.user) if row.in_charge else _("nobody")
    if row.in_charge and row.in_charge.has_ended(clock.today()):
        who = _("%(person)s, who no longer acts here") % {"person": who}
    return {
        "charge": who,
        "charge_url": reverse("in_charge", args=[kind, row.pk]) if may else "",
    }


def standing_of(plan: Plan, membership: Membership, steps: Sequence[PlanStep] = ()) -> Standing:
    """The standing on the business day; `steps` are those that the plan has taken, oldest first."""
    family, sign = LOOK[plan.state]
    until = deadline_of(plan)
    left = time_left(until) if until else _days_waiting(plan, steps)
    turn, mine = _turn(plan, membership)
    return Standing(
        family=family,
        sign=sign,
        word=_word(plan, steps),
        turn=turn,
        mine=mine,
        until=until,
        left=left,
        locked=_locked(plan),
        note=_note(plan),
        **(charge_of("plan", plan, membership) if plan.state in OPEN_STATES else {}),
    )


def deadline_of(plan: Plan) -> date | None:
    """The programme's deadline while the agency drafts; after a return only as long as it lies ahead."""
    deadline = plan.programme.plan_deadline
    if plan.state == PlanState.DRAFT and plan.version == 1:
        return deadline
    if plan.state == PlanState.RETURNED and deadline and deadline >= clock.today():
        return deadline
    return None


def time_left(until: date) -> str:
    """How far a deadline is: "4 days left", "today", "3 days overdue"."""
    days = (until - clock.today()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return ngettext("%(n)d day overdue", "%(n)d days overdue", -days) % {"n": -days}


def _word(plan: Plan, steps: Sequence[PlanStep]) -> Text:
    """The state in words, with how often it was submitted or returned when that is more than once."""
    if plan.is_editable and plan.ready_for_approver:
        return _("With the leader")
    verb = {PlanState.RETURNED: "return", PlanState.SUBMITTED: "submit", PlanState.IN_REVIEW: "submit"}
    wanted = verb.get(PlanState(plan.state))
    times = sum(1 for step in steps if step.verb == wanted)
    if wanted == "return" and times:
        return _("Returned (%(n)d)") % {"n": times}
    if times > 1:
        return _("%(state)s, submission %(n)d") % {"state": plan.get_state_display(), "n": times}
    return plan.get_state_display()


def _turn(plan: Plan, membership: Membership) -> tuple[Text, bool]:
    whose = TURN[plan.state]
    if whose == "own":
        own = plan.agency_id in membership.agency_ids
        who = name_of_answering(plan.agency)
        if plan.ready_for_approver:
            return _("the leader of %(agency)s") % {"agency": who}, own and membership.role == Role.APPROVER
        return who, own and membership.role == Role.EDITOR
    if whose == "lead":
        lead = plan.programme.lead
        return name_of_answering(lead), lead.pk in membership.agency_ids and membership.role == Role.REVIEWER
    return "", False


def days_since(step: PlanStep) -> int:
    """Whole days from the day of a step to today, in Hà Nội."""
    return (clock.today() - step.at.astimezone(clock.HANOI).date()).days


def _days_waiting(plan: Plan, steps: Sequence[PlanStep]) -> Text:
    if plan.state not in (PlanState.SUBMITTED, PlanState.IN_REVIEW):
        return ""
    last = next((step for step in reversed(steps) if step.verb == "submit"), None)
    return waiting_for(days_since(last)) if last else ""


def waiting_for(days: int) -> str:
    """How long something waits, in words."""
    return (
        ngettext("waiting for %(n)d day", "waiting for %(n)d days", days) % {"n": days}
        if days
        else _("today")
    )


def _locked(plan: Plan) -> Text:
    if plan.is_editable:
        return _("Locked until the leader hands it back") if plan.ready_for_approver else ""
    return {
        PlanState.SUBMITTED: _("Locked since it was submitted"),
        PlanState.IN_REVIEW: _("Locked while it is reviewed"),
        PlanState.APPROVED: _("An approved version is never edited; changes need an amendment"),
        PlanState.SUPERSEDED: _("A later version has replaced it"),
        PlanState.REJECTED: _("Rejected: nothing can be changed"),
    }[PlanState(plan.state)]


def _note(plan: Plan) -> Text:
    if plan.state not in IN_FORCE_STATES:
        return ""
    said = {"from": format_date(plan.in_force_from), "to": format_date(plan.in_force_to)}
    return (
        _("in force from %(from)s to %(to)s") % said
        if plan.in_force_to
        else _("in force since %(from)s") % said
    )
