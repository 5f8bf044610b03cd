"""Which lines an agency reports on: national ones fixed when the period opens, its own by query."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from agencies.lineage import Lineage
from agencies.models import Agency, GroupMember
from agencies.models.agency import CLASSES
from core.clock import HANOI
from plans.content.assigning import assignments
from plans.models import Plan, PlanKind, with_document
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.models import Cycle, LineRole, Report, ReportLine


@dataclass(frozen=True)
class Reporters:
    """Who answers for a party named in a document, among the agencies obliged in this period."""

    obliged: dict[str, Agency]
    members: dict[str, list[str]]
    parents: dict[str, str]
    lineage: Lineage[str] = field(default_factory=lambda: Lineage(()))
    on: date | None = None

    @classmethod
    def of(cls, obliged: Iterable[Agency], on: date | None = None) -> "Reporters":
        members: dict[str, list[str]] = defaultdict(list)
        for group, agency in GroupMember.objects.order_by("position").values_list(
            "group__key", "agency__key"
        ):
            members[group].append(agency)
        units = Agency.objects.filter(parent__isnull=False).values_list("key", "parent__key")
        by_key = {agency.key: agency for agency in obliged}
        return cls(by_key, dict(members), dict(units), Lineage.load_by_key(), on)

    def answering(self, party: Party) -> list[Agency]:
        """The obliged agencies behind a party, each once."""
        if party.kind == "agency":
            keys = [party.value]
        elif party.kind == "group":
            keys = self.members.get(party.value, [])
        elif party.kind == "class":
            kinds = CLASSES[party.value]
            keys = [key for key, agency in self.obliged.items() if agency.kind in kinds]
        else:
            keys = []
        found = {agency.key: agency for key in keys if (agency := self.answering_for(key)) is not None}
        return list(found.values())

    def answering_for(self, key: str) -> Agency | None:
        """Who reports what an agency leads: itself or its principal successor; a unit inside its parent."""
        for one in (key, self.parents.get(key, "")):
            bearer = self.obliged.get(self.lineage.bearer(one, self.on))
            if bearer is not None:
                return bearer
        return None


def project_parties(project: ProjectRow) -> list[Party]:
    if project.lead_agency:
        return [Party("agency", project.lead_agency)]
    return [Party("group", project.lead_group)] if project.lead_group else []


def with_sub_items(tasks: Iterable[TaskRow]) -> frozenset[UUID]:
    """The tasks that have sub-items: they are reported through these alone."""
    return frozenset(row.parent for row in tasks if row.parent)


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that is reported on, in which role, by whom, and whether that was assigned on the system."""

    row: TaskRow | ProjectRow
    role: LineRole
    parties: list[Party]
    assigned: bool = False


def asked_lines(content: Content, assigned: Mapping[UUID, list[Party]]) -> Iterator[Asked]:
    """The lines of a national plan: those that the document gives a lead, those assigned, who co-operates."""
    whole = with_sub_items(content["tasks"])
    tasks: list[TaskRow] = [row for row in content["tasks"] if row.line not in whole]
    for task in tasks:
        yield Asked(task, LineRole.LEAD, list(task.leads))
    for project in content["projects"]:
        yield Asked(project, LineRole.LEAD, project_parties(project))
    free = [*(row for row in tasks if not row.leads), *(p for p in content["projects"] if not p.has_lead)]
    for row in free:
        yield Asked(row, LineRole.LEAD, assigned.get(row.line, []), assigned=True)
    for task in tasks:
        yield Asked(task, LineRole.CO, [party for party in task.co if party.kind == "agency"])


def fix_national_lines(cycle: Cycle, reports: dict[int, Report], only: Collection[int] | None = None) -> int:
    """Create the report lines of a period from the national plans in force on its last day; how many.

    `only` are the agencies, of those in `reports`, whose lines are made: they came to an open period.
    """
    reporters = Reporters.of((report.agency for report in reports.values()), cycle.window_to)
    opened = opened_on(cycle)
    made: dict[tuple[int, object], ReportLine] = {}
    for plan in national_plans(cycle):
        content = registry.read_content(plan)
        shares = _shares(content, reporters)
        standing = assignments([row.line for key in ("tasks", "projects") for row in content[key]], opened)
        parties = {line: [one.party for one in found] for line, found in standing.items()}
        for asked in asked_lines(content, parties):
            line = asked.row.line
            assert line is not None
            for agency in (agency for party in asked.parties for agency in reporters.answering(party)):
                if only is not None and agency.pk not in only:
                    continue
                report = reports[agency.pk]
                made.setdefault(
                    (report.pk, line),
                    ReportLine(
                        report=report,
                        plan=plan,
                        line_id=line,
                        role=asked.role,
                        share=shares.get((line, agency.key)),
                        assigned=asked.assigned,
                    ),
                )
    ReportLine.objects.bulk_create(made.values())
    return len(made)


def _shares(content: Content, reporters: Reporters) -> dict[tuple[UUID, str], Decimal]:
    """Printed shares by line and agency; a successor has those of the agencies that it stands for."""
    found: dict[tuple[UUID, str], Decimal] = {}
    for share in content["shares"]:
        agency = reporters.answering_for(share.agency)
        if agency is not None:
            key = (share.line, agency.key)
            found[key] = found.get(key, Decimal(0)) + share.amount
    return found


def opened_on(cycle: Cycle) -> date:
    """The business day on which the period was opened: the assignments of that day count in it."""
    return cycle.opened_at.astimezone(HANOI).date()


def national_plans(cycle: Cycle) -> list[Plan]:
    """The national plans of the period's own programme, in force on its last day."""
    return list(
        with_document(Plan.objects.in_force(cycle.window_to))
        .filter(programme=cycle.programme, kind=PlanKind.NATIONAL)
        .select_related("agency", "programme")
        .order_by("code")
    )


def own_plans(cycle: Cycle, agency_ids: Iterable[int] | None = None) -> list[Plan]:
    """Agencies' own plans in force that meet the window: of the programme and of those it reports with."""
    programmes = Q(programme=cycle.programme) | Q(programme__in=cycle.programme.reports_with.all())
    plans = Plan.objects.in_force(cycle.window_to).filter(
        programmes,
        kind=PlanKind.AGENCY,
        programme__year_from__lte=cycle.window_to.year,
        programme__year_to__gte=cycle.window_from.year,
    )
    if agency_ids is not None:
        plans = plans.filter(agency__in=agency_ids)
    return list(
        with_document(plans).select_related("agency", "programme").order_by("programme__position", "code")
    )


def own_plans_of(report: Report) -> list[Plan]:
    """Own plans of the reporting agency, and of those that it has succeeded by the period's last day.

    One that still owes a report of its own in the period, because its end was recorded later, reports itself.
    """
    agencies = set(report.agency.answers_for_on(report.cycle.window_to))
    if len(agencies) > 1:
        others = Report.objects.filter(cycle=report.cycle_id, agency__in=agencies - {report.agency_id})
        agencies -= set(others.values_list("agency_id", flat=True))
    return own_plans(report.cycle, agencies)


def year_of(cycle: Cycle) -> int:
    """The budget year of a period: windows never cross a year."""
    return cycle.window_to.year


def obliged_agencies(cycle_classes: Iterable[str], on: date) -> list[Agency]:
    """Agencies of the obliged classes that exist on the period's last day."""
    return list(Agency.objects.in_force(on).of_classes(cycle_classes).in_order())
