"""Cases that show what the rules of attainment say: each is computed when it is shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Text
from core.notation import format_number, format_percent
from indicators.attainment import LABELS, Attainment, Goal, Reach, judge, most_specific, ratio, ratio_of_all
from indicators.rows import TargetRow

DUE = date(2010, 12, 31)
REACH_LABELS: dict[Reach, Text] = {
    Reach.CLASS: gettext_lazy("class"),
    Reach.GROUP: gettext_lazy("group"),
    Reach.AGENCY: gettext_lazy("agency"),
}


class Example(Protocol):
    """One case of a rule: what is given, what comes out, and whether that is what the rule promises."""

    def given(self) -> str: ...

    def answer(self) -> str: ...

    def holds(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """A target, a value and the verdict on them."""

    comparator: str
    target: int
    value: int | None
    expected: Attainment
    up_to: int | None = None
    rising: bool = True
    baseline: int | None = None
    due: bool = True
    words: str = ""

    @property
    def verdict(self) -> Attainment:
        to, start = self.up_to, self.baseline
        goal = Goal(
            self.comparator, Decimal(self.target), None if to is None else Decimal(to), DUE, self.rising
        )
        return judge(
            goal,
            None if self.value is None else Decimal(self.value),
            on=DUE if self.due else DUE - timedelta(days=1),
            baseline=None if start is None else Decimal(start),
        ).attainment

    def given(self) -> str:
        row = TargetRow(
            comparator=self.comparator,
            value=None if self.words else Decimal(self.target),
            value_to=None if self.up_to is None else Decimal(self.up_to),
            words=self.words,
        )
        said = [_("target %(target)s") % {"target": row.shown}]
        if not self.rising:
            said.append(_("lower is better"))
        if self.baseline is not None:
            said.append(_("baseline %(value)s") % {"value": self.baseline})
        said.append(_("no value") if self.value is None else _("value %(value)s") % {"value": self.value})
        if not self.due:
            said.append(_("the day before the last"))
        return ", ".join(said)

    def answer(self) -> str:
        return str(LABELS[self.verdict])

    def holds(self) -> bool:
        return self.verdict is self.expected


@dataclass(frozen=True, slots=True)
class Summed:
    """A ratio over several agencies, each with numerator and denominator."""

    pairs: tuple[tuple[int | None, int | None], ...]
    expected: str

    @property
    def percent(self) -> Decimal | None:
        return ratio_of_all(
            (None if part is None else Decimal(part), None if whole is None else Decimal(whole))
            for part, whole in self.pairs
        )

    def given(self) -> str:
        return ", ".join(
            f"{'–' if part is None else part}/{'–' if whole is None else whole}" for part, whole in self.pairs
        )

    def answer(self) -> str:
        return format_percent(self.percent, places=2)

    def holds(self) -> bool:
        return self.percent == Decimal(self.expected)


@dataclass(frozen=True, slots=True)
class Narrowest:
    """Targets of different reach that all cover one agency."""

    targets: tuple[tuple[Reach, int], ...]
    expected: int

    @property
    def found(self) -> list[int]:
        return [value for _reach, value in most_specific(self.targets, lambda one: one[0])]

    def given(self) -> str:
        return ", ".join(f"{REACH_LABELS[reach]} ≥ {value}" for reach, value in self.targets)

    def answer(self) -> str:
        return ", ".join(f"≥ {value}" for value in self.found)

    def holds(self) -> bool:
        return self.found == [self.expected]


@dataclass(frozen=True, slots=True)
class Converted:
    """People per computer, as a document prints them, in computers per hundred people."""

    people: str
    expected: str

    @property
    def percent(self) -> Decimal | None:
        return ratio(Decimal(1), Decimal(self.people))

    def given(self) -> str:
        return _("%(n)s people per computer") % {"n": format_number(Decimal(self.people))}

    def answer(self) -> str:
        return format_percent(self.percent)

    def holds(self) -> bool:
        return self.answer() == self.expected
