"""The acts that a period offers on many agencies at once: one literal table.

Pages, API and tests read it; what a row's act is, the single act of the same name says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.audit import Recording
from agencies.models import Membership
from core import clock
from core.findings import Finding, Place, Text, error
from reports.bulk import weighing
from reports.bulk.shapes import Prospect, Stated
from reports.bulk.weighing import Weigh
from reports.cycles.granting import DATED_AHEAD, dated, exemption_number, extension_number
from reports.filing.actions import accept_filings
from reports.models import BulkAct, Filing, Report
from reports.reminders.actions import keep
from reports.reminders.letters import report_letters

Write = Callable[[BulkAct, Sequence[Prospect], Membership, Recording, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class BulkKind:
    """One act. `asks` names the fields that are stated; those in `needs` may not be blank.

    `weigh` judges the rows, `write` writes those that can and notes one entry of the audit. `at_once`: what
    is stated changes nothing for the rows, so one page asks for it and for the last word.
    """

    name: BulkAct.Name
    permission: str
    text: Text
    done: Text
    before: Text
    after: Text
    weigh: Weigh
    write: Write
    asks: Sequence[str] = ()
    needs: frozenset[str] = frozenset()
    at_once: bool = False

    @property
    def label(self) -> Text:
        return self.name.label


def _extend(
    act: BulkAct, rows: Sequence[Prospect], actor: Membership, record: Recording, said: Mapping[str, Any]
) -> None:
    number = extension_number(act.document)
    _of(rows).update(
        extended_to=act.to, extension_document=number, extension_document_on=dated(act.document_on)
    )
    record.add("bulk_extend", act, actor=actor, done=len(rows), to=act.to, **said)


def _exempt(
    act: BulkAct, rows: Sequence[Prospect], actor: Membership, record: Recording, said: Mapping[str, Any]
) -> None:
    number = exemption_number(act.document)
    _of(rows).update(exempt=True, exemption_document=number, exemption_document_on=dated(act.document_on))
    record.add("bulk_exempt", act, actor=actor, done=len(rows), **said)


def _remind(
    act: BulkAct, rows: Sequence[Prospect], actor: Membership, record: Recording, said: Mapping[str, Any]
) -> None:
    reports = [row.report for row in rows if row.report]
    letters = report_letters(reports, {row.filing.report_id: row.filing for row in rows if row.filing})
    to = {row.agency: (letters[row.report.pk], row.recipients) for row in rows if row.report}
    keep(act.programme, to, actor, act.document, reports=reports, act=act)
    recipients = sum(len(row.recipients) for row in rows)
    record.add("bulk_remind", act, actor=actor, done=len(rows), recipients=recipients, **said)


def _accept(
    act: BulkAct, rows: Sequence[Prospect], actor: Membership, record: Recording, said: Mapping[str, Any]
) -> None:
    filings = Filing.objects.filter(pk__in=[row.filing.pk for row in rows if row.filing])
    read_whole = ("drafted_by", "report__agency", "report__cycle__programme__review_scopes")
    accept_filings(filings.prefetch_related(*read_whole), actor=actor, of=act, **said)


def _of(rows: Sequence[Prospect]) -> Any:
    return Report.objects.filter(pk__in=[row.report.pk for row in rows if row.report])


_PAPER = ("document", "document_on")

BULK: Mapping[str, BulkKind] = {
    kind.name.value: kind
    for kind in (
        BulkKind(
            BulkAct.Name.EXTEND,
            "report.extend",
            _("All get the same later day, by one document."),
            _("The deadline is extended."),
            _("Due until now"),
            _("Due then"),
            weighing.extensions,
            _extend,
            asks=("to", *_PAPER, "reason"),
            needs=frozenset({"to", *_PAPER, "reason"}),
        ),
        BulkKind(
            BulkAct.Name.EXEMPT,
            "report.extend",
            _("These agencies owe no report in this period, and count neither as late nor as missing."),
            _("The agencies are exempt from this report."),
            _("Until now"),
            _("Then"),
            weighing.exemptions,
            _exempt,
            asks=(*_PAPER, "reason"),
            needs=frozenset(_PAPER),
        ),
        BulkKind(
            BulkAct.Name.REMIND,
            "report.remind",
            _("Everybody who drafts or submits for these agencies gets the letter by e-mail."),
            _("The reminders are sent."),
            _("Reminded last"),
            _("Recipients"),
            weighing.reminders,
            _remind,
            asks=("document", "document_on", "again", "paper"),
        ),
        BulkKind(
            BulkAct.Name.ACCEPT,
            "filing.review",
            _("The reports that are submitted are taken in."),
            pgettext_lazy("reports", "The reports are accepted."),
            _("Until now"),
            _("Then"),
            weighing.acceptances,
            _accept,
            asks=_PAPER,
            at_once=True,
        ),
    )
}

MISSING: Mapping[str, Text] = {
    "to": _("Give the day until which the deadline is extended."),
    "document": _("Give the number of the document that orders it."),
    "document_on": _("Give the date of the document."),
    "reason": _("Give the reason as it stands in the document."),
}


def findings_of(kind: BulkKind, stated: Stated) -> list[Finding]:
    """Everything that is wrong with what is stated for all rows, each at its field."""
    found = [
        error(f"{name}_missing", MISSING[name], Place(path=name))
        for name in kind.asks
        if name in kind.needs and not getattr(stated, name)
    ]
    if stated.document_on and stated.document_on > clock.today():
        place = Place(path="document_on")
        found.append(error("document_future", DATED_AHEAD, place, stated.document_on.isoformat()))
    if len(stated.document) > BulkAct._meta.get_field("document").max_length:  # type: ignore[operator]
        text = _("A number of a document has at most 100 characters.")
        found.append(error("document_long", text, Place(path="document"), stated.document[:100]))
    return found
