"""What an obligation is granted: more time, an exemption; and when its paper was received."""

import json
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit
from agencies.keeping.findings import DOCUMENT_LENGTH
from agencies.models import AuditEntry, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.clock import HANOI
from core.findings import Refused, WrongState
from core.notation import format_date
from core.vietnamese import clean
from reports.models import Cycle, Report

DATED_AHEAD = gettext_lazy("The document cannot be dated in the future.")


def extend(report: Report, to: date, *, actor: Membership, document: str, document_on: date | None) -> Report:
    """Gia hạn: a later due day for one agency, by a document of a day."""
    with audit.recording() as record:
        row = lock(report)
        check_extension(row, to, actor)
        number, day = extension_number(document), dated(document_on)
        row.extended_to, row.extension_document, row.extension_document_on = to, number, day
        row.save()
        record.add("extend", row, actor=actor, to=to, document=number, document_on=day)
    return row


def check_extension(report: Report, to: date, actor: Membership) -> None:
    """What bars more time for one agency: the right, an exemption, a day that is no extension."""
    require(actor, "report.extend", report)
    _refuse_exempt(report)
    if to <= report.cycle.due_on:
        raise Refused(
            _("The extension to %(to)s must end after the period's due day, %(due)s.")
            % {"to": format_date(to), "due": format_date(report.cycle.due_on)},
            code="extension_date",
        )


def extension_number(document: str) -> str:
    return _numbered(document, _("Give the number of the document that grants the extension."))


def exempt(report: Report, *, actor: Membership, document: str, document_on: date | None) -> Report:
    """Miễn báo cáo for this period, by a document of a day."""
    with audit.recording() as record:
        row = lock(report)
        check_exemption(row, actor)
        number, day = exemption_number(document), dated(document_on)
        row.exempt, row.exemption_document, row.exemption_document_on = True, number, day
        row.save()
        record.add("exempt", row, actor=actor, document=number, document_on=day)
    return row


def check_exemption(report: Report, actor: Membership) -> None:
    """What bars an exemption: the right, or that there is one already."""
    require(actor, "report.extend", report)
    _refuse_exempt(report)


def exemption_number(document: str) -> str:
    return _numbered(document, _("Give the number of the document that grants the exemption."))


def _refuse_exempt(report: Report) -> None:
    if report.exempt:
        raise WrongState(
            _("%(agency)s is exempt from this report already.") % {"agency": report.agency.short_name},
            code="exempt",
        )


def record_receipt(report: Report, on: date, *, actor: Membership, document: str) -> Report:
    """Ghi nhận ngày nhận văn bản: the official receipt of a paper report, with its number."""
    with audit.recording() as record:
        row = lock(report)
        require(actor, "report.extend", row)
        number = _numbered(document, _("Give the number of the paper that was received."))
        if on > clock.today():
            raise Refused(_("A paper cannot have been received in the future."), code="receipt_date")
        if on <= row.cycle.window_from:
            raise Refused(
                _("A paper received on %(on)s cannot report on a period that began on %(first)s.")
                % {"on": format_date(on), "first": format_date(row.cycle.window_from)},
                code="receipt_date",
            )
        row.received_on, row.received_document = on, number
        row.due_when_filed = _due_when_filed(row)
        row.save()
        record.add("record_receipt", row, actor=actor, on=on, document=number)
    return row


def _due_when_filed(report: Report) -> date | None:
    """The deadline of the day of the first submission or receipt, where it was moved afterwards."""
    days = [report.received_on] if report.received_on else []
    if report.first_submitted_at is not None:
        days.append(report.first_submitted_at.astimezone(HANOI).date())
    due = deadline_on(report.cycle, min(days))
    return due if due != report.cycle.due_on else None


def deadline_on(cycle: Cycle, day: date) -> date:
    """The period's deadline as it was known at the end of a day, as the record of acts has it; one query."""
    entries = AuditEntry.objects.filter(
        object_kind=cycle._meta.label_lower, object_id=str(cycle.pk), verb="change_cycle"
    )
    for entry in entries.order_by("sequence"):
        changed = json.loads(entry.data)["changed"]
        if "due_on" in changed and entry.at.astimezone(HANOI).date() > day:
            return date.fromisoformat(changed["due_on"][0])
    return cycle.due_on


def dated(on: date | None) -> date:
    """The day of a document that grants something: it is stated, and not to come."""
    if on is None:
        raise Refused(_("Give the date of the document."), code="document_on_missing")
    if on > clock.today():
        raise Refused(str(DATED_AHEAD), code="document_future")
    return on


def cited(number: str, on: date | None) -> str:
    """ "1021/BTTTT of 14/07/2008", or the number alone."""
    if on is None:
        return number
    return _("%(document)s of %(day)s") % {"document": number, "day": format_date(on)}


def extended_by(report: Report) -> str:
    return cited(report.extension_document, report.extension_document_on)


def exempted_by(report: Report) -> str:
    return cited(report.exemption_document, report.exemption_document_on)


def _numbered(document: str, missing: str) -> str:
    number = clean(document)
    if not number:
        raise Refused(missing, code="document_missing")
    if len(number) > DOCUMENT_LENGTH:
        text = _("The number of the document has %(length)d characters; at most %(most)d fit.")
        said = {"length": len(number), "most": DOCUMENT_LENGTH}
        raise Refused(text % said, code="document_long")
    return number
