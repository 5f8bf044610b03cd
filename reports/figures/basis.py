"""What the figures of one period are computed from, gathered in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from agencies.models import Agency, GroupMember
from agencies.models.agency import CLASSES
from core.clock import HANOI
from plans.models import Plan
from plans.parts import registry
from plans.parts.base import Content
from reports.cycles.lines import national_plans, own_plans
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

    @property
    def filing_of_report(self) -> dict[int, Filing]:
        return {filing.report_id: filing for filing in self.filings.values()}


def gather(cycle: Cycle, filings: QuerySet[Filing], as_of: datetime) -> Basis:
    reports = list(Report.objects.filter(cycle=cycle).select_related("agency", "cycle").in_order())
    counted = {filing.pk: filing for filing in filings}
    national = national_plans(cycle)
    own = own_plans(cycle, [report.agency_id for report in reports])
    members: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for group, name, agency in GroupMember.objects.values_list("group__key", "group__name", "agency_id"):
        members[group].add(agency)
        names[group] = name
    return Basis(
        cycle=cycle,
        as_of=as_of,
        filings=counted,
        reports=reports,
        national=national,
        own=own,
        contents=registry.read_contents([*national, *own]),
        report_lines=list(ReportLine.objects.filter(report__cycle=cycle, role="lead").order_by("id")),
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
