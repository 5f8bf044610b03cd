"""What a report asks for, whether it is begun or not."""

from dataclasses import dataclass

from plans.parts import registry
from reports.filing.content import read_filing
from reports.filing.shapes import IndicatorLine, ProjectLine, TaskLine
from reports.models import Filing, LineRole, Report, ReportLine


@dataclass(frozen=True, slots=True)
class LinesAsked:
    """The lines on which an agency reports, with no value yet, and the tasks in which it co-operates."""

    year: int
    tasks: tuple[TaskLine, ...]
    projects: tuple[ProjectLine, ...]
    indicators: tuple[IndicatorLine, ...]
    co_operates: tuple[TaskLine, ...]


def asked_of(report: Report) -> LinesAsked:
    """A fixed number of queries, however many lines there are."""
    blank = read_filing(Filing(pk=0, report=report))  # no row of any filing has this id
    return LinesAsked(blank.year, blank.tasks, blank.projects, blank.indicators, _co_operates(report))


def _co_operates(report: Report) -> tuple[TaskLine, ...]:
    """In the order of the documents. Their leads report on them."""
    fixed = ReportLine.objects.filter(report=report, role=LineRole.CO).select_related("plan")
    lines = {one.line_id for one in fixed}
    plans = {one.plan_id: one.plan for one in fixed}
    if not lines:
        return ()
    rows = registry.get("tasks").read_many(plans.values())
    by_line = {row.line: row for found in rows.values() for row in found}
    return tuple(
        TaskLine(plans[plan], row, national=True, whole=by_line.get(row.parent))
        for plan, found in rows.items()
        for row in found
        if row.line in lines
    )
