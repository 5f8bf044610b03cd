"""Tasks and targets of a period: what the agencies said, held against what was promised."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from agencies.models import Agency
from indicators.attainment import Attainment, Goal, Judgement, judge, ratio
from indicators.models import Indicator
from indicators.rows import TargetRow
from plans.models import Plan
from plans.parts.texts import TaskRow
from reports.figures.basis import Basis, in_scope
from reports.figures.names import CLASS_NAMES_VI
from reports.figures.shapes import TargetFigure, TaskFigure, percent
from reports.models import IndicatorResult, TaskResult

YES_NO_KINDS = ("share_of_agencies", "milestone")
EACH_KINDS = (
    "count",
    "amount",
)  # every agency reaches the value by itself; a sum over a class says nothing of it
WHOLE = 100  # per cent


def task_figures(basis: Basis) -> list[TaskFigure]:
    """Every national task that somebody reports on, in the order of the document."""
    reporters: dict[object, list[int]] = defaultdict(list)
    for line in basis.report_lines:
        reporters[line.line_id].append(line.report_id)
    filing_of = basis.filing_of_report
    statuses: dict[tuple[object, int], str] = {
        (line, filing): status
        for line, filing, status in TaskResult.objects.filter(filing__in=basis.filings).values_list(
            "line_id", "filing_id", "status"
        )
    }
    figures = []
    for plan in basis.national:
        document = plan.document.number if plan.document else plan.code
        for task in basis.contents[plan.pk]["tasks"]:
            said = {
                report: statuses.get((task.line, filing_of[report].pk), "") if report in filing_of else ""
                for report in reporters.get(task.line, [])
            }
            figures.append(_task_figure(basis, document, task, said))
    return figures


def _task_figure(basis: Basis, document: str, task: TaskRow, said: dict[int, str]) -> TaskFigure:
    counts = Counter(said.values())
    verdict = task_verdict(
        task.due_on,
        counts["done"],
        len(said),
        basis.on,
        superseded=task.superseded_by is not None,
    )
    return TaskFigure(
        document=document,
        clause=task.clause,
        name=task.name,
        due_on=task.due_on,
        date_phrase=task.date_phrase,
        reporters=len(said),
        done=counts["done"],
        in_progress=counts["in_progress"],
        not_started=counts["not_started"],
        silent=counts[""],
        verdict=verdict,
        open_agencies=tuple(
            basis.agencies[report].key for report, status in said.items() if status != "done"
        ),
    )


def task_verdict(
    due_on: date | None, done: int, reporters: int, on: date, *, superseded: bool = False
) -> str:
    """A task led by several is done when all leads say so. Undated and superseded tasks are never late."""
    if reporters and done == reporters:
        return "done"
    if superseded:
        return "superseded"
    if not reporters:
        return "unassigned"
    if due_on is None:
        return "undated"
    return "late" if due_on <= on else "not_due"


def target_figures(basis: Basis) -> tuple[list[TargetFigure], dict[str, list[TargetFigure]]]:
    """National targets of the period's year by class, and by agency those it misses once they are due."""
    year = basis.cycle.window_to.year
    indicators = {one.code: one for one in Indicator.objects.all()}
    results: dict[tuple[int, int], tuple[Decimal | None, Decimal | None, Decimal | None]] = {
        (indicator, report): (numerator, denominator, value)
        for indicator, report, numerator, denominator, value in IndicatorResult.objects.filter(
            filing__in=basis.filings
        ).values_list("indicator_id", "filing__report_id", "numerator", "denominator", "value")
    }
    figures: list[TargetFigure] = []
    below: dict[str, list[TargetFigure]] = defaultdict(list)
    for plan in basis.national:
        rows: list[TargetRow] = [row for row in basis.contents[plan.pk]["targets"] if row.year == year]
        for row in rows:
            covered = {
                report: agency
                for report, agency in basis.agencies.items()
                if in_scope(agency, row.agency_class, row.group, row.agency, basis.group_members)
            }
            if not covered:
                continue
            indicator = indicators[row.indicator]
            values = {
                report: results[indicator.pk, report]
                for report in covered
                if (indicator.pk, report) in results
            }
            figure, failing = _target_figure(basis, plan, row, indicator, covered, values)
            figures.append(figure)
            for agency in failing:
                if _most_specific(row, agency, rows, basis):
                    below[agency.key].append(figure)
    return figures, below


def _target_figure(
    basis: Basis,
    plan: Plan,
    row: TargetRow,
    indicator: Indicator,
    covered: dict[int, Agency],
    values: dict[int, tuple[Decimal | None, Decimal | None, Decimal | None]],
) -> tuple[TargetFigure, list[Agency]]:
    goal = Goal(row.comparator, row.value, row.value_to, row.due_on, indicator.direction == "up")
    on = basis.on
    own_values = {report: own_value(indicator, triple) for report, triple in values.items()}
    stated = {report: value for report, value in own_values.items() if value is not None}
    value = class_value(indicator, values.values())
    reached = {report for report, one in stated.items() if _is_reached(goal, one, indicator)}
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
        attainment=verdict.attainment,
        distance=verdict.distance,
        met=len(reached),
        below=len(stated) - len(reached),
        kind=indicator.kind,
        goal=row.value,
    )
    return figure, failing


def _is_reached(goal: Goal, value: Decimal, indicator: Indicator) -> bool:
    if indicator.kind in YES_NO_KINDS:
        return value > 0
    return judge(goal, value, on=goal.due_on).attainment is Attainment.MET


def own_value(
    indicator: Indicator, triple: tuple[Decimal | None, Decimal | None, Decimal | None]
) -> Decimal | None:
    """One agency's value: a ratio in percent, else the number itself (1 or 0 for yes or no)."""
    numerator, denominator, value = triple
    return ratio(numerator, denominator) if indicator.kind == "ratio" else value


def class_value(
    indicator: Indicator, triples: Iterable[tuple[Decimal | None, Decimal | None, Decimal | None]]
) -> Decimal | None:
    """The value of a class over its agencies with data."""
    found = list(triples)
    if indicator.kind == "ratio":
        pairs = [(n, d) for n, d, _value in found if n is not None and d is not None]
        return ratio(sum((n for n, _d in pairs), Decimal(0)), sum((d for _n, d in pairs), Decimal(0)))
    values = [value for _n, _d, value in found if value is not None]
    if not values or indicator.kind == "milestone":
        return None
    if indicator.kind == "share_of_agencies":
        return percent(sum(1 for value in values if value > 0), len(values))
    return sum(values, Decimal(0))


def _most_specific(row: TargetRow, agency: Agency, rows: Iterable[TargetRow], basis: Basis) -> bool:
    """Whether no narrower target of the indicator covers the agency: agency before group before class."""
    return not any(
        other.indicator == row.indicator
        and _rank(other) > _rank(row)
        and in_scope(agency, other.agency_class, other.group, other.agency, basis.group_members)
        for other in rows
    )


def _rank(row: TargetRow) -> int:
    return 2 if row.agency else 1 if row.group else 0


def scope_name(row: TargetRow, basis: Basis) -> str:
    """For whom the target is, in Vietnamese."""
    if row.agency:
        return next((one.name for one in basis.agencies.values() if one.key == row.agency), row.agency)
    if row.group:
        return basis.group_names.get(row.group, row.group)
    return CLASS_NAMES_VI.get(row.agency_class, row.agency_class)
