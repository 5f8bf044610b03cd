"""How far a target is reached. Pure: values in, one verdict out; the rules are DESIGN's "Indicators"."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

NEAR_SHARE = Decimal("0.8")  # of the way from baseline to target


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


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Percent, or None without data or over nothing; two decimals."""
    if numerator is None or not denominator:
        return None
    return (numerator * 100 / denominator).quantize(Decimal("0.01"))


def judge(
    goal: Goal,
    value: Decimal | None,
    *,
    on: date,
    baseline: Decimal | None = None,
    near: Decimal = NEAR_SHARE,
) -> Judgement:
    """Judge a value on a day.

    A year's target is judged from its last day on; before that the distance is shown.
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
    if baseline is not None and _is_near(goal, value, baseline, near):
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
