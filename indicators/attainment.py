"""How far a target is reached. Pure: values in, one verdict out; `rules.py` says the rules in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _


class Attainment(StrEnum):
    MET = "met"
    NEAR = "near"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


LABELS = {
    Attainment.MET: _("met"),
    Attainment.NEAR: _("near"),
    Attainment.NOT_MET: _("not met"),
    Attainment.NOT_DUE: _("not due yet"),
    Attainment.NO_DATA: _("no data"),
    Attainment.NOT_APPLICABLE: _("not computed"),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What has to be reached; `rising` says that higher is better."""

    comparator: str
    value: Decimal | None
    value_to: Decimal | None = None
    due_on: date = date.max
    rising: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and how far is left to go (None where nothing is computed)."""

    attainment: Attainment
    distance: Decimal | None = None


class Reach(IntEnum):
    """How many agencies a target is for: the higher, the more specific."""

    CLASS = 0
    GROUP = 1
    AGENCY = 2


T = TypeVar("T")


def near_share() -> Decimal:
    """The share of the way from baseline to target from which on a value is near: settings.NEAR_SHARE."""
    share: Decimal = settings.NEAR_SHARE
    return share


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Percent, or None without data or over nothing; two decimals."""
    if numerator is None or not denominator:
        return None
    return (numerator * 100 / denominator).quantize(Decimal("0.01"))


def ratio_of_all(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """The ratio over a class: sum of numerators over sum of denominators, never a mean of percentages.

    An agency that lacks one of the two numbers counts in neither sum.
    """
    whole = [(part, base) for part, base in pairs if part is not None and base is not None]
    return ratio(
        sum((part for part, _base in whole), Decimal(0)), sum((base for _part, base in whole), Decimal(0))
    )


def reach(group: str, agency: str) -> Reach:
    """How specific a target is that names a group, an agency, or neither."""
    return Reach.AGENCY if agency else Reach.GROUP if group else Reach.CLASS


def most_specific(targets: Iterable[T], reach_of: Callable[[T], Reach]) -> list[T]:
    """Of the targets that cover an agency those by which it is judged: agency before group before class."""
    found = list(targets)
    narrowest = max((reach_of(one) for one in found), default=Reach.CLASS)
    return [one for one in found if reach_of(one) is narrowest]


def judge(
    goal: Goal,
    value: Decimal | None,
    *,
    on: date,
    baseline: Decimal | None = None,
    near: Decimal | None = None,
) -> Judgement:
    """Judge a value on a day.

    A year's target is judged from its last day on; before that the distance is shown. `near` is the share of
    the way from the baseline that counts as near; None: the portal's own.
    """
    if goal.comparator in ("text", "approximate") or goal.value is None:
        return Judgement(Attainment.NOT_APPLICABLE)
    if value is None:
        return Judgement(Attainment.NO_DATA)
    distance = _distance(goal, value)
    if on < goal.due_on:
        return Judgement(Attainment.NOT_DUE, distance)
    if _reached(goal, value):
        return Judgement(Attainment.MET, Decimal(0))
    if baseline is not None and _is_near(goal, value, baseline, near_share() if near is None else near):
        return Judgement(Attainment.NEAR, distance)
    return Judgement(Attainment.NOT_MET, distance)


def _reached(goal: Goal, value: Decimal) -> bool:
    target = goal.value
    assert target is not None
    if goal.comparator == "range":
        return value >= target if goal.rising else value <= _end(goal)
    if goal.rising and goal.comparator in ("<", "<="):
        return True  # an expected level, not a ceiling: below it is as foreseen, above it is better
    if not goal.rising and goal.comparator in (">", ">="):
        return True
    if goal.comparator == ">":
        return value > target
    if goal.comparator == "<":
        return value < target
    return value >= target if goal.rising else value <= target


def _distance(goal: Goal, value: Decimal) -> Decimal:
    return Decimal(0) if _reached(goal, value) else abs(_end(goal) - value)


def _end(goal: Goal) -> Decimal:
    """The value from which on the goal is reached: of a range the end that comes first."""
    assert goal.value is not None
    if goal.comparator == "range" and not goal.rising:
        return goal.value if goal.value_to is None else goal.value_to
    return goal.value


def _is_near(goal: Goal, value: Decimal, baseline: Decimal, near: Decimal) -> bool:
    """Most of the way is gone; from a baseline that had reached the goal already there is no way to go."""
    whole = _end(goal) - baseline
    onward = whole > 0 if goal.rising else whole < 0
    return onward and (value - baseline) / whole >= near
