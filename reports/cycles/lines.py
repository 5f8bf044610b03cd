"""Which lines an agency reports on: national ones fixed when the period opens, its own by query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from agencies.models import Agency, GroupMember
from agencies.models.agency import CLASSES
from plans.models import Plan, PlanKind
from plans.parts import registry
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

    @classmethod
    def of(cls, obliged: Iterable[Agency]) -> "Reporters":
        members: dict[str, list[str]] = defaultdict(list)
        for group, agency in GroupMember.objects.order_by("position").values_list(
            "group__key", "agency__key"
        ):
            members[group].append(agency)
        units = Agency.objects.filter(parent__isnull=False).values_list("key", "parent__key")
        return cls({agency.key: agency for agency in obliged}, dict(members), dict(units))

    def answering(self, party: Party) -> list[Agency]:
        """The obliged agencies behind a party; a unit's line is reported inside its parent agency."""
        if party.kind == "agency":
            keys = [party.value if party.value in self.obliged else self.parents.get(party.value, "")]
        elif party.kind == "group":
            keys = self.members.get(party.value, [])
        elif party.kind == "class":
            kinds = CLASSES[party.value]
            keys = [key for key, agency in self.obliged.items() if agency.kind in kinds]
        else:
            keys = []
        return [self.obliged[key] for key in keys if key in self.obliged]


def project_parties(project: ProjectRow) -> list[Party]:
    if project.lead_agency:
        return [Party("agency", project.lead_agency)]
    return [Party("group", project.lead_group)] if project.lead_group else []


def fix_national_lines(cycle: Cycle, reports: dict[int, Report]) -> int:
    """Create the report lines of a period from the national plans in force on its last day; how many."""
    reporters = Reporters.of(report.agency for report in reports.values())
    made: dict[tuple[int, object], ReportLine] = {}
    for plan in national_plans(cycle):
        content = registry.read_content(plan)
        shares: dict[tuple[object, str], Decimal] = {
            (share.line, share.agency): share.amount for share in content["shares"]
        }
        rows: list[tuple[TaskRow | ProjectRow, LineRole, list[Party]]] = []
        rows += [(task, LineRole.LEAD, list(task.leads)) for task in content["tasks"]]
        rows += [(project, LineRole.LEAD, project_parties(project)) for project in content["projects"]]
        rows += [(task, LineRole.CO, [p for p in task.co if p.kind == "agency"]) for task in content["tasks"]]
        for row, role, parties in rows:
            assert row.line is not None
            for agency in (agency for party in parties for agency in reporters.answering(party)):
                report = reports[agency.pk]
                made.setdefault(
                    (report.pk, row.line),
                    ReportLine(
                        report=report,
                        plan=plan,
                        line_id=row.line,
                        role=role,
                        share=shares.get((row.line, agency.key)),
                    ),
                )
    ReportLine.objects.bulk_create(made.values())
    return len(made)


def national_plans(cycle: Cycle) -> list[Plan]:
    """The national plans of the period's own programme, in force on its last day."""
    return list(
        Plan.objects.in_force(cycle.window_to)
        .filter(programme=cycle.programme, kind=PlanKind.NATIONAL)
        .select_related("agency", "programme", "document")
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
        plans.select_related("agency", "programme", "document").order_by("programme__position", "code")
    )


def year_of(cycle: Cycle) -> int:
    """The budget year of a period: windows never cross a year."""
    return cycle.window_to.year


def obliged_agencies(cycle_classes: Iterable[str], on: date) -> list[Agency]:
    """Agencies of the obliged classes that exist on the period's last day."""
    return list(Agency.objects.in_force(on).of_classes(cycle_classes).in_order())
