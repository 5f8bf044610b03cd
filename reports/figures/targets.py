"""Targets of a period: what agencies and their classes reached, held against what was promised."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from agencies.models import Agency
from indicators.attainment import (
    Attainment,
    Goal,
    Judgement,
    judge,
    most_specific,
    ratio,
    ratio_of_all,
    reach,
)
from indicators.models import Indicator
from indicators.rows import TargetRow
from indicators.status import baselines_of
from plans.models import Plan
from reports.figures.basis import Basis, in_scope
from reports.figures.names import CLASS_NAMES_VI
from reports.figures.shapes import TargetFigure, percent
from reports.models import IndicatorResult

YES_NO_KINDS = ("share_of_agencies", "milestone")
EACH_KINDS = (
    "count",
    "amount",
)  # every agency reaches the value by itself; a sum over a class says nothing of it
WHOLE = 100  # per cent


def target_figures(basis: Basis) -> tuple[list[TargetFigure], dict[str, list[TargetFigure]]]:
    """National targets of the period's year and later ones by class, and by agency those that it misses.

    A target that covers no agency of the period, such as one for the whole country, stands there unassigned.
    """
    year = basis.cycle.window_to.year
    indicators = {one.code: one for one in Indicator.objects.all()}
    results: dict[tuple[int, int], tuple[Decimal | None, Decimal | None, Decimal | None]] = {
        (indicator, report): (numerator, denominator, value)
        for indicator, report, numerator, denominator, value in IndicatorResult.objects.filter(
            filing__in=basis.filings
        ).values_list("indicator_id", "filing__report_id", "numerator", "denominator", "value")
    }
    starts = baselines_of(indicators.values(), basis.agencies.values(), basis.cycle.window_to)
    figures: list[TargetFigure] = []
    below: dict[str, list[TargetFigure]] = defaultdict(list)
    for plan in basis.national:
        rows: list[TargetRow] = [row for row in basis.contents[plan.pk]["targets"] if row.year >= year]
        for row in rows:
            covered = {
                report: agency
                for report, agency in basis.agencies.items()
                if in_scope(agency, row.agency_class, row.group, row.agency, basis.group_members)
            }
            indicator = indicators[row.indicator]
            values = {
                report: results[indicator.pk, report]
                for report in covered
                if (indicator.pk, report) in results
            }
            figure, failing = _target_figure(basis, plan, row, indicator, covered, values, starts)
            figures.append(figure)
            for agency in failing:
                if _binds(row, agency, rows, basis):
                    below[agency.key].append(figure)
    return figures, below


def _target_figure(
    basis: Basis,
    plan: Plan,
    row: TargetRow,
    indicator: Indicator,
    covered: dict[int, Agency],
    values: dict[int, tuple[Decimal | None, Decimal | None, Decimal | None]],
    starts: Mapping[tuple[int, int], Decimal],
) -> tuple[TargetFigure, list[Agency]]:
    goal = Goal(row.comparator, row.value, row.value_to, row.due_on, indicator.direction == "up")
    on = basis.on
    own_values = {report: own_value(indicator, triple) for report, triple in values.items()}
    stated = {report: value for report, value in own_values.items() if value is not None}
    value = class_value(indicator, values.values(), len(covered))
    reached = {report for report, one in stated.items() if _is_reached(goal, one, indicator)}
    near = {
        report
        for report, one in stated.items()
        if report not in reached and _is_near(goal, one, starts.get((indicator.pk, covered[report].pk)))
    }
    verdict = judge(goal, value, on=on)
    if indicator.kind in EACH_KINDS and verdict.attainment in (Attainment.MET, Attainment.NOT_MET):
        verdict = Judgement(Attainment.MET if len(reached) == len(covered) else Attainment.NOT_MET)
    elif indicator.kind in EACH_KINDS:
        verdict = Judgement(verdict.attainment)
    # A share of agencies binds each of them only where it is all of them.
    binds_each = indicator.kind not in YES_NO_KINDS or goal.value == WHOLE
    failing = (
        [covered[report] for report in stated if report not in reached]
        if binds_each and goal.value is not None and on >= row.due_on
        else []
    )
    figure = TargetFigure(
        document=plan.document.number if plan.document else plan.code,
        clause=row.clause,
        indicator=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        scope=scope_name(row, basis),
        target=row.shown,
        due_on=row.due_on,
        agencies=len(covered),
        with_data=len(stated),
        value=value,
        attainment=verdict.attainment if covered else "unassigned",
        distance=verdict.distance,
        met=len(reached),
        below=len(stated) - len(reached),
        near=len(near),
        kind=indicator.kind,
        goal=row.value,
    )
    return figure, failing


def _is_reached(goal: Goal, value: Decimal, indicator: Indicator) -> bool:
    if indicator.kind in YES_NO_KINDS:
        return value > 0
    return judge(goal, value, on=goal.due_on).attainment is Attainment.MET


def _is_near(goal: Goal, value: Decimal, baseline: Decimal | None) -> bool:
    """Most of the way from the status that the agency's own plan states; without one nothing is near."""
    return judge(goal, value, on=goal.due_on, baseline=baseline).attainment is Attainment.NEAR


def own_value(
    indicator: Indicator, triple: tuple[Decimal | None, Decimal | None, Decimal | None]
) -> Decimal | None:
    """One agency's value: a ratio in percent, else the number itself (1 or 0 for yes or no)."""
    numerator, denominator, value = triple
    return ratio(numerator, denominator) if indicator.kind == "ratio" else value


def class_value(
    indicator: Indicator,
    triples: Iterable[tuple[Decimal | None, Decimal | None, Decimal | None]],
    agencies: int,
) -> Decimal | None:
    """The value of a class of so many agencies: a ratio and a sum over those with data, a share over all."""
    found = list(triples)
    if indicator.kind == "ratio":
        return ratio_of_all((part, whole) for part, whole, _value in found)
    values = [value for _part, _whole, value in found if value is not None]
    if not values or indicator.kind == "milestone":
        return None
    if indicator.kind == "share_of_agencies":
        return percent(sum(1 for value in values if value > 0), agencies)
    return sum(values, Decimal(0))


def _binds(row: TargetRow, agency: Agency, rows: Iterable[TargetRow], basis: Basis) -> bool:
    """Whether the agency is judged by this target of the year: agency before group before class."""
    covering = [
        other
        for other in rows
        if (other.indicator, other.year) == (row.indicator, row.year)
        and in_scope(agency, other.agency_class, other.group, other.agency, basis.group_members)
    ]
    return row in most_specific(covering, lambda one: reach(one.group, one.agency))


def scope_name(row: TargetRow, basis: Basis) -> str:
    """For whom the target is, in Vietnamese."""
    if row.agency:
        return next((one.name for one in basis.agencies.values() if one.key == row.agency), row.agency)
    if row.group:
        return basis.group_names.get(row.group, row.group)
    return CLASS_NAMES_VI.get(row.agency_class, row.agency_class)
