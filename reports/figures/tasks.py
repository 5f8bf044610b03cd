"""Tasks of a period: what their reporters said, held against the last timely day; sub-items make a task."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from plans.models import Plan
from plans.parts.texts import TaskRow
from reports.figures.basis import Basis
from reports.figures.shapes import TaskFigure
from reports.models import TaskResult

Said = Mapping[int, str]
"""Report -> the status of a task in it; "" where nothing is said."""


def task_figures(basis: Basis) -> list[TaskFigure]:
    """Every national task in the order of the document, each followed by its sub-items."""
    said = _said_by_line(basis)
    return [figure for plan in basis.national for figure in _of_plan(basis, plan, said)]


def _said_by_line(basis: Basis) -> dict[UUID, Said]:
    """What the reporters of each line say of it; one query."""
    statuses = {
        (line, filing): status
        for line, filing, status in TaskResult.objects.filter(filing__in=basis.filings).values_list(
            "line_id", "filing_id", "status"
        )
    }
    filing_of = basis.filing_of_report
    said: dict[UUID, dict[int, str]] = defaultdict(dict)
    for one in basis.report_lines:
        filing = filing_of.get(one.report_id)
        said[one.line_id][one.report_id] = statuses.get((one.line_id, filing.pk), "") if filing else ""
    return dict(said)


def _of_plan(basis: Basis, plan: Plan, said: Mapping[UUID, Said]) -> Iterator[TaskFigure]:
    document = plan.document.number if plan.document else plan.code
    rows: Sequence[TaskRow] = basis.contents[plan.pk]["tasks"]
    below: dict[UUID | None, list[TaskRow]] = defaultdict(list)
    for row in rows:
        if row.parent:
            below[row.parent].append(row)
    for row in rows:
        if row.parent:
            continue
        if row.line not in below:
            yield _figure(basis, document, row, said.get(row.line, {}))  # type: ignore[arg-type]
            continue
        each = [said.get(item.line, {}) for item in below[row.line]]  # type: ignore[arg-type]
        # A sub-item without a day of its own is due with its task.
        items = [replace(item, due_on=item.due_on or row.due_on) for item in below[row.line]]
        figures = [
            replace(_figure(basis, document, item, one), parent=row.clause)
            for item, one in zip(items, each, strict=True)
        ]
        yield _whole(_figure(basis, document, row, _of_all(each)), figures, row)
        yield from figures


def _of_all(each: Iterable[Said]) -> Said:
    """How far each reporter is with a task by what it says of the sub-items that are its own."""
    statuses: dict[int, set[str]] = defaultdict(set)
    for said in each:
        for report, status in said.items():
            statuses[report].add(status)
    return {report: _taken_together(found) for report, found in statuses.items()}


def _taken_together(statuses: set[str]) -> str:
    """Done when all are; begun when any is; not started when nothing else is said of any."""
    if len(statuses) == 1:
        return next(iter(statuses))
    return "not_started" if statuses <= {"", "not_started"} else "in_progress"


def _whole(figure: TaskFigure, items: Sequence[TaskFigure], row: TaskRow) -> TaskFigure:
    """A task as its sub-items make it: it is late as soon as one of them is."""
    verdicts = {item.verdict for item in items}
    counted = replace(
        figure,
        items=sum(item.reporters for item in items),
        items_done=sum(item.done for item in items),
        due_on=row.due_on or max((item.due_on for item in items if item.due_on), default=None),
    )
    if figure.verdict in ("done", "superseded", "unassigned"):
        return counted
    following = next((one for one in ("late", "not_due") if one in verdicts), "undated")
    return replace(counted, verdict=following)


def _figure(basis: Basis, document: str, task: TaskRow, said: Said) -> TaskFigure:
    counts = Counter(said.values())
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
        verdict=task_verdict(
            task.due_on,
            counts["done"],
            len(said),
            basis.on,
            superseded=task.superseded_by is not None,
        ),
        open_agencies=tuple(
            basis.agencies[report].key for report, status in said.items() if status != "done"
        ),
        assigned=basis.assigned_to(task.line),
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
