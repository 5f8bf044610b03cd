"""The figures of the compliance report as frozen dataclasses. Page, PDF, XLSX and JSON print exactly these.

Money is in triệu đồng; percentages are numbers such as Decimal("80.2"); None means that nothing is stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from reports.cycles.timeliness import Standing


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """`part` of `whole` in percent, one decimal, half up; None over nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class ClassTimeliness:
    """How one class of agencies reported. `nothing` of the filed ones had nothing to report."""

    agency_class: str
    obliged: int
    on_time: int
    late: int
    missing: int
    waiting: int
    exempt: int
    nothing: int

    @property
    def on_time_share(self) -> Decimal | None:
        return percent(self.on_time, self.obliged - self.exempt)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One agency's obligation: `filed_on` is the day of its first submission or official receipt."""

    agency: str
    name: str
    short_name: str
    agency_class: str
    standing: Standing
    days: int
    filed_on: date | None
    filings: int
    returned: int
    state: str
    counted: bool
    nothing: bool
    due_on: date | None = None
    extended: bool = False


@dataclass(frozen=True, slots=True)
class TaskFigure:
    """One national task: how many of its reporters say what. `verdict` is a key of `TASK_VERDICTS`."""

    document: str
    clause: str
    name: str
    due_on: date | None
    date_phrase: str
    reporters: int
    done: int
    in_progress: int
    not_started: int
    silent: int
    verdict: str
    open_agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """Planned money and what became of it. A flow nobody reported is None, not 0."""

    planned: Decimal | None = None
    assigned: Decimal | None = None
    released: Decimal | None = None
    disbursed: Decimal | None = None
    settled: Decimal | None = None

    @property
    def disbursed_share(self) -> Decimal | None:
        if self.disbursed is None or not self.planned:
            return None
        return percent(self.disbursed, self.planned)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money of a group, a source or a year. `projects` of them there are, `reported` have any report."""

    key: str
    label: str
    money: Money
    projects: int
    reported: int


@dataclass(frozen=True, slots=True)
class ProjectFigure:
    """One project of the period: its reporters' statuses and its money of the budget year."""

    label: str
    name: str
    lead: str
    group: str
    money: Money
    reporters: int
    reported: int
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """Projects and money of one programme's plans; figures of different programmes are never added up."""

    programme: str
    name: str
    documents: tuple[str, ...]
    year: int
    total: Money
    projects: int
    reported: int
    by_group: tuple[MoneyRow, ...]
    by_source: tuple[MoneyRow, ...]
    by_year: tuple[MoneyRow, ...]
    lines: tuple[ProjectFigure, ...]


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """One national target of one class: the class's result, and how its agencies stand one by one.

    `value` is sum(numerator) / sum(denominator) over all agencies with data, never a mean of percentages.
    """

    document: str
    clause: str
    indicator: str
    name: str
    unit: str
    scope: str
    target: str
    due_on: date
    agencies: int
    with_data: int
    value: Decimal | None
    attainment: str
    distance: Decimal | None
    met: int
    below: int
    kind: str = ""
    goal: Decimal | None = None  # the value to reach, where it is a number

    @property
    def met_share(self) -> Decimal | None:
        """The agencies that reach the target, in percent of those it is set for."""
        return percent(self.met, self.agencies)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An agency that fell short: days late or missing, clauses of late tasks, names of targets not met."""

    agency: str
    name: str
    agency_class: str
    missing_days: int
    late_days: int
    late_tasks: tuple[str, ...]
    targets_below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComplianceFigures:
    """Everything in the compliance report of one period, as of a moment."""

    programme: str
    programme_name: str
    document: str
    cycle: str
    title: str
    window_from: date
    window_to: date
    due_on: date
    as_of: datetime
    illustrative: bool
    filings_counted: int
    filings_accepted: int
    classes: tuple[ClassTimeliness, ...]
    total: ClassTimeliness
    obligations: tuple[Obligation, ...]
    tasks: tuple[TaskFigure, ...]
    money: tuple[ProgrammeMoney, ...]
    targets: tuple[TargetFigure, ...]
    shortfalls: tuple[Shortfall, ...]
    lead: str = ""  # the agency that reports: the programme's lead, and the body it stands under
    lead_parent: str = ""
    place: str = ""  # on its letters
    addressee: str = ""
    citation: str = ""  # of the programme's document, in full

    def task_count(self, verdict: str) -> int:
        return sum(1 for task in self.tasks if task.verdict == verdict)
