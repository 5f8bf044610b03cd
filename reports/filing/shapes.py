"""What a filing asks and holds, as frozen dataclasses: page, checks, copy and freeze read only these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from indicators.attainment import ratio
from indicators.models import Indicator, Target
from plans.content.assigning import Assignment
from plans.models import Plan
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.models import FundFlow

FLOW_KINDS = tuple(FundFlow.Kind.values)
FITS = 130  # characters of a name beside the fields of its line
YES_NO_KINDS = ("share_of_agencies", "milestone")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task to report on, with what was typed; `whole` is the task of which it is a sub-item."""

    plan: Plan
    row: TaskRow
    national: bool
    status: str = ""
    done_on: date | None = None
    text: str = ""
    row_version: int = 0
    whole: TaskRow | None = None
    assigned: Sequence[Assignment] = ()

    @property
    def name(self) -> str:
        return f"tasks/{self.row.line}"

    @property
    def is_answered(self) -> bool:
        return bool(self.status)

    @property
    def due_on(self) -> date | None:
        """The last timely day: a sub-item without one has that of its task."""
        return self.row.due_on or (self.whole.due_on if self.whole else None)

    @property
    def date_phrase(self) -> str:
        return self.row.date_phrase or (self.whole.date_phrase if self.whole else "")

    @property
    def full_text(self) -> str:
        """The printed text where it says more than fits beside the fields, else ""."""
        same = self.row.text.strip(" .;") in ("", self.row.name.strip(" .;"))
        return "" if same and len(self.row.name) <= FITS else self.row.text or self.row.name


@dataclass(frozen=True, slots=True)
class FlowLine:
    """Money of one project from one source: planned for the year, and what became of it, cumulative."""

    source: str
    source_name: str
    planned: Decimal | None
    flows: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project to report on; `share` is the agency's printed share of a group line, if one is printed.

    `assigned` says who was assigned on the system, where the document itself gives the line no lead.
    """

    plan: Plan
    row: ProjectRow
    national: bool
    group_line: bool
    share: Decimal | None
    sources: tuple[FlowLine, ...] = ()
    status: str = ""
    text: str = ""
    row_version: int = 0
    assigned: Sequence[Assignment] = ()

    @property
    def name(self) -> str:
        return f"projects/{self.row.line}"

    @property
    def is_answered(self) -> bool:
        return bool(self.status)

    @property
    def takes_sources(self) -> bool:
        """Whether the agency may name a source itself: no document plans money of the year for the line."""
        return self.share is None and all(source.planned is None for source in self.sources)

    @property
    def own_planned(self) -> Decimal | None:
        """What its money is held against: the share, or the plan's own money where it is no group line."""
        if self.share is not None:
            return self.share
        if self.group_line:
            return None
        planned = [source.planned for source in self.sources if source.planned is not None]
        return sum(planned, Decimal(0)) if planned else None

    def total(self, kind: str) -> Decimal | None:
        """The amount of one kind over all sources; None where no source states it."""
        amounts = [source.flows[kind] for source in self.sources if kind in source.flows]
        return sum(amounts, Decimal(0)) if amounts else None


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator to report on, with the targets that it is held against."""

    indicator: Indicator
    targets: tuple[Target, ...] = ()
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    text: str = ""
    row_version: int = 0

    @property
    def name(self) -> str:
        return f"indicators/{self.indicator.code}"

    @property
    def asks(self) -> str:
        """How it is answered: `ratio` (two numbers), `yes_no` (1 or 0), or `value` (a number)."""
        if self.indicator.kind == Indicator.Kind.RATIO:
            return "ratio"
        return "yes_no" if self.indicator.kind in YES_NO_KINDS else "value"

    @property
    def result(self) -> Decimal | None:
        """The agency's own value: a ratio in percent, else the number itself."""
        return ratio(self.numerator, self.denominator) if self.asks == "ratio" else self.value

    @property
    def is_answered(self) -> bool:
        return self.result is not None or bool(self.text)


@dataclass(frozen=True, slots=True)
class FilingContent:
    """Everything that one report asks for, with the values of one filing.

    `source_names` are the sources that the agency may name on a line for which no document plans money;
    `ended_names` are all others.
    """

    year: int
    on: date  # by which targets are held against what was reached: the period's last day
    tasks: tuple[TaskLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    source_names: Mapping[str, str] = field(default_factory=dict)
    ended_names: Mapping[str, str] = field(default_factory=dict)

    def with_source(self, name: str, code: str) -> "FilingContent":
        """The same with money fields of one more source on a line for which no document plans money."""
        return self._with_source(name, code, self.source_names)

    def with_waiting(self, paths: Iterable[str]) -> "FilingContent":
        """The same with the money fields in which values wait to be mended, offered or not."""
        content, names = self, {**self.source_names, **self.ended_names}
        for path in sorted(paths):
            if path.count("/") == 3:  # projects/<line>/<source>/<kind>
                name, code, _kind = path.rsplit("/", 2)
                content = content._with_source(name, code, names)
        return content

    def _with_source(self, name: str, code: str, names: Mapping[str, str]) -> "FilingContent":
        if code not in names:
            return self
        added = FlowLine(code, names[code], None)
        projects = tuple(
            replace(line, sources=(*line.sources, added))
            if line.name == name and line.takes_sources and code not in {one.source for one in line.sources}
            else line
            for line in self.projects
        )
        return replace(self, projects=projects)

    @property
    def is_blank(self) -> bool:
        return not (
            any(line.status or line.text for line in self.tasks)
            or any(line.status or line.text for line in self.projects)
            or any(source.flows for line in self.projects for source in line.sources)
            or any(line.is_answered for line in self.indicators)
        )

    @property
    def asks_anything(self) -> bool:
        return bool(self.tasks or self.projects or self.indicators)
