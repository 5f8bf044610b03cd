"""What becomes of an open period: another deadline or title, agencies added or withdrawn, its removal.

A deadline that moves counts for whoever has not filed yet: who has is judged by the deadline of that day
(`Report.due_when_filed`), by the first submission, as before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.keeping.findings import at, document_findings, reason_findings, refuse, too_long
from agencies.keeping.references import referring
from agencies.models import Agency, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, Refused, Text, WrongState
from core.notation import format_date
from core.vietnamese import clean
from plans.programmes.shapes import digest
from plans.programmes.versions import refuse_stale
from reports.cycles.actions import agency_ended
from reports.cycles.lines import fix_national_lines
from reports.models import Cycle, IssuedFile, Report

TITLE_LENGTH, MOST_AGENCIES = 200, 500
REFUSED = "cycle_change"
_FILED = Q(first_submitted_at__isnull=False) | Q(received_on__isnull=False)
# Rows that belong to a period or an obligation itself and go with it.
OWN_OF_CYCLE, OWN_OF_REPORT = ("reports.Report",), ("reports.ReportLine",)


def is_issued(cycle: Cycle) -> bool:
    return IssuedFile.objects.filter(compilation__cycle=cycle).exists()


def why_closed(cycle: Cycle) -> Text:
    """Why nothing of the period changes any more, or ""."""
    return _("Its report is issued; the period stays as it is.") if is_issued(cycle) else ""


def _refuse_closed(cycle: Cycle) -> None:
    if why := why_closed(cycle):
        raise WrongState(f"{cycle.title}: {why}", code="wrong_state")


# --- Deadline and title


@dataclass(frozen=True, slots=True)
class CycleChange:
    """What a period is to say, by which document, and why."""

    title: str
    due_on: date | None
    document: str
    reason: str


def change_findings(cycle: Cycle, change: CycleChange) -> list[Finding]:
    """Everything that bars another title or deadline."""
    found = [*document_findings(change.document), *reason_findings(change.reason)]
    title = clean(change.title)
    if not title:
        found.append(at("title", "blank", _("Give the period a title.")))
    found += too_long("title", title, TITLE_LENGTH)
    due = change.due_on
    if due is None:
        found.append(at("due_on", "blank", _("Give the last timely day, for example 15/07/2008.")))
    elif due <= cycle.window_to:
        text = _("The deadline %(due)s is not after the period's last day, %(last)s.")
        said = {"due": format_date(due), "last": format_date(cycle.window_to)}
        found.append(at("due_on", "cycle_due", text % said, format_date(due)))
    elif due < cycle.due_on and due < clock.today():
        text = _("%(due)s has passed: a deadline is not moved back to a day on which nobody knew of it.")
        found.append(at("due_on", "due_passed", text % {"due": format_date(due)}, format_date(due)))
    if not found and title == cycle.title and due == cycle.due_on:
        found.append(
            at("due_on", "nothing_changed", _("Nothing is changed. Change the deadline or the title."))
        )
    return found


def version_of(cycle: Cycle) -> str:
    """Which deadline and title a page was made of: a save on an older one is refused."""
    return digest({"title": cycle.title, "due_on": cycle.due_on})


def change_cycle(
    cycle: Cycle, change: CycleChange, *, actor: Membership, version: str | None = None
) -> Cycle:
    """Another deadline or title of a period whose report is not issued.

    `version` is that of the period on which the change was made.
    """
    with audit.recording() as record:
        row = lock(cycle)
        require(actor, "cycle.manage", row)
        _refuse_closed(row)
        refuse_stale(version_of(row), version)
        refuse(change_findings(row, change), REFUSED)
        assert change.due_on is not None
        changed: dict[str, list[str]] = {}
        kept = 0
        if change.due_on != row.due_on:
            filed = Report.objects.filter(_FILED, cycle=row, due_when_filed__isnull=True)
            kept = filed.update(due_when_filed=row.due_on)
            changed["due_on"] = [row.due_on.isoformat(), change.due_on.isoformat()]
            row.due_on = change.due_on
        if clean(change.title) != row.title:
            changed["title"] = [row.title, clean(change.title)]
            row.title = clean(change.title)
        row.save()
        record.add(
            "change_cycle",
            row,
            actor=actor,
            changed=changed,
            filed_before=kept,
            document=clean(change.document),
            reason=clean(change.reason, multiline=True),
        )
    return row


# --- Who owes a report


def addition_findings(cycle: Cycle, agencies: Sequence[Agency], document: str) -> list[Finding]:
    """Everything that bars asking further agencies for a report."""
    found = list(document_findings(document))
    if not agencies:
        found.append(at("agencies", "blank", _("Choose at least one agency.")))
    if len(agencies) > MOST_AGENCIES:
        text = _("%(n)d agencies are too many at once; at most %(most)d.")
        found.append(at("agencies", "too_many", text % {"n": len(agencies), "most": MOST_AGENCIES}))
    there = set(Report.objects.filter(cycle=cycle).values_list("agency_id", flat=True))
    reporting = there | {one.pk for one in agencies}
    for number, one in enumerate(agencies):
        path = f"agencies/{number}"
        if one.pk in there:
            text = _("%(agency)s owes a report in this period already.")
            found.append(at(path, "report_exists", text % {"agency": one.short_name}, one.key))
        elif one.parent_id in reporting:
            text = _("%(agency)s reports inside %(parent)s, which owes a report in this period.")
            said = {"agency": one.short_name, "parent": one.parent.short_name if one.parent else ""}
            found.append(at(path, "reports_inside", text % said, one.key))
        elif not one.exists_on(cycle.window_to):
            found.append(agency_ended(path, one, cycle.window_to))
    return found


def add_agencies(
    cycle: Cycle, agencies: Sequence[Agency], *, document: str, actor: Membership
) -> list[Report]:
    """Further agencies owe a report in an open period; the national lines that they lead become theirs."""
    with audit.recording() as record:
        row = lock(cycle)
        require(actor, "cycle.manage", row)
        _refuse_closed(row)
        chosen = list({one.pk: one for one in agencies}.values())
        refuse(addition_findings(row, chosen, document), REFUSED)
        made = Report.objects.bulk_create(Report(cycle=row, agency=one) for one in chosen)
        every = {one.agency_id: one for one in row.reports.select_related("agency")}
        fix_national_lines(row, every, only={one.agency_id for one in made})
        record.add(
            "add_agencies",
            row,
            actor=actor,
            agencies=[one.key for one in chosen],
            document=clean(document),
        )
    return made


def why_not_withdrawn(report: Report) -> Text:
    """Why an obligation stays, or "": what was begun, sent or recorded for it is kept."""
    if report.received_on is not None:
        return _("A paper report was received. Exempt the agency instead.")
    found = referring(report, OWN_OF_REPORT)
    if not found:
        return ""
    listed = ", ".join(f"{kind} ({count})" for kind, count in found.items())
    return _("Something was begun or recorded for it: %(what)s. Exempt the agency instead.") % {
        "what": listed
    }


def withdrawal_findings(report: Report, document: str) -> list[Finding]:
    """Everything that bars ending an obligation."""
    agency, found = report.agency, list(document_findings(document))
    if why := why_not_withdrawn(report):
        found.append(at("agency", "report_begun", f"{agency.short_name}: {why}", agency.key))
    elif report.cycle.reports.count() == 1:
        text = _("%(agency)s is the last agency of the period; remove the period instead.")
        found.append(at("agency", "last_agency", text % {"agency": agency.short_name}, agency.key))
    return found


def withdraw_agency(report: Report, *, document: str, actor: Membership) -> None:
    """An agency owes no report in the period any more, as long as nothing was begun for it."""
    with audit.recording() as record:
        cycle = lock(report.cycle)
        require(actor, "cycle.manage", cycle)
        _refuse_closed(cycle)
        row = lock(report)
        refuse(withdrawal_findings(row, document), REFUSED)
        record.add(
            "withdraw_agency",
            cycle,
            actor=actor,
            agency=row.agency.key,
            lines=row.lines.count(),
            document=clean(document),
        )
        row.delete()


# --- The whole period


def why_not_deleted(cycle: Cycle) -> Text:
    """Why the period stays, or "": nothing that was filed, compiled or sent is lost."""
    received = Report.objects.filter(_FILED, cycle=cycle).count()
    begun = Report.objects.filter(cycle=cycle, filings__isnull=False).distinct().count()
    if count := max(received, begun):
        text = ngettext(
            "%(n)d agency has begun or filed its report.", "%(n)d agencies have begun or filed theirs.", count
        )
        return text % {"n": count}
    found = referring(cycle, OWN_OF_CYCLE)
    if reminded := Report.objects.filter(cycle=cycle, reminders__isnull=False).distinct().count():
        found[_("agencies reminded")] = reminded
    listed = ", ".join(f"{kind} ({count})" for kind, count in found.items())
    return _("Something was made of it or recorded: %(what)s.") % {"what": listed} if listed else ""


def delete_cycle(cycle: Cycle, *, reason: str, actor: Membership) -> None:
    """Remove a period that was opened by mistake, with its obligations, as long as nothing was filed."""
    with audit.recording() as record:
        row = lock(cycle)
        require(actor, "cycle.manage", row)
        list(row.reports.select_for_update(no_key=True).values_list("pk", flat=True))  # nobody begins one now
        why = why_not_deleted(row)
        in_use = [at("", "cycle_in_use", f"{row.title}: {why}")] if why else []
        refuse([*in_use, *reason_findings(reason)], REFUSED)
        record.add(
            "delete_cycle",
            row,
            actor=actor,
            code=row.code,
            programme=row.programme.code,
            obligations=row.reports.count(),
            due_on=row.due_on,
            reason=clean(reason, multiline=True),
        )
        try:
            row.reports.all().delete()
            row.delete()
        except ProtectedError:
            text = _("Something was recorded for it just now; reload the page.")
            raise Refused(text, [at("", "cycle_in_use", text)], REFUSED) from None
