"""Reading a filing: the lines that its report asks for, with the values that it holds."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from agencies.audit import canonical
from agencies.models import GroupMember
from budgets.sources.offer import offer_of
from core.notation import decimal_string
from indicators.models import Target
from plans.content.assigning import Assignment
from plans.models import Plan, with_document
from plans.parts import registry
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.cycles.assigned import assigned_to
from reports.cycles.lines import national_plans, own_plans_of, with_sub_items, year_of
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
L = TypeVar("L", TaskLine, ProjectLine, IndicatorLine)


def read_filing(filing: Filing, sections: Collection[str] = SECTIONS) -> FilingContent:
    """The lines that the report asks for, with the values of this filing; only `sections` are read.

    National lines are those fixed when the period opened; own ones come from the agency's plans in force. The
    number of queries does not depend on the number of lines or plans.
    """
    report = filing.report
    own = own_plans_of(report)
    year = year_of(report.cycle)
    asked = Asked({}, {}, [])
    names: dict[str, str] = {}
    offered: Collection[str] = ()
    if "tasks" in sections or "projects" in sections:
        asked = _asked(filing, own)
    if "projects" in sections:
        offer = offer_of(report.cycle.programme, report.agency.agency_class, [year])
        names, offered = offer.names, offer.offered
    return FilingContent(
        year=year,
        on=report.cycle.window_to,
        tasks=_tasks(filing, asked) if "tasks" in sections else (),
        projects=_projects(filing, asked, year, names) if "projects" in sections else (),
        indicators=_indicators(filing, year, own) if "indicators" in sections else (),
        source_names={code: name for code, name in names.items() if code in offered},
        ended_names={code: name for code, name in names.items() if code not in offered},
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The national lines that were fixed for a report, with shares and assignments, and the plans to read."""

    shares: Mapping[UUID, Decimal | None]
    assigned: Mapping[UUID, Sequence[Assignment]]
    plans: Sequence[tuple[Plan, bool]]  # each with whether it is a national one


def _asked(filing: Filing, own: Sequence[Plan]) -> Asked:
    report = filing.report
    fixed = list(
        with_document(
            ReportLine.objects.filter(report=report, role=LineRole.LEAD).select_related("plan__programme"),
            "plan__document",
        )
    )
    national = {one.plan_id: one.plan for one in fixed}
    return Asked(
        {one.line_id: one.share for one in fixed},
        assigned_to(report, [one.line_id for one in fixed if one.assigned]),
        [*((plan, True) for plan in national.values()), *((plan, False) for plan in own)],
    )


def _tasks(filing: Filing, asked: Asked) -> tuple[TaskLine, ...]:
    """National tasks that the agency leads, and those of its own plans that it leads itself.

    A task with sub-items is asked through these alone.
    """
    results = {one.line_id: one for one in TaskResult.objects.filter(filing=filing)}
    rows: dict[int, tuple[TaskRow, ...]] = registry.get("tasks").read_many(
        [plan for plan, _national in asked.plans]
    )
    lines = []
    for plan, national in asked.plans:
        by_line = {row.line: row for row in rows[plan.pk]}
        wholes = with_sub_items(rows[plan.pk])
        token = f"agency:{plan.agency.key}"
        for row in rows[plan.pk]:
            assert row.line is not None
            led = row.line not in wholes and token in {party.token for party in row.leads}
            if row.line not in asked.shares if national else not led:
                continue
            result = results.get(row.line)
            line = TaskLine(
                plan, row, national, whole=by_line.get(row.parent), assigned=asked.assigned.get(row.line, ())
            )
            lines.append(_with(line, result, "status", "done_on", "text"))
    return tuple(lines)


def _projects(filing: Filing, asked: Asked, year: int, names: Mapping[str, str]) -> tuple[ProjectLine, ...]:
    """National projects that the agency leads, and those of its own plans with money in the year."""
    results = {one.line_id: one for one in ProjectResult.objects.filter(filing=filing)}
    found = [plan for plan, _national in asked.plans]
    rows: dict[int, tuple[ProjectRow, ...]] = registry.get("projects").read_many(found)
    planned: dict[int, dict[UUID | None, dict[str, Decimal]]] = {
        plan: _by_line(allocations, year)
        for plan, allocations in registry.get("allocations").read_many(found).items()
    }
    flows = _flows(filing, year)
    lines = []
    for plan, national in asked.plans:
        money = planned[plan.pk]
        for row in rows[plan.pk]:
            assert row.line is not None
            if row.line not in asked.shares if national else row.line not in money:
                continue
            result = results.get(row.line)
            sources = _sources(money.get(row.line, {}), flows.get(row.line, {}), names)
            share = asked.shares.get(row.line) if national else None
            assigned = asked.assigned.get(row.line, ())
            line = ProjectLine(plan, row, national, bool(row.lead_group), share, sources, assigned=assigned)
            lines.append(_with(line, result, "status", "text"))
    return tuple(lines)


def _with(line: L, result: Any, *names: str) -> L:
    """The line with what the filing says of it, where it says anything."""
    said = {name: getattr(result, name) for name in (*names, "row_version")} if result else {}
    return replace(line, **said)


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
    """Indicators with a target for the agency in the year or later: of its class or group, its own.

    What is to be reached later is asked already: a programme of several years is followed from its start.
    """
    report = filing.report
    agency = report.agency
    names = agency.names_on(report.cycle.window_to)
    groups = GroupMember.objects.filter(agency__in=names).values("group")
    of_class = Q(agency_class=agency.agency_class or "-", agency=None, group=None)
    plans = [*national_plans(report.cycle), *own]
    of_agency = of_class | Q(agency__in=names) | Q(group__in=groups)
    targets = (
        with_document(Target.objects.filter(of_agency, plan__in=plans, year__gte=year), "plan__document")
        .select_related("indicator")
        .order_by("indicator__position", "indicator_id", "-plan__kind", "year", "position", "id")
    )
    grouped: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        grouped[target.indicator_id].append(target)
    results = {one.indicator_id: one for one in IndicatorResult.objects.filter(filing=filing)}
    lines = []
    for indicator_id, found in grouped.items():
        line = IndicatorLine(found[0].indicator, tuple(found))
        result = results.get(indicator_id)
        lines.append(_with(line, result, "numerator", "denominator", "value", "text"))
    return tuple(lines)


def fingerprint(filing: Filing) -> str:
    """SHA-256 over everything the filing says, as canonical JSON; printed on its receipt."""
    said = {
        "report": [filing.report.cycle.programme.code, filing.report.cycle.code, filing.report.agency.key],
        "number": filing.number,
        "nothing": filing.nothing_to_report,
        "illustrative": filing.illustrative,
        "texts": [filing.summary, filing.difficulties, filing.proposals],
        "letter": [
            *(filing.letter_number, str(filing.letter_on or ""), filing.letter_signer),
            *([filing.signed_as] if filing.signed_as else []),
        ],
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
