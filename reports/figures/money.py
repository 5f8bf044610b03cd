"""Projects and money of a period by programme, group, source and year. Programmes are never added up."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from agencies.models import Agency, AgencyGroup
from budgets.models import FundingSource
from budgets.rows import AllocationRow
from budgets.totals import money_of
from plans.models import Plan, PlanKind
from plans.parts.projects import ProjectRow
from reports.figures.basis import Basis
from reports.figures.shapes import ContentRow, Money, MoneyRow, ProgrammeMoney, ProjectFigure
from reports.models import FundFlow, ProjectResult

ZERO = Decimal(0)
NO_SOURCE_VI = "Chưa ghi nguồn"


def programme_money(basis: Basis) -> list[ProgrammeMoney]:
    """One block a programme with any projects: the period's own first, then those it reports with."""
    flows = Flows(basis)
    names = Names(basis)
    grouped: dict[str, list[Plan]] = defaultdict(list)
    for plan in [*basis.national, *basis.own]:
        grouped[plan.programme.code].append(plan)
    blocks = [_block(basis, plans, flows, names) for plans in grouped.values()]
    return [block for block in blocks if block.projects or block.contents]


class Flows:
    """What the counted filings say of money and status, summed by line, source and kind."""

    def __init__(self, basis: Basis) -> None:
        self.year = basis.cycle.window_to.year
        self.by_cell: dict[Any, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
        sums = (
            FundFlow.objects.filter(filing__in=basis.filings, year=self.year)
            .values("line_id", "source__code", "kind")
            .annotate(amount=Sum("amount"))
            .order_by()
        )
        for row in sums:
            self.by_cell[row["line_id"]][row["source__code"]][row["kind"]] = row["amount"]
        self.statuses: dict[Any, Counter[str]] = defaultdict(Counter)
        counts = (
            ProjectResult.objects.filter(filing__in=basis.filings)
            .exclude(status="")
            .values("line_id", "status")
            .annotate(number=Count("id"))
            .order_by()
        )
        for one in counts:
            self.statuses[one["line_id"]][one["status"]] = one["number"]

    def money(self, lines: Iterable[Any], planned: Decimal | None, source: str | None = None) -> Money:
        """The flows of some lines, of one source or of all; a kind that nobody reported stays None."""
        found: dict[str, Decimal] = {}
        for line in lines:
            for code, kinds in self.by_cell.get(line, {}).items():
                if source in (None, code):
                    for kind, amount in kinds.items():
                        found[kind] = found.get(kind, ZERO) + amount
        return Money(planned=planned, **found)

    def reported(self, lines: Iterable[Any]) -> int:
        return sum(1 for line in lines if line in self.statuses or line in self.by_cell)


class Names:
    """Names of agencies, groups and sources that the figures print."""

    def __init__(self, basis: Basis) -> None:
        self.agencies = dict(Agency.objects.values_list("key", "short_name"))
        self.groups = dict(AgencyGroup.objects.values_list("key", "name"))
        self.sources = dict(FundingSource.objects.order_by("position").values_list("code", "name"))

    def lead(self, project: ProjectRow) -> str:
        if project.lead_agency:
            return str(self.agencies.get(project.lead_agency, project.lead_agency))
        return project.lead_words or str(self.groups.get(project.lead_group, ""))


def _block(basis: Basis, plans: list[Plan], flows: Flows, names: Names) -> ProgrammeMoney:
    year = flows.year
    programme = plans[0].programme
    every_project: list[ProjectRow] = []
    allocations: list[AllocationRow] = []
    own_lines: set[Any] = set()
    for plan in plans:
        content = basis.contents[plan.pk]
        every_project += content["projects"]
        allocations += content["allocations"]
        if plan.kind != PlanKind.NATIONAL:
            own_lines |= {row.line for row in content["projects"]}
    this_year = [row for row in allocations if row.year == year]
    with_money = {row.line for row in this_year}
    projects = [row for row in every_project if row.line in with_money]
    lines = [project.line for project in projects]
    without = [
        project
        for plan in plans
        if plan.kind == PlanKind.NATIONAL
        for project in basis.contents[plan.pk]["projects"]
        if project.line not in with_money
    ]
    figures = Figures(basis, flows, names, own_lines)
    contents = tuple(figures.of(project, None) for project in without)
    return ProgrammeMoney(
        programme=programme.code,
        name=programme.name,
        documents=tuple(dict.fromkeys(plan.document.number for plan in plans if plan.document)),
        year=year,
        total=flows.money(lines, money_of(projects, this_year).total),
        projects=len(projects),
        reported=flows.reported(lines),
        by_group=tuple(_groups(projects, this_year, flows)),
        by_source=tuple(_sources(projects, this_year, flows, names)),
        by_year=tuple(_years(every_project, allocations, flows)),
        lines=tuple(figures.of(project, money_of([project], this_year).total) for project in projects),
        contents=contents,
        content_groups=tuple(_content_groups(zip(without, contents, strict=True))),
    )


class Figures:
    """Projects as figures: who reports on each, what they say, and its money."""

    def __init__(self, basis: Basis, flows: Flows, names: Names, own_lines: set[Any]) -> None:
        self.basis, self.flows, self.names, self.own_lines = basis, flows, names, own_lines
        self.reporters = Counter(line.line_id for line in basis.report_lines)

    def of(self, project: ProjectRow, planned: Decimal | None) -> ProjectFigure:
        statuses = self.flows.statuses.get(project.line, Counter())
        return ProjectFigure(
            label=project.label,
            name=project.name,
            lead=self.names.lead(project),
            group=project.group_code,
            money=self.flows.money([project.line], planned),
            reporters=1 if project.line in self.own_lines else self.reporters[project.line],  # type: ignore[index]
            reported=sum(statuses.values()),
            statuses=dict(statuses),
            assigned=self.basis.assigned_to(project.line),
        )


def _content_groups(contents: Iterable[tuple[ProjectRow, ProjectFigure]]) -> Iterable[ContentRow]:
    """One row a group of contents without planned money, as printed."""
    grouped: dict[str, list[tuple[ProjectRow, ProjectFigure]]] = {}
    for row, figure in contents:
        grouped.setdefault(row.group_code, []).append((row, figure))
    for code, members in grouped.items():
        statuses: Counter[str] = Counter()
        for _row, figure in members:
            statuses.update(figure.statuses)
        yield ContentRow(
            key=code,
            label=f"{code}. {members[0][0].group_name}".strip(". "),
            projects=len(members),
            silent=sum(1 for _row, figure in members if not figure.reporters),
            assigned=sum(1 for _row, figure in members if figure.assigned),
            reported=sum(1 for _row, figure in members if figure.reported or figure.money.is_reported),
            statuses=dict(statuses),
        )


def _sources(
    projects: list[ProjectRow], this_year: list[AllocationRow], flows: Flows, names: Names
) -> Iterable[MoneyRow]:
    """One row a source, in the order of the funding tree; what no source is stated for stands last."""
    whole = money_of(projects, this_year)
    for code in [*names.sources, ""]:
        if code in whole.by_source:
            lines = {row.line for row in this_year if row.source == code}
            money = flows.money(lines, whole.source(code), code)
            yield MoneyRow(
                code, names.sources.get(code, NO_SOURCE_VI), money, len(lines), flows.reported(lines)
            )


def _years(projects: list[ProjectRow], allocations: list[AllocationRow], flows: Flows) -> Iterable[MoneyRow]:
    """One row a year of the programme; what became of the money is known of the period's own year alone."""
    whole = money_of(projects, allocations)
    for year in sorted(one for one in whole.by_year if one is not None):
        lines = {row.line for row in allocations if row.year == year}
        now = year == flows.year
        money = flows.money(lines, whole.year(year)) if now else Money(planned=whole.year(year))
        yield MoneyRow(str(year), str(year), money, len(lines), flows.reported(lines) if now else 0)


def _groups(projects: list[ProjectRow], this_year: list[AllocationRow], flows: Flows) -> Iterable[MoneyRow]:
    """One row a group and sub-group, as printed."""
    grouped: dict[tuple[str, str], list[ProjectRow]] = {}
    for project in projects:
        grouped.setdefault((project.group_code, project.subgroup), []).append(project)
    for (code, subgroup), members in grouped.items():
        lines = [project.line for project in members]
        label = ": ".join(filter(None, (f"{code}. {members[0].group_name}".strip(". "), subgroup)))
        yield MoneyRow(
            code,
            label,
            flows.money(lines, money_of(members, this_year).total),
            len(members),
            flows.reported(lines),
        )
