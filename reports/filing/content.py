"""Reading a filing: the lines that its report asks for, with the values that it holds."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from agencies.audit import canonical
from agencies.models import GroupMember
from budgets.models import FundingSource
from core.notation import decimal_string
from indicators.models import Target
from plans.models import Plan
from plans.parts import registry
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.cycles.lines import national_plans, own_plans, year_of
from reports.filing.shapes import (
    FLOW_KINDS,
    FilingContent,
    FlowLine,
    IndicatorLine,
    ProjectLine,
    TaskLine,
)
from reports.models import (
    Filing,
    FundFlow,
    IndicatorResult,
    LineRole,
    ProjectResult,
    ReportLine,
    TaskResult,
)

__all__ = ["FLOW_KINDS", "FilingContent", "FlowLine", "IndicatorLine", "ProjectLine", "TaskLine"]
SECTIONS = ("tasks", "projects", "indicators")
Money = Mapping[tuple[UUID | None, str], Decimal]


def read_filing(filing: Filing, sections: Collection[str] = SECTIONS) -> FilingContent:
    """The lines that the report asks for, with the values of this filing; only `sections` are read.

    National lines are those fixed when the period opened; own ones come from the agency's plans in force. The
    number of queries does not depend on the number of lines or plans.
    """
    report = filing.report
    own = own_plans(report.cycle, [report.agency_id])
    year = year_of(report.cycle)
    shares: dict[UUID, Decimal | None] = {}
    plans: list[tuple[Plan, bool]] = []
    if "tasks" in sections or "projects" in sections:
        fixed = ReportLine.objects.filter(report=report, role=LineRole.LEAD).select_related(
            "plan__programme", "plan__document"
        )
        shares = {one.line_id: one.share for one in fixed}
        national = {one.plan_id: one.plan for one in fixed}
        plans = [*((plan, True) for plan in national.values()), *((plan, False) for plan in own)]
    return FilingContent(
        year=year,
        tasks=_tasks(filing, plans, shares) if "tasks" in sections else (),
        projects=_projects(filing, plans, shares, year) if "projects" in sections else (),
        indicators=_indicators(filing, year, own) if "indicators" in sections else (),
    )


def _tasks(
    filing: Filing, plans: Sequence[tuple[Plan, bool]], wanted: Collection[UUID]
) -> tuple[TaskLine, ...]:
    """National tasks that the agency leads, and those of its own plans that it leads itself."""
    results = {one.line_id: one for one in TaskResult.objects.filter(filing=filing)}
    rows: dict[int, tuple[TaskRow, ...]] = registry.get("tasks").read_many([plan for plan, _ in plans])
    token = f"agency:{filing.report.agency.key}"
    lines = []
    for plan, national in plans:
        for row in rows[plan.pk]:
            if row.line not in wanted if national else token not in {party.token for party in row.leads}:
                continue
            result = results.get(row.line)  # type: ignore[arg-type]
            typed = (result.status, result.done_on, result.text, result.row_version) if result else ()
            lines.append(TaskLine(plan, row, national, *typed))
    return tuple(lines)


def _projects(
    filing: Filing, plans: Sequence[tuple[Plan, bool]], shares: Mapping[UUID, Decimal | None], year: int
) -> tuple[ProjectLine, ...]:
    """National projects that the agency leads, and those of its own plans with money in the year."""
    results = {one.line_id: one for one in ProjectResult.objects.filter(filing=filing)}
    found = [plan for plan, _national in plans]
    rows: dict[int, tuple[ProjectRow, ...]] = registry.get("projects").read_many(found)
    planned: dict[int, dict[UUID | None, dict[str, Decimal]]] = {
        plan: _by_line(allocations, year)
        for plan, allocations in registry.get("allocations").read_many(found).items()
    }
    flows = _flows(filing, year)
    names = dict(FundingSource.objects.values_list("code", "name"))
    lines = []
    for plan, national in plans:
        money = planned[plan.pk]
        for row in rows[plan.pk]:
            assert row.line is not None
            if row.line not in shares if national else row.line not in money:
                continue
            result = results.get(row.line)
            typed = (result.status, result.text, result.row_version) if result else ()
            sources = _sources(money.get(row.line, {}), flows.get(row.line, {}), names)
            share = shares.get(row.line) if national else None
            lines.append(ProjectLine(plan, row, national, bool(row.lead_group), share, sources, *typed))
    return tuple(lines)


def _by_line(allocations: Iterable[Any], year: int) -> dict[UUID | None, dict[str, Decimal]]:
    money: dict[UUID | None, dict[str, Decimal]] = defaultdict(dict)
    for one in allocations:
        if one.year == year:
            money[one.line][one.source] = one.amount
    return money


def _flows(filing: Filing, year: int) -> dict[UUID, dict[str, dict[str, Decimal]]]:
    """line -> source -> kind -> amount."""
    flows: dict[UUID, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    stored = FundFlow.objects.filter(filing=filing, year=year).order_by("source__position", "source_id")
    for line, source, kind, amount in stored.values_list("line_id", "source__code", "kind", "amount"):
        flows[line][source][kind] = amount
    return flows


def _sources(
    planned: Mapping[str, Decimal], flows: Mapping[str, Mapping[str, Decimal]], names: Mapping[str, str]
) -> tuple[FlowLine, ...]:
    """One money line a source: those planned for the year, and any on which something was reported."""
    codes = [code for code in (*planned, *(code for code in flows if code not in planned)) if code]
    return tuple(
        FlowLine(code, names.get(code, code), planned.get(code), dict(flows.get(code, {}))) for code in codes
    )


def _indicators(filing: Filing, year: int, own: Sequence[Plan]) -> tuple[IndicatorLine, ...]:
    """Indicators with a target for the agency in the year: national ones of its class or group, its own."""
    report = filing.report
    agency = report.agency
    groups = GroupMember.objects.filter(agency=agency).values("group")
    of_class = Q(agency_class=agency.agency_class or "-", agency=None, group=None)
    plans = [*national_plans(report.cycle), *own]
    targets = (
        Target.objects.filter(of_class | Q(agency=agency) | Q(group__in=groups), plan__in=plans, year=year)
        .select_related("indicator", "plan__document")
        .order_by("indicator__position", "indicator_id", "-plan__kind", "position", "id")
    )
    grouped: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        grouped[target.indicator_id].append(target)
    results = {one.indicator_id: one for one in IndicatorResult.objects.filter(filing=filing)}
    lines = []
    for indicator_id, found in grouped.items():
        one = results.get(indicator_id)
        typed = (one.numerator, one.denominator, one.value, one.text, one.row_version) if one else ()
        lines.append(IndicatorLine(found[0].indicator, tuple(found), *typed))
    return tuple(lines)


def fingerprint(filing: Filing) -> str:
    """SHA-256 over everything the filing says, as canonical JSON; printed on its receipt."""
    said = {
        "report": [filing.report.cycle.programme.code, filing.report.cycle.code, filing.report.agency.key],
        "number": filing.number,
        "nothing": filing.nothing_to_report,
        "illustrative": filing.illustrative,
        "texts": [filing.summary, filing.difficulties, filing.proposals],
        "letter": [filing.letter_number, str(filing.letter_on or ""), filing.letter_signer],
        "tasks": sorted(
            [str(one.line_id), one.status, str(one.done_on or ""), one.text]
            for one in filing.taskresults.all()
        ),
        "projects": sorted([str(one.line_id), one.status, one.text] for one in filing.projectresults.all()),
        "flows": sorted(
            [str(line), year, source, kind, decimal_string(amount)]
            for line, year, source, kind, amount in filing.fund_flows.values_list(
                "line_id", "year", "source__code", "kind", "amount"
            )
        ),
        "indicators": sorted(
            [code, *map(decimal_string, numbers), text]
            for code, text, *numbers in filing.indicator_results.values_list(
                "indicator__code", "text", "numerator", "denominator", "value"
            )
        ),
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()
