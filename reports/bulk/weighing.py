"""What each act would do to each report of a list: the single act's own checks, asked without writing.

The functions take reports of one period that share it, with their agencies, and ask as often for eighty-six
as for one. Who may not do the act at all is refused for all rows (`NotAllowed`).
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership, User
from agencies.workflow import barred
from core import clock
from core.findings import BusinessError, NotAllowed, Text
from core.notation import format_date
from reports.bulk.shapes import Prospect, Stated
from reports.cycles.granting import check_exemption, check_extension
from reports.cycles.timeliness import Standing, timeliness_of, words
from reports.filing.workflow import FILING_WORKFLOW
from reports.models import Cycle, Filing, FilingState, Reminder, Report
from reports.reminders.actions import check_reminder
from reports.reminders.recipients import recipients_of
from reports.reminders.returned import returned_filings

Weigh = Callable[[Sequence[Report], Stated, Membership], list[Prospect]]


def reports_of(cycle: Cycle, agencies: Sequence[str], *, locked: bool = False) -> list[Report]:
    """The obligations of these agencies in the order of the list; one query.

    `cycle` comes with its programme. Locked, the rows stay as they are until the transaction ends; they are
    locked in the order of their ids, as whoever locks several of them does.
    """
    reports = Report.objects.filter(cycle=cycle, agency__key__in=list(agencies)).select_related("agency")
    if locked:
        reports = reports.select_for_update(no_key=True, of=("self",))
    found = list(reports.order_by("pk"))
    for one in found:
        one.cycle = cycle
    return sorted(found, key=lambda one: (one.agency.position, one.agency.sort_key, one.pk))


def extensions(reports: Sequence[Report], stated: Stated, actor: Membership) -> list[Prospect]:
    """Before a day is stated, a row is barred only by what no day could mend."""
    return [_extension(one, stated.to, actor) for one in reports]


def _extension(report: Report, to: date | None, actor: Membership) -> Prospect:
    refusal = refusal_of(partial(check_extension, report, to or date.max, actor))
    after = copy(report)
    after.extended_to = to
    stated = bool(to) and not refusal
    return Prospect(
        report.agency,
        report.due_on.isoformat(),
        after.due_on.isoformat() if stated else "",
        refusal,
        effect=_of_timeliness(report, after) if stated else "",
        warning=_in_vain(report) or (_shorter(report, after) if stated else ""),
        basis=_basis(report),
        report=report,
    )


def _of_timeliness(report: Report, after: Report) -> Text:
    """How the new day changes whether the report is late: "late by 3 days → on time", or ""."""
    now = clock.now()
    judged, then = timeliness_of(report, now), timeliness_of(after, now)
    return "" if judged == then else f"{words(judged)} → {words(then)}"


def _in_vain(report: Report) -> Text:
    """The first submission has decided whether it is on time."""
    return "" if report.first_submitted_at is None else _("has filed already: the new day changes nothing")


def _shorter(report: Report, after: Report) -> Text:
    if report.extended_to is None or after.due_on >= report.due_on:
        return ""
    return _("earlier than its extension to %(day)s") % {"day": format_date(report.extended_to)}


def exemptions(reports: Sequence[Report], stated: Stated, actor: Membership) -> list[Prospect]:
    """One that has submitted can be exempt too, as by the single act; the row says what that means."""
    return [_exemption(one, actor) for one in reports]


def _exemption(report: Report, actor: Membership) -> Prospect:
    refusal = refusal_of(partial(check_exemption, report, actor))
    filed = report.first_submitted_at is not None
    return Prospect(
        report.agency,
        timeliness_of(report, clock.now()).standing.value,
        "" if refusal else Standing.EXEMPT.value,
        refusal,
        warning=_("what it submitted counts no more") if filed and not refusal else "",
        basis=_basis(report),
        report=report,
    )


def acceptances(reports: Sequence[Report], stated: Stated, actor: Membership) -> list[Prospect]:
    filings = last_filings(reports)
    return [_acceptance(one, filings.get(one.pk), actor) for one in reports]


def _acceptance(report: Report, filing: Filing | None, actor: Membership) -> Prospect:
    refusal, state = "not_submitted", ""
    if filing is not None:
        state = filing.state
        barring = barred(FILING_WORKFLOW, filing, "accept", actor=actor)
        # A state from which there is nothing to accept says more by its own name.
        refusal = state if barring and barring.code == "wrong_state" else _code(barring)
    return Prospect(
        report.agency,
        state,
        "" if refusal else FilingState.ACCEPTED.value,
        refusal,
        effect=_("nothing to report") if filing and filing.nothing_to_report and not refusal else "",
        basis=(filing.pk if filing else None, state),
        report=report,
        filing=filing,
    )


def last_filings(reports: Sequence[Report]) -> dict[int, Filing]:
    """By id of the report its newest filing that is no draft, with who made it; two queries."""
    filings = (
        Filing.objects.filter(report__in=[one.pk for one in reports])
        .exclude(state=FilingState.DRAFT)
        .only("report_id", "number", "state", "submitted_by_id", "nothing_to_report")
        .prefetch_related("drafted_by")
        .order_by("number")
    )
    by_id = {one.pk: one for one in reports}
    found = {}
    for filing in filings:
        filing.report = by_id[filing.report_id]
        found[filing.report_id] = filing
    return found


def reminders(reports: Sequence[Report], stated: Stated, actor: Membership) -> list[Prospect]:
    people = recipients_of([one.agency for one in reports])
    last, returned = _last_reminders(reports), returned_filings(reports)
    asked = {"again": stated.again, "paper": stated.paper}
    found = []
    for one in reports:
        before, to, back = last.get(one.pk), people[one.agency_id], returned.get(one.pk)
        check = partial(check_reminder, one, to, before, actor, returned=back is not None, **asked)
        basis = (*_basis(one), back and back.pk)
        found.append(of_letter(one.agency, refusal_of(check), before, to, basis, report=one, returned=back))
    return found


def of_letter(
    agency: Agency,
    refusal: str,
    last: Reminder | None,
    people: list[User],
    basis: tuple[object, ...] = (),
    *,
    report: Report | None = None,
    returned: Filing | None = None,
) -> Prospect:
    """A reminder that would go to `people`: before it the day of the last one, after it how many get it.

    `returned` is the filing that the agency is to mend, where it was returned.
    """
    names = ", ".join(str(one) for one in people) or _("nobody acts for it: to be printed and sent on paper")
    if returned is not None:
        said = _("returned on %(day)s, not submitted again")
        names = f"{said % {'day': format_date(returned.returned_at)}}; {names}"
    return Prospect(
        agency,
        last.sent_on.isoformat() if last else "",
        "" if refusal else str(len(people)),
        refusal,
        effect="" if refusal else names,
        basis=(*basis, last.pk if last else None, *(one.pk for one in people)),
        report=report,
        filing=returned,
        recipients=people,
    )


def _last_reminders(reports: Sequence[Report]) -> Mapping[int | None, Reminder]:
    """The newest reminder of each report, by the report's id; one query."""
    found = Reminder.objects.filter(report__in=[one.pk for one in reports]).defer("body")
    return {one.report_id: one for one in found.order_by("sent_at", "id")}


def _basis(report: Report) -> tuple[object, ...]:
    return (report.first_submitted_at, report.received_on, report.due_on, report.exempt)


def refusal_of(check: Callable[[], object]) -> str:
    """The code of what bars a row, "" when nothing does."""
    try:
        check()
    except BusinessError as refusal:
        return _code(refusal)
    return ""


def _code(refusal: BusinessError | None) -> str:
    if isinstance(refusal, NotAllowed) and refusal.code == "not_allowed":
        raise refusal
    return refusal.code if refusal else ""
