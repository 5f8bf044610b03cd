"""Who reported, when, and how that stands against the deadline: one row an agency, counted by class."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency
from agencies.models.agency import CLASSES
from core.clock import HANOI
from reports.cycles import timeliness
from reports.cycles.timeliness import Standing
from reports.figures.shapes import ClassTimeliness, Obligation
from reports.models import Cycle, Filing, FilingState, Report


@dataclass(frozen=True)
class Standings:
    """The obligations of a period as of a moment, in the order of the agencies, with their counts."""

    obligations: tuple[Obligation, ...]
    classes: tuple[ClassTimeliness, ...]
    total: ClassTimeliness
    agencies: tuple[Agency, ...] = ()


def standings(cycle: Cycle, as_of: datetime) -> Standings:
    """How every agency stands by what counts at a moment; two queries."""
    reports = list(Report.objects.filter(cycle=cycle).select_related("agency").in_order())
    history = submitted_by(cycle, as_of)
    exempt = {report.pk for report in reports if report.exempt}
    counted = {one.report_id: one for one in history if one.counts_at(as_of) and one.report_id not in exempt}
    found = obligations_of(cycle, reports, history, counted, as_of)
    agencies = tuple(report.agency for report in reports)
    return Standings(tuple(found), class_counts(found), count("total", found), agencies)


def submitted_by(cycle: Cycle, as_of: datetime) -> list[Filing]:
    """Every filing of the period that was submitted by then, whatever became of it."""
    return list(
        Filing.objects.filter(report__cycle=cycle, submitted_at__lte=as_of)
        .exclude(state=FilingState.DRAFT)
        .only("report_id", "state", "submitted_at", "accepted_at", "returned_at", "nothing_to_report")
    )


def class_counts(obligations: Sequence[Obligation]) -> tuple[ClassTimeliness, ...]:
    """By the classes of the agencies that owe a report in the period; those of no class come last."""
    present = {one.agency_class for one in obligations}
    return tuple(count(name, obligations) for name in (*CLASSES, "") if name in present)


def obligations_of(
    cycle: Cycle,
    reports: Iterable[Report],
    history: Iterable[Filing],
    counted: Mapping[int, Filing],
    as_of: datetime,
) -> list[Obligation]:
    """One row a report, from all its submissions; `counted` is the filing that counts, by id of report."""
    filed: Counter[int] = Counter()
    returned: Counter[int] = Counter()
    for one in history:
        filed[one.report_id] += 1
        returned[one.report_id] += not one.counts_at(as_of)
    return [
        _obligation(report, cycle, as_of, (filed[report.pk], returned[report.pk]), counted.get(report.pk))
        for report in reports
    ]


def _obligation(
    report: Report, cycle: Cycle, as_of: datetime, filed: tuple[int, int], counted: Filing | None
) -> Obligation:
    filings, returned = filed
    report.cycle = cycle
    due = report.due_on
    judged = timeliness.judge(
        due_on=due,
        first_submitted_at=report.first_submitted_at,
        received_on=report.received_on,
        exempt=report.exempt,
        as_of=as_of,
    )
    days = [report.received_on] if report.received_on else []
    if report.first_submitted_at and report.first_submitted_at <= as_of:
        days.append(report.first_submitted_at.astimezone(HANOI).date())
    return Obligation(
        agency=report.agency.key,
        name=report.agency.name,
        short_name=report.agency.short_name,
        agency_class=report.agency.agency_class,
        standing=judged.standing,
        days=judged.days,
        filed_on=min(days) if days else None,
        filings=filings,
        returned=returned,
        state=state_at(counted, as_of) if counted else (FilingState.RETURNED if returned else ""),
        counted=counted is not None,
        nothing=counted is not None and counted.nothing_to_report,
        due_on=due,
        extended=report.extended_to is not None,
    )


def state_at(filing: Filing, as_of: datetime) -> str:
    """The state of a counting filing at a moment: what was accepted or returned later was submitted then."""
    accepted = filing.accepted_at is not None and filing.accepted_at <= as_of
    return FilingState.ACCEPTED if accepted else FilingState.SUBMITTED


def count(name: str, obligations: Iterable[Obligation]) -> ClassTimeliness:
    """The counts of one class, or of all as `total`."""
    chosen = [one for one in obligations if name == "total" or one.agency_class == name]
    by_standing = Counter(one.standing for one in chosen)
    return ClassTimeliness(
        agency_class=name,
        obliged=len(chosen),
        on_time=by_standing[Standing.ON_TIME],
        late=by_standing[Standing.LATE],
        missing=by_standing[Standing.MISSING],
        waiting=by_standing[Standing.WAITING],
        exempt=by_standing[Standing.EXEMPT],
        nothing=sum(1 for one in chosen if one.nothing),
    )
