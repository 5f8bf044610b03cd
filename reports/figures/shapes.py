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
class AssignedFigure:
    """Who was assigned on the system to a line without a lead: in Vietnamese, with basis and day."""

    who: str
    basis: str
    on: date


@dataclass(frozen=True, slots=True)
class TaskFigure:
    """One national task, or a sub-item of one: how many of its reporters say what.

    `verdict` is a key of `TASK_VERDICTS`. A sub-item names its task's clause in `parent`. Of a task with
    sub-items everything follows from these: `items` counts them once for each of their reporters, and an
    agency has done it when it has done all of its own.
    """

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
    parent: str = ""
    items: int = 0
    items_done: int = 0
    assigned: tuple[AssignedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """Planned money and what became of it. A flow nobody reported is None, not 0."""

    planned: Decimal | None = None
    assigned: Decimal | None = None
    released: Decimal | None = None
    disbursed: Decimal | None = None
    settled: Decimal | None = None

    @property
    def is_reported(self) -> bool:
        """Whether anybody said what became of it."""
        return any(one is not None for one in (self.assigned, self.released, self.disbursed, self.settled))

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
    assigned: tuple[AssignedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A group of national contents for which no money of the year is planned, by what is said of them.

    `projects` of them there are; on `silent` nobody reports, on `assigned` those whom the system assigned;
    `reported` have any report; `statuses` count the reporters, not the contents.
    """

    key: str
    label: str
    projects: int
    silent: int
    assigned: int
    reported: int
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """Projects and money of one programme's plans; figures of different programmes are never added up.

    `contents` are the lines of national plans for which no money of the year is planned; what agencies report
    of money on them stands there alone, never in the totals.
    """

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
    contents: tuple[ProjectFigure, ...] = ()
    content_groups: tuple[ContentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """One national target of one class: the class's result, and how its agencies stand one by one.

    A ratio is sum(numerator) / sum(denominator) over all agencies with data, never a mean of percentages; a
    share of agencies is over all agencies of the class, with and without data. A target that binds no agency
    that reports is `unassigned`.
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
    near: int = 0  # of those below: agencies that have gone most of the way from their baseline

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
    basis: str = ""  # on which the period was opened
    agencies_on: date | None = None  # the day whose agencies stand for those of then; None: as it was then

    @property
    def whole_tasks(self) -> tuple[TaskFigure, ...]:
        """The tasks, each once; `tasks` holds their sub-items too."""
        return tuple(task for task in self.tasks if not task.parent)

    @property
    def sub_items(self) -> tuple[TaskFigure, ...]:
        return tuple(task for task in self.tasks if task.parent)

    def task_count(self, verdict: str) -> int:
        """Tasks of that verdict; sub-items are counted with the task that they are part of."""
        return sum(1 for task in self.whole_tasks if task.verdict == verdict)
