"""Which agencies have not submitted a plan of a programme, and reminding them by the day it sets."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.db.models import OuterRef, Subquery

from agencies import audit
from agencies.models import Agency, Membership, User
from agencies.permissions import can, require
from agencies.workflow import lock
from core import clock
from core.findings import WrongState
from plans.models import Plan, PlanKind, PlanState, Programme
from reports.bulk.acts import BULK
from reports.bulk.doing import already_done, begun, note, said_of, settle
from reports.bulk.shapes import REASONS, Prospect, Stated
from reports.bulk.weighing import of_letter, refusal_of
from reports.models import BulkAct, Reminder
from reports.reminders.actions import check_letter, keep
from reports.reminders.letters import plan_letters
from reports.reminders.recipients import recipients_of

# A plan in one of these was submitted; a draft, or what was withdrawn, is the agency's own affair.
SUBMITTED = (
    PlanState.SUBMITTED,
    PlanState.IN_REVIEW,
    PlanState.RETURNED,
    PlanState.APPROVED,
    PlanState.SUPERSEDED,
)


def programmes_to_remind(membership: Membership) -> list[Programme]:
    """Programmes led by the person's agency in which others plan: those with a deadline first, the
    newest before the others. Two queries.
    """
    led = Programme.objects.filter(lead__in=membership.agency_ids).exclude(planning_classes=[])
    found = led.select_related("lead").prefetch_related("review_scopes").order_by("-year_from", "position")
    allowed = [one for one in found if can(membership, "report.remind", one)]
    return sorted(allowed, key=lambda one: one.plan_deadline is None)


def planning_agencies(programme: Programme) -> list[Agency]:
    """Whoever plans in the programme today, in the order of lists; one query."""
    agencies = Agency.objects.in_force(clock.today()).of_classes(programme.planning_classes).in_order()
    return [one for one in agencies if programme.plans_for(one)]


def without_plan(programme: Programme) -> list[Agency]:
    """Those that plan and have submitted nothing, under any name of theirs; two queries."""
    return _owing(planning_agencies(programme), _submitted_by(programme))


def _owing(agencies: Sequence[Agency], submitted: set[int]) -> list[Agency]:
    today = clock.today()
    return [one for one in agencies if not submitted & one.names_on(today)]


def _submitted_by(programme: Programme) -> set[int]:
    plans = Plan.objects.filter(programme=programme, kind=PlanKind.AGENCY, state__in=SUBMITTED)
    return set(plans.values_list("agency", flat=True))


def plan_reminders(
    programme: Programme, agencies: Sequence[str] | None, stated: Stated, actor: Membership
) -> list[Prospect]:
    """What reminding would do to each of these agencies (keys) that plan in the programme.

    None stands for all that have submitted no plan. Four queries, or five where an agency has ended.
    """
    require(actor, "report.remind", programme)
    planning, submitted = planning_agencies(programme), _submitted_by(programme)
    if agencies is None:
        chosen = _owing(planning, submitted)
    else:
        wanted = set(agencies)
        chosen = [one for one in planning if one.key in wanted]
    today = clock.today()
    people, last = recipients_of(chosen), _last_reminders(programme, chosen)
    found = []
    for one in chosen:
        has_plan = bool(submitted & one.names_on(today))
        before, to = last.get(one.pk), people[one.pk]
        refusal = refusal_of(partial(_check, programme, one, has_plan, to, before, stated))
        found.append(of_letter(one, refusal, before, to, (has_plan, programme.plan_deadline)))
    return found


def _check(
    programme: Programme,
    agency: Agency,
    has_plan: bool,
    people: Sequence[User],
    last: Reminder | None,
    stated: Stated,
) -> None:
    """What bars a reminder of a plan."""
    code = "plan_submitted" if has_plan else "no_deadline" if programme.plan_deadline is None else ""
    if code:
        raise WrongState(REASONS[code], code=code)
    check_letter(agency, people, last, again=stated.again, paper=stated.paper)


def _last_reminders(programme: Programme, agencies: Sequence[Agency]) -> Mapping[int, Reminder]:
    found = Reminder.objects.filter(programme=programme, report__isnull=True, agency__in=agencies)
    return {one.agency_id: one for one in found.defer("body").order_by("sent_at", "id")}


def remind_of_plans(
    programme: Programme,
    agencies: Sequence[str],
    *,
    actor: Membership,
    stated: Stated,
    token: str,
    seen: Mapping[str, str] | None = None,
    leave_out: bool = False,
) -> BulkAct:
    """Remind agencies (keys) that have submitted no plan; as `bulk.doing.act_on_many` on a period."""
    kind = BULK["remind"]
    with audit.recording() as record:
        row = lock(programme)
        if (done := already_done(actor, token)) is not None:
            return done
        prospects = plan_reminders(row, agencies, stated, actor)
        rows = settle(kind, agencies, prospects, stated, seen, leave_out=leave_out)
        act = begun(kind, row, None, actor, stated, token)
        note(act, prospects)
        assert row.plan_deadline is not None
        letters = plan_letters(row, [one.agency for one in rows], row.plan_deadline)
        to = {one.agency: (letters[one.agency.pk], one.recipients) for one in rows}
        keep(row, to, actor, act.document, act=act)
        recipients = sum(len(one.recipients) for one in rows)
        said = said_of(act, prospects)
        record.add("bulk_remind", act, actor=actor, done=len(rows), recipients=recipients, **said)
    return act


def reminded_of_plans(membership: Membership) -> Subquery:
    """Of each programme the moment at which the agency was reminded last of its plan."""
    found = Reminder.objects.filter(
        programme=OuterRef("pk"), agency__in=membership.agency_ids, report__isnull=True
    )
    return Subquery(found.order_by("-sent_at").values("sent_at")[:1])
