"""The compliance figures of a period, computed from an explicit set of filings.

`live()` counts what counts at a moment, `recomputed()` what a compilation froze: one query over another set.
`frozen()` reads what was computed when it was frozen, which no later extension, receipt or plan changes.
"""

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from agencies.models.agency import MINISTRY_KINDS
from plans.models import Programme
from reports.cycles.timeliness import Standing
from reports.figures.basis import gather
from reports.figures.freezing import thaw
from reports.figures.money import programme_money
from reports.figures.names import cite
from reports.figures.obligations import class_counts, count, obligations_of, state_at, submitted_by
from reports.figures.shapes import ComplianceFigures, Obligation, Shortfall, TargetFigure, TaskFigure
from reports.figures.targets import target_figures
from reports.figures.tasks import task_figures
from reports.models import Compilation, Cycle, Filing, FilingState


def live(cycle: Cycle, as_of: datetime) -> ComplianceFigures:
    """The figures of what counts at a moment."""
    return compute(cycle, Filing.objects.counting(cycle, as_of), as_of)


def frozen(compilation: Compilation) -> ComplianceFigures:
    """The figures of a compilation as they were frozen."""
    return thaw(compilation.figures)


def recomputed(compilation: Compilation) -> ComplianceFigures:
    """The figures of exactly the filings that a compilation froze, computed again."""
    return compute(compilation.cycle, compilation.filings.all(), compilation.as_of)


def compute(cycle: Cycle, filings: QuerySet[Filing], as_of: datetime) -> ComplianceFigures:
    """All figures of one period; a fixed number of queries, however many agencies report."""
    basis = gather(cycle, filings, as_of)
    history = submitted_by(cycle, as_of)
    obligations = obligations_of(cycle, basis.reports, history, basis.filing_of_report, as_of)
    tasks = task_figures(basis)
    targets, below = target_figures(basis)
    return ComplianceFigures(
        programme=cycle.programme.code,
        programme_name=cycle.programme.name,
        document=cycle.programme.document.number if cycle.programme.document else "",
        cycle=cycle.code,
        title=cycle.title,
        window_from=cycle.window_from,
        window_to=cycle.window_to,
        due_on=cycle.due_on,
        as_of=as_of,
        illustrative=basis.illustrative,
        filings_counted=len(basis.filings),
        filings_accepted=sum(
            1 for filing in basis.filings.values() if state_at(filing, as_of) == FilingState.ACCEPTED
        ),
        classes=class_counts(obligations),
        total=count("total", obligations),
        obligations=tuple(obligations),
        tasks=tuple(tasks),
        money=tuple(programme_money(basis)),
        targets=tuple(targets),
        shortfalls=tuple(_shortfalls(obligations, tasks, below)),
        basis=cycle.basis,
        agencies_on=None,
        **_letterhead(cycle.programme),
    )


def _letterhead(programme: Programme) -> dict[str, str]:
    """From whom to whom the report goes: a province's programme stays in it, others to the Prime Minister."""
    lead = programme.lead
    local = lead.kind not in MINISTRY_KINDS
    return {
        "lead": lead.issuer_name,
        "lead_parent": lead.parent.issuer_name if local and lead.parent else "",
        "place": lead.place or (lead.parent.place if lead.parent else ""),
        "addressee": (local and programme.deciding_body) or "Thủ tướng Chính phủ",
        "citation": cite(programme.document) if programme.document else "",
    }


def _shortfalls(
    obligations: list[Obligation], tasks: list[TaskFigure], below: dict[str, list[TargetFigure]]
) -> list[Shortfall]:
    """Agencies that reported late or not, let a due task pass, or stay below a target that is due."""
    late_tasks: dict[str, list[str]] = defaultdict(list)
    for task in tasks:
        if task.verdict == "late" and not task.items:
            for agency in task.open_agencies:
                late_tasks[agency].append(task.parent or task.clause)
    found = []
    for one in obligations:
        shortfall = Shortfall(
            agency=one.agency,
            name=one.name,
            agency_class=one.agency_class,
            missing_days=one.days if one.standing is Standing.MISSING else 0,
            late_days=one.days if one.standing is Standing.LATE else 0,
            late_tasks=tuple(dict.fromkeys(late_tasks.get(one.agency, ()))),
            targets_below=tuple(target.name for target in below.get(one.agency, ())),
        )
        if shortfall.missing_days or shortfall.late_days or shortfall.late_tasks or shortfall.targets_below:
            found.append(shortfall)
    return found
