"""What plans put on a work list: to begin, finish, submit, review, and what others have now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Membership, Role
from agencies.worklist import Item
from core import clock
from core.findings import Text
from core.notation import format_date
from plans.context import REMINDED_AT, known_programmes
from plans.models import OPEN_STATES, Plan, PlanState, PlanStep, Programme
from plans.models.plan import PlanQuerySet
from plans.review.workflow import LOOK
from plans.standing import deadline_of, time_left, waiting_for


def items(membership: Membership) -> Iterable[Item]:
    """Open plans that concern the agency, reminders of them, and for an editor the programmes to plan in."""
    reminded = _reminded(membership) if membership.role in (Role.EDITOR, Role.APPROVER) else {}
    for plan in _open_plans(membership):
        if plan.agency_id in membership.agency_ids:
            yield from _own(plan, reminded)
        if plan.programme.lead_id in membership.agency_ids and membership.role == Role.REVIEWER:
            yield from _led(plan)
    if membership.role == Role.EDITOR:
        yield from _to_begin(membership, reminded)


def count_mine(membership: Membership) -> int:
    """How many of `items()` wait for the person; only roles that have something to do ask for it."""
    mine = _mine(membership)
    waiting = 0 if mine is None else Plan.objects.filter(mine).count()
    return waiting + (len(programmes_to_plan_in(membership)) if membership.role == Role.EDITOR else 0)


def _mine(membership: Membership) -> Q | None:
    """The plans whose next act is the person's; None for a role that has none."""
    own = Q(agency__in=membership.agency_ids, state__in=(PlanState.DRAFT, PlanState.RETURNED))
    match membership.role:
        case Role.EDITOR:
            return own & Q(ready_for_approver=False)
        case Role.APPROVER:
            return own & Q(ready_for_approver=True)
        case Role.REVIEWER:
            led = Q(programme__lead__in=membership.agency_ids)
            return led & Q(state__in=(PlanState.SUBMITTED, PlanState.IN_REVIEW))
    return None


def _open_plans(membership: Membership) -> PlanQuerySet:
    mine = _mine(membership)

    def last(verb: str, field: str) -> Subquery:
        steps = PlanStep.objects.filter(plan=OuterRef("pk"), verb=verb).order_by("-id")
        return Subquery(steps.values(field)[:1])

    return (
        Plan.objects.visible_to(membership)
        .filter(
            Q(agency__in=membership.agency_ids) | Q(programme__lead__in=membership.agency_ids),
            state__in=OPEN_STATES,
        )
        .select_related("agency", "programme", "programme__lead", "in_charge__user")
        .annotate(
            mine=Value(False) if mine is None else ExpressionWrapper(mine, BooleanField()),
            submitted_at=last("submit", "at"),
            returned_at=last("return", "at"),
            return_reason=last("return", "comment"),
        )
        .order_by("id")
    )


def _own(plan: Plan, reminded: Mapping[int, date]) -> Iterator[Item]:
    if plan.state in (PlanState.SUBMITTED, PlanState.IN_REVIEW):
        family, sign = LOOK[plan.state]
        yield Item(
            title=_title(plan),
            url=_url(plan),
            detail=_("with %(agency)s, %(time)s")
            % {"agency": plan.programme.lead.short_name, "time": waiting_for(_days_since_submission(plan))},
            family=family,
            sign=sign,
            state=plan.get_state_display(),
            mine=False,
            in_charge=_in_charge(plan),
        )
        return
    mine: bool = plan.mine  # type: ignore[attr-defined]
    family, sign, state = _draft_state(plan)
    yield Item(
        title=_title(plan),
        url=_url(plan),
        detail=_with_reminder(_said_last(plan), reminded.get(plan.programme_id))
        if plan.version == 1 and plan.state == PlanState.DRAFT
        else _said_last(plan),
        due_on=deadline_of(plan),
        action=_own_action(plan) if mine else "",
        mine=mine,
        family=family,
        sign=sign,
        state=state,
        in_charge=_in_charge(plan),
    )


def _in_charge(plan: Plan) -> Text:
    return str(plan.in_charge.user) if plan.in_charge else ""


def _own_action(plan: Plan) -> Text:
    if plan.ready_for_approver:
        return _("Read and submit")
    return _("Mend and submit again") if plan.state == PlanState.RETURNED else _("Continue")


def _draft_state(plan: Plan) -> tuple[str, str, Text]:
    """The tag of a draft: overdue before anything else, then with the leader, returned, in work."""
    due = deadline_of(plan)
    if due and due < clock.today():
        return "bad", "▲", time_left(due)
    if plan.ready_for_approver:
        return "work", "→", _("With the leader")
    return (*LOOK[plan.state], plan.get_state_display())


def _said_last(plan: Plan) -> Text:
    """Why the plan lies where it lies: the leader's note, or who returned it with which reason."""
    if plan.hand_back_note and not plan.ready_for_approver:
        return _("The leader: “%(note)s”") % {"note": plan.hand_back_note}
    if plan.state == PlanState.RETURNED:
        return _("%(agency)s returned it on %(day)s: “%(reason)s”") % {
            "agency": plan.programme.lead.short_name,
            "day": format_date(plan.returned_at),  # type: ignore[attr-defined]
            "reason": plan.return_reason,  # type: ignore[attr-defined]
        }
    return plan.programme.name


def _led(plan: Plan) -> Iterator[Item]:
    family, sign = LOOK[plan.state]
    reviewing = plan.state in (PlanState.SUBMITTED, PlanState.IN_REVIEW)
    if not reviewing and plan.state != PlanState.RETURNED:
        return
    days = _days_since_submission(plan)
    yield Item(
        title=_title(plan),
        url=_url(plan),
        detail=waiting_for(days) if reviewing else _said_last(plan),
        family=family,
        sign=sign,
        state=plan.get_state_display(),
        action={PlanState.SUBMITTED: _("Open the review"), PlanState.IN_REVIEW: _("Review")}.get(
            PlanState(plan.state), ""
        ),
        mine=plan.mine,  # type: ignore[attr-defined]
        since=_submitted_on(plan),
    )


def _reminded(membership: Membership) -> dict[int, date]:
    """By id of the programme, the day on which the agency was reminded last of its plan."""
    noted = ((one.pk, getattr(one, REMINDED_AT, None)) for one in known_programmes(membership))
    return {pk: at.astimezone(clock.HANOI).date() for pk, at in noted if at is not None}


def _with_reminder(said: Text, reminded_on: date | None) -> Text:
    if reminded_on is None:
        return said
    return f"{said} · " + _("reminded on %(day)s") % {"day": format_date(reminded_on)}


def _to_begin(membership: Membership, reminded: Mapping[int, date]) -> Iterator[Item]:
    """Programmes in which the agency plans and has no plan yet."""
    for programme in programmes_to_plan_in(membership):
        due = programme.plan_deadline
        overdue = bool(due and due < clock.today())
        yield Item(
            title=_("Plan of %(agency)s, %(programme)s")
            % {"agency": membership.agency.short_name, "programme": programme.short_name},
            url=f"{reverse('plan_new')}?programme={programme.code}",
            detail=_with_reminder(programme.name, reminded.get(programme.pk)),
            family="bad" if overdue else "none",
            sign="▲" if overdue else "○",
            state=time_left(due) if due and overdue else _("Not begun"),
            due_on=due,
            action=_("Begin"),
        )


def programmes_to_plan_in(membership: Membership) -> list[Programme]:
    """Programmes of now in which the agency plans, without those where it has a plan already."""
    today = clock.today()
    return [
        programme
        for programme in known_programmes(membership)
        if not programme.taken  # type: ignore[attr-defined]
        and programme.year_to >= today.year
        and _is_issued(programme, today)
        and programme.plans_for(membership.agency)
    ]


def _is_issued(programme: Programme, today: date) -> bool:
    issued = programme.document.issued_on if programme.document else None
    return issued is None or issued <= today


def _submitted_on(plan: Plan) -> date:
    submitted = plan.submitted_at  # type: ignore[attr-defined]
    return submitted.astimezone(clock.HANOI).date() if submitted else clock.today()


def _days_since_submission(plan: Plan) -> int:
    return (clock.today() - _submitted_on(plan)).days


def _title(plan: Plan) -> Text:
    return _("Plan of %(agency)s, %(programme)s") % {
        "agency": plan.agency.short_name,
        "programme": plan.programme.short_name,
    }


def _url(plan: Plan) -> str:
    return reverse("plan_detail", kwargs={"code": plan.code, "version": plan.version})
