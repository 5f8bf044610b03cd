"""What waits in reporting, by role: reports due, with the leader, to accept; periods to open."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from agencies.answering import taken_over_from
from agencies.models import Membership, Role
from agencies.worklist import Item
from core import clock
from core.findings import Text
from core.notation import format_date
from plans.models import Programme
from plans.standing import time_left
from reports.cycles.proposals import waiting_to_open, with_unopened
from reports.filing.workflow import LOOK
from reports.models import Cycle, FilingState, IssuedFile, Reminder, Report

REMIND_AGAIN_AFTER = timedelta(days=7)
LIVE = (FilingState.DRAFT, FilingState.SUBMITTED, FilingState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that the agency owes: the state of its live filing or "", whether it lies with the leader."""

    report: Report
    state: str
    ready: bool
    mine: bool  # the next act is the person's
    mended: bool  # after a return
    detail: Text  # the programme, from whom the report was taken over, when the agency was reminded
    in_charge: str  # of the live filing, or ""


def items(membership: Membership) -> Iterator[Item]:
    """One query by role, and none for those who only read."""
    if provider := _PROVIDERS.get(Role(membership.role)):
        yield from provider(membership)


def count_mine(membership: Membership) -> int:
    """How many of `items()` wait for the person; one query at most."""
    role = Role(membership.role)
    if role in MINE:
        return _unsettled(membership).filter(MINE[role]).count()
    return sum(1 for _one in items(membership))


# The reports whose next act is the person's, by what has become of their live filing.
MINE: Mapping[Role, Q] = {
    Role.EDITOR: Q(live__isnull=True) | Q(live__state=FilingState.DRAFT, live__ready_for_approver=False),
    Role.APPROVER: Q(live__state=FilingState.DRAFT, live__ready_for_approver=True),
}


def _unsettled(membership: Membership) -> QuerySet[Report]:
    """The agency's reports that are not accepted, each with its live filing if there is one."""
    live = FilteredRelation("filings", condition=Q(filings__state__in=LIVE))
    owed = Report.objects.filter(agency__in=membership.agency_ids, exempt=False).annotate(live=live)
    return owed.filter(Q(live__isnull=True) | ~Q(live__state=FilingState.ACCEPTED))


def _own(membership: Membership) -> list[OwnReport]:
    """What is unsettled, as an editor or an approver is told of it; one query."""
    reminders = Reminder.objects.filter(report=OuterRef("pk")).order_by("-sent_at", "-id")
    reports = (
        _unsettled(membership)
        .annotate(
            mine=ExpressionWrapper(MINE[Role(membership.role)], BooleanField()),
            live_state=F("live__state"),
            live_ready=F("live__ready_for_approver"),
            live_number=F("live__number"),
            live_in_charge=F("live__in_charge__user__full_name"),
            reminded_at=Subquery(reminders.values("sent_at")[:1]),
        )
        .select_related("cycle__programme", "agency")
        .order_by("cycle__due_on", "pk")
    )
    return [
        OwnReport(
            one,
            one.live_state or "",
            bool(one.live_ready),
            bool(one.mine),
            (one.live_number or 1) > 1,
            _detail(one, membership),
            one.live_in_charge or "",
        )
        for one in reports
    ]


def _detail(report: Report, membership: Membership) -> Text:
    said = [report.cycle.programme.short_name]
    if report.agency_id != membership.agency_id:
        said.append(taken_over_from(report.agency))
    submitted = report.first_submitted_at
    reminded = report.reminded_at  # type: ignore[attr-defined]
    if reminded and (submitted is None or reminded > submitted):  # since, of what was returned
        said.append(_("reminded on %(day)s") % {"day": format_date(reminded)})
    return " · ".join(said)


def _for_editor(membership: Membership) -> Iterator[Item]:
    for own in _own(membership):
        if own.mine and own.state:
            word = _("to be mended") if own.mended else _("draft")
            yield _due(own, "filing_form", "✎", word, _("Continue the report"))
        elif own.mine:
            yield _due(own, "report_detail", "○", _("not begun"), _("Begin the report"))
        elif own.ready:
            yield _waiting(own, "work", "→", _("with the leader"))
        else:
            yield _waiting(own, *LOOK[FilingState.SUBMITTED], _("submitted, not accepted yet"))


def _for_approver(membership: Membership) -> Iterator[Item]:
    for own in _own(membership):
        if own.mine:
            yield _due(own, "report_detail", "→", _("to submit"), pgettext("report", "Read and submit"))
        elif own.state == FilingState.SUBMITTED:
            yield _waiting(own, *LOOK[FilingState.SUBMITTED], _("submitted, not accepted yet"))
        elif own.state:
            yield _waiting(own, "work", "✎", _("draft"))
        else:
            yield _waiting(own, "none", "○", _("not begun"))


def _for_reviewer(membership: Membership) -> Iterator[Item]:
    for cycle, submitted, overdue in _led(membership):
        period, url = {"title": cycle.title}, reverse("cycle_detail", args=[cycle.programme.code, cycle.code])
        item = partial(Item, detail=cycle.programme.short_name)
        if submitted:
            yield item(
                title=_("Accept reports of %(title)s") % period,
                url=f"{url}?state=submitted#obligations",
                family="work",
                sign="→",
                state=ngettext("%(n)d to accept", "%(n)d to accept", submitted) % {"n": submitted},
                action=_("Accept or return"),
            )
        if overdue:
            yield item(
                title=_("Remind of reports of %(title)s") % period,
                url=f"{url}?standing=missing#obligations",
                family="wait",
                sign="▲",
                state=ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue},
                action=_("Remind"),
            )


def _led(membership: Membership) -> Iterator[tuple[Cycle, int, int]]:
    """Periods of the agency's programmes: how many reports to accept, and to remind of until it is issued.

    Whoever was reminded within `REMIND_AGAIN_AFTER` has time to answer and is not counted.
    """
    today = clock.today()
    reminders = Reminder.objects.filter(sent_at__gt=clock.now() - REMIND_AGAIN_AFTER)
    issued = IssuedFile.objects.filter(compilation__cycle=OuterRef("pk"))
    overdue = (
        Q(due_on__lt=today, reports__isnull=False, reports__exempt=False)
        & Q(reports__first_submitted_at__isnull=True, reports__received_on__isnull=True)
        & (Q(reports__extended_to__isnull=True) | Q(reports__extended_to__lt=today))
        & ~Q(Exists(issued))
        & ~Q(reports__in=reminders.filter(report__isnull=False).values("report"))
    )
    submitted = Q(reports__filings__state=FilingState.SUBMITTED)
    cycles = (
        Cycle.objects.filter(programme__lead__in=membership.agency_ids)
        .select_related("programme")
        .annotate(
            submitted=Count("reports__filings", filter=submitted, distinct=True),
            overdue=Count("reports", filter=overdue, distinct=True),
        )
        .filter(Q(submitted__gt=0) | Q(overdue__gt=0))
        .order_by("due_on", "pk")
    )
    for cycle in cycles:
        yield cycle, cycle.submitted, cycle.overdue


def _for_administrator(membership: Membership) -> Iterator[Item]:
    led = Programme.objects.filter(lead__in=membership.agency_ids)
    for programme, periods in with_unopened(led):
        period = waiting_to_open(periods, clock.today())
        if period is not None:
            yield Item(
                title=_("Open %(title)s") % {"title": period.title},
                url=f"{reverse('cycle_open')}?programme={programme.code}",
                detail=programme.short_name,
                family="wait",
                sign="◷",
                state=_("the period is over"),
                due_on=period.due_on,
                action=_("Open the period"),
            )


_PROVIDERS: Mapping[Role, Callable[[Membership], Iterator[Item]]] = {
    Role.EDITOR: _for_editor,
    Role.APPROVER: _for_approver,
    Role.REVIEWER: _for_reviewer,
    Role.ADMINISTRATOR: _for_administrator,
}


def _due(own: OwnReport, page: str, sign: str, word: str, action: str) -> Item:
    """A report that waits for the reader; after a return no deadline stands."""
    report = own.report
    overdue = not own.mended and clock.today() > report.due_on
    return Item(
        title=_("Report %(title)s") % {"title": report.cycle.title},
        url=_url(page, report),
        detail=own.detail,
        family="bad" if overdue else "wait" if own.mended else "work",
        sign="▲" if overdue else "↩" if own.mended else sign,
        state=time_left(report.due_on) if overdue else word,
        due_on=None if own.mended else report.due_on,
        action=action,
        in_charge=own.in_charge,
    )


def _waiting(own: OwnReport, family: str, sign: str, word: str) -> Item:
    return Item(
        title=_("Report %(title)s") % {"title": own.report.cycle.title},
        url=_url("report_detail", own.report),
        detail=own.detail,
        family=family,
        sign=sign,
        state=word,
        mine=False,
        in_charge=own.in_charge,
    )


def _url(page: str, report: Report) -> str:
    return reverse(page, args=[report.cycle.programme.code, report.cycle.code, report.agency.key])
