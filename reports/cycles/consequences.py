"""What a change of an open period entails, for the question before the act."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.keeping.pages import Fact
from agencies.keeping.references import referring_fields
from agencies.models import Agency
from core.notation import format_date
from core.vietnamese import clean
from reports.cycles.granting import exempted_by, extended_by
from reports.cycles.keeping import OWN_OF_REPORT, CycleChange
from reports.models import Cycle, Report, ReportLine


def of_change(cycle: Cycle, change: CycleChange) -> list[Fact]:
    """Whom another deadline concerns: those who have not filed, and not those who have."""
    facts: list[Fact] = []
    if change.due_on != cycle.due_on:
        filed = Q(first_submitted_at__isnull=False) | Q(received_on__isnull=False)
        counts = cycle.reports.filter(exempt=False).aggregate(
            waiting=Count("pk", filter=~filed),
            filed=Count("pk", filter=filed),
            longer=Count("pk", filter=~filed & Q(extended_to__gt=change.due_on)),
        )
        facts += [
            (_("Deadline"), f"{format_date(cycle.due_on)} → {format_date(change.due_on)}"),
            (_("Have not filed: the new deadline counts"), _agencies(counts["waiting"])),
            (_("Have filed: judged by the deadline of that day"), _agencies(counts["filed"])),
        ]
        if counts["longer"]:
            facts.append((_("Have a later extension: it stays"), _agencies(counts["longer"])))
    if clean(change.title) != cycle.title:
        facts.append((_("Title"), f"{cycle.title} → {clean(change.title)}"))
    facts.append((_("Document"), clean(change.document)))
    return facts


def of_addition(cycle: Cycle, agencies: QuerySet[Agency], document: str) -> list[Fact]:
    names = [one.name for one in agencies]
    return [
        (_("Agencies that report as well"), "; ".join(names)),
        (_("Deadline"), format_date(cycle.due_on)),
        (_("Lines"), _("the national lines that they lead or that are assigned to them become theirs")),
        (_("Document"), clean(document)),
    ]


def of_withdrawal(report: Report, document: str) -> list[Fact]:
    lines = ReportLine.objects.filter(report=report).count()
    text = ngettext(
        "%(n)d national line: nobody reports on it in this period unless another agency leads it too",
        "%(n)d national lines: nobody reports on them in this period unless another agency leads them too",
        lines,
    )
    facts: list[Fact] = [(_("Agency"), report.agency.name)]
    if report.extended_to:
        said = {"day": format_date(report.extended_to), "document": extended_by(report)}
        facts.append((_("Extension that goes"), _("to %(day)s, %(document)s") % said))
    if report.exempt:
        facts.append((_("Exemption that goes"), exempted_by(report)))
    if lines:
        facts.append((_("Lines that it leads or shares"), text % {"n": lines}))
    return [*facts, (_("Document"), clean(document))]


def of_removal(cycle: Cycle) -> list[Fact]:
    """Everything that goes with the period."""
    counts = cycle.reports.aggregate(
        obligations=Count("pk"),
        extended=Count("pk", filter=Q(extended_to__isnull=False)),
        exempt=Count("pk", filter=Q(exempt=True)),
    )
    lines = ReportLine.objects.filter(report__cycle=cycle).count()
    return [
        (_("Period"), f"{cycle.title} ({cycle.code})"),
        (_("Programme"), cycle.programme.name),
        (_("Obligations that end"), _agencies(counts["obligations"])),
        (_("Extensions and exemptions that go"), str(counts["extended"] + counts["exempt"])),
        (_("Report lines that go"), str(lines)),
        (_("Afterwards"), _("it can be opened anew, with the agencies and lines of that day")),
    ]


def _agencies(count: int) -> str:
    return ngettext("%(n)d agency", "%(n)d agencies", count) % {"n": count}


def withdrawable(cycle: Cycle) -> QuerySet[Agency]:
    """The agencies for whose report nothing was begun, received or recorded."""
    busy: set[int] = set()
    for field in referring_fields(Report, OWN_OF_REPORT):
        rows = field.model._base_manager.filter(**{f"{field.name}__cycle": cycle})
        busy |= set(rows.values_list(field.attname, flat=True))
    free = cycle.reports.filter(received_on__isnull=True).exclude(pk__in=busy)
    return Agency.objects.filter(pk__in=free.values("agency")).in_order()


def addable(cycle: Cycle) -> QuerySet[Agency]:
    """Agencies of the lead's level that exist on the period's last day and owe no report in it."""
    beside = Agency.objects.in_force(cycle.window_to).filter(parent=cycle.programme.lead.parent_id)
    return beside.exclude(pk__in=cycle.reports.values("agency")).in_order()
