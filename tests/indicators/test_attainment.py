"""How far a target is reached: comparator x direction x whether it is due."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.attainment import Attainment, Goal, Judgement, judge, ratio
from indicators.models import Comparator

DUE = date(2010, 12, 31)
BEFORE, ON, AFTER = date(2010, 12, 30), DUE, date(2011, 6, 30)
MET, NEAR, NOT_MET = Attainment.MET, Attainment.NEAR, Attainment.NOT_MET

# comparator, higher is better: what 49, 50 and 51 are against 50
AGAINST_FIFTY = {
    (">=", True): (NOT_MET, MET, MET),
    (">", True): (NOT_MET, NOT_MET, MET),
    ("=", True): (NOT_MET, MET, MET),
    # With direction up these are an expected level: to exceed it is met, and so is what was foreseen.
    ("<=", True): (MET, MET, MET),
    ("<", True): (MET, MET, MET),
    ("<=", False): (MET, MET, NOT_MET),
    ("<", False): (MET, NOT_MET, NOT_MET),
    ("=", False): (MET, MET, NOT_MET),
    (">=", False): (MET, MET, MET),
    (">", False): (MET, MET, MET),
}


@pytest.mark.parametrize(("comparator", "rising"), AGAINST_FIFTY)
@pytest.mark.parametrize("on", [ON, AFTER], ids=["on the last day", "later"])
def test_a_due_target_is_judged(comparator: str, rising: bool, on: date) -> None:
    goal = Goal(comparator, Decimal(50), due_on=DUE, rising=rising)
    for value, expected in zip((49, 50, 51), AGAINST_FIFTY[comparator, rising], strict=True):
        judged = judge(goal, Decimal(value), on=on)
        assert judged.attainment is expected, value
        assert judged.distance == (0 if expected is MET else abs(50 - value))


@pytest.mark.parametrize(("comparator", "rising"), AGAINST_FIFTY)
def test_before_its_last_day_the_distance_is_shown(comparator: str, rising: bool) -> None:
    goal = Goal(comparator, Decimal(50), due_on=DUE, rising=rising)
    for value, due in zip((49, 50, 51), AGAINST_FIFTY[comparator, rising], strict=True):
        judged = judge(goal, Decimal(value), on=BEFORE)
        assert judged == Judgement(Attainment.NOT_DUE, Decimal(0 if due is MET else abs(50 - value)))


@pytest.mark.parametrize(
    ("value", "rising", "expected", "distance"),
    [
        (59, True, NOT_MET, 1),
        (60, True, MET, 0),
        (70, True, MET, 0),
        (71, True, MET, 0),
        (59, False, MET, 0),
        (70, False, MET, 0),
        (71, False, NOT_MET, 1),
    ],
)
def test_a_range_is_reached_at_its_nearer_end(
    value: int, rising: bool, expected: Attainment, distance: int
) -> None:
    goal = Goal("range", Decimal(60), Decimal(70), due_on=DUE, rising=rising)
    assert judge(goal, Decimal(value), on=ON) == Judgement(expected, Decimal(distance))


@pytest.mark.parametrize("comparator", ["text", "approximate"])
@pytest.mark.parametrize("value", [None, Decimal(50)])
@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_words_are_never_computed(comparator: str, value: Decimal | None, on: date) -> None:
    assert judge(Goal(comparator, Decimal(50), due_on=DUE), value, on=on) == Judgement(
        Attainment.NOT_APPLICABLE
    )


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_without_a_value_there_is_no_data(on: date) -> None:
    assert judge(Goal(">=", Decimal(50), due_on=DUE), None, on=on) == Judgement(Attainment.NO_DATA)


def test_nought_is_a_value() -> None:
    assert judge(Goal(">=", Decimal(50), due_on=DUE), Decimal(0), on=ON).attainment is NOT_MET
    assert judge(Goal(">=", Decimal(0), due_on=DUE), Decimal(0), on=ON).attainment is MET


@pytest.mark.parametrize(
    ("baseline", "target", "rising", "value", "expected"),
    [
        (0, 50, True, 40, NEAR),
        (0, 50, True, 39, NOT_MET),
        (20, 50, True, 44, NEAR),
        (20, 50, True, 43, NOT_MET),
        (20, 50, True, 50, MET),
        (50, 50, True, 49, NOT_MET),
        (60, 50, True, 45, NOT_MET),
        (100, 50, False, 60, NEAR),
        (100, 50, False, 61, NOT_MET),
        (40, 50, False, 55, NOT_MET),
        (None, 50, True, 49, NOT_MET),
    ],
)
def test_near_is_four_fifths_of_the_way_from_the_baseline(
    baseline: int | None, target: int, rising: bool, value: int, expected: Attainment
) -> None:
    goal = Goal(">=" if rising else "<=", Decimal(target), due_on=DUE, rising=rising)
    start = None if baseline is None else Decimal(baseline)
    assert judge(goal, Decimal(value), on=ON, baseline=start).attainment is expected


def test_how_near_is_near_can_be_set() -> None:
    goal = Goal(">=", Decimal(50), due_on=DUE)
    judged = judge(goal, Decimal(30), on=ON, baseline=Decimal(0), near=Decimal("0.5"))
    assert judged.attainment is NEAR


def test_every_comparator_is_judged() -> None:
    tested = {comparator for comparator, _rising in AGAINST_FIFTY} | {"range", "approximate", "text"}
    assert tested == set(Comparator.values)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (0, 5, "0.00"),
        (5, 5, "100.00"),
        (5, 0, None),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_a_ratio_needs_both_numbers(
    numerator: int | None, denominator: int | None, percent: str | None
) -> None:
    found = ratio(
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
    )
    assert found == (None if percent is None else Decimal(percent))
