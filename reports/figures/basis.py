"""What the figures of one period are computed from, gathered in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from agencies.lineage import Lineage
from agencies.models import Agency, GroupMember
from agencies.models.agency import CLASSES
from core.clock import HANOI
from plans.content.assigning import Assignment
from plans.models import Plan
from plans.parts import registry
from plans.parts.base import Content
from reports.cycles.assigned import assignments_of
from reports.cycles.lines import national_plans, own_plans
from reports.figures.names import CLASS_NAMES_VI
from reports.figures.shapes import AssignedFigure
from reports.models import Cycle, Filing, Report, ReportLine


@dataclass(frozen=True)
class Basis:
    """What the figures of one period are computed from."""

    cycle: Cycle
    as_of: datetime
    filings: dict[int, Filing]  # by id
    reports: list[Report]
    national: list[Plan]
    own: list[Plan]
    contents: dict[int, Content]
    report_lines: list[ReportLine]
    assigned: dict[UUID, list[Assignment]]  # by line, as they stood when the period was opened
    agencies: dict[int, Agency]  # by id of the report
    group_members: dict[str, set[int]]
    group_names: dict[str, str]

    @property
    def on(self) -> date:
        """The day by which due days are judged: the period's last, or the last one that was over then."""
        return min(self.cycle.window_to, self.as_of.astimezone(HANOI).date() - timedelta(days=1))

    @property
    def illustrative(self) -> bool:
        """Whether anything that the figures are made of is illustrative."""
        made_of: tuple[Any, ...] = (self.cycle, *self.filings.values(), *self.national, *self.own)
        return any(one.illustrative for one in made_of)

    def assigned_to(self, line: UUID | None) -> tuple[AssignedFigure, ...]:
        """Who was assigned to a line, as documents say it."""
        return tuple(
            AssignedFigure(CLASS_NAMES_VI.get(one.party.value, one.name), one.basis, one.on)
            for one in self.assigned.get(line, ())  # type: ignore[arg-type]
        )

    @property
    def filing_of_report(self) -> dict[int, Filing]:
        return {filing.report_id: filing for filing in self.filings.values()}


def gather(cycle: Cycle, filings: QuerySet[Filing], as_of: datetime) -> Basis:
    reports = list(Report.objects.filter(cycle=cycle).select_related("agency", "cycle").in_order())
    counted = {filing.pk: filing for filing in filings}
    national = national_plans(cycle)
    own = own_plans(cycle, {key for one in reports for key in one.agency.answers_for_on(cycle.window_to)})
    members: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    lineage = Lineage.load()
    for group, name, agency in GroupMember.objects.values_list("group__key", "group__name", "agency_id"):
        members[group] |= {agency, lineage.renamed(agency, cycle.window_to)}
        names[group] = name
    report_lines = list(ReportLine.objects.filter(report__cycle=cycle, role="lead").order_by("id"))
    return Basis(
        cycle=cycle,
        as_of=as_of,
        filings=counted,
        reports=reports,
        national=national,
        own=own,
        contents=registry.read_contents([*national, *own]),
        report_lines=report_lines,
        assigned=assignments_of(cycle, {line.line_id for line in report_lines if line.assigned}),
        agencies={report.pk: report.agency for report in reports},
        group_members=dict(members),
        group_names=names,
    )


def in_scope(agency: Agency, agency_class: str, group: str, key: str, members: dict[str, set[int]]) -> bool:
    """Whether a target's scope covers the agency."""
    if key:
        return agency.key == key
    if group:
        return agency.pk in members.get(group, set())
    return agency.kind in CLASSES.get(agency_class, ())
