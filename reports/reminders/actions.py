"""Reminding an agency of its report or its plan: the letter is kept as it was sent."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from agencies import audit, letters
from agencies.letters import Letter
from agencies.models import Agency, Membership, User
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Refused, WrongState
from core.vietnamese import clean
from plans.models import Programme
from reports.models import BulkAct, Reminder, Report
from reports.reminders.letters import report_letters
from reports.reminders.recipients import recipients_of
from reports.reminders.returned import returned_filings


def remind(
    report: Report, *, actor: Membership, document: str = "", again: bool = False, paper: bool = False
) -> Reminder:
    """Đôn đốc: a letter to everybody who drafts or submits for the agency, kept as it was sent.

    Of a report that is owed, or that was returned and is to be mended. A second one on the same day goes out
    only with `again`. Where nobody acts for the agency, `paper` makes the letter to be printed. Raises
    `WrongState` where nothing is owed, else `Refused`.
    """
    with audit.recording() as record:
        row = lock(report)
        people = recipients_of([row.agency])[row.agency_id]
        last = row.reminders.order_by("sent_at", "id").last()
        returned = returned_filings([row])
        check_reminder(row, people, last, actor, returned=row.pk in returned, again=again, paper=paper)
        letter = report_letters([row], returned)[row.pk]
        made = keep(row.cycle.programme, {row.agency: (letter, people)}, actor, document, reports=[row])[0]
        record.add("remind", row, actor=actor, recipients=len(people), document=made.document)
    return made


def check_reminder(
    report: Report,
    people: Sequence[User],
    last: Reminder | None,
    actor: Membership,
    *,
    returned: bool = False,
    again: bool = False,
    paper: bool = False,
) -> None:
    """What bars a reminder of a report; `last` is the newest one, `returned` says that it is to be mended."""
    require(actor, "report.remind", report)
    name = {"agency": report.agency.short_name}
    if report.exempt:
        raise WrongState(_("%(agency)s is exempt from this report.") % name, code="exempt")
    if report.first_submitted_at is not None and not returned:
        raise WrongState(_("%(agency)s has submitted this report.") % name, code="filed")
    if report.received_on is not None and not returned:
        raise WrongState(_("The report of %(agency)s was received on paper.") % name, code="received")
    check_letter(report.agency, people, last, again=again, paper=paper)


def check_letter(
    agency: Agency, people: Sequence[User], last: Reminder | None, *, again: bool, paper: bool
) -> None:
    """What bars any reminder: one of the same day that nobody confirmed, and nobody to write to."""
    name = {"agency": agency.short_name}
    if last is not None and not again and last.sent_on == clock.today():
        said = _("%(agency)s was reminded today already. Confirm that it is to be reminded again.")
        raise Refused(said % name, code="reminded_today")
    if not people and not paper:
        said = _("Nobody acts for %(agency)s as editor or approver. Print the letter and send it on paper.")
        raise Refused(said % name, code="no_recipient")


def keep(
    programme: Programme,
    to: Mapping[Agency, tuple[Letter, Sequence[User]]],
    actor: Membership,
    document: str,
    *,
    reports: Sequence[Report] = (),
    act: BulkAct | None = None,
) -> list[Reminder]:
    """Write the reminders down and send them once the transaction is committed."""
    by_agency = {one.agency_id: one for one in reports}
    now = clock.now()
    made = Reminder.objects.bulk_create(
        Reminder(
            programme=programme,
            agency=agency,
            report=by_agency.get(agency.pk),
            act=act,
            document=clean(document),
            subject=letter.subject,
            body=letter.body,
            recipients=[[str(one), one.email] for one in people],
            sent_at=now,
            by=actor.user,
        )
        for agency, (letter, people) in to.items()
    )
    posted = zip(made, to.values(), strict=True)
    letters.post_all(letters.Posted(letter, people, one) for one, (letter, people) in posted)
    return made
