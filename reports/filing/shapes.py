"""What a filing asks and holds, as frozen dataclasses: page, checks, copy and freeze read only these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from indicators.attainment import ratio
from indicators.models import Indicator, Target
from plans.models import Plan
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.models import FundFlow

FLOW_KINDS = tuple(FundFlow.Kind.values)
FITS = 130  # characters of a name beside the fields of its line
YES_NO_KINDS = ("share_of_agencies", "milestone")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task to report on, with what was typed."""

    plan: Plan
    row: TaskRow
    national: bool
    status: str = ""
    done_on: date | None = None
    text: str = ""
    row_version: int = 0

    @property
    def name(self) -> str:
        return f"tasks/{self.row.line}"

    @property
    def is_answered(self) -> bool:
        return bool(self.status)

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
    """A project to report on; `share` is the agency's printed share of a group line, if one is printed."""

    plan: Plan
    row: ProjectRow
    national: bool
    group_line: bool
    share: Decimal | None
    sources: tuple[FlowLine, ...] = ()
    status: str = ""
    text: str = ""
    row_version: int = 0

    @property
    def name(self) -> str:
        return f"projects/{self.row.line}"

    @property
    def is_answered(self) -> bool:
        return bool(self.status)

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
    """Everything that one report asks for, with the values of one filing."""

    year: int
    tasks: tuple[TaskLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()

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
