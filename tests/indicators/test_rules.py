"""The rules in words: each sentence promises what `attainment.py` answers."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from indicators.attainment import Attainment, Goal, Reach, judge, most_specific, near_share, ratio_of_all
from indicators.examples import Example, Judged
from indicators.models import Comparator
from indicators.rules import Rule, rules

EXAMPLES = [(rule, example) for rule in rules() for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.key}-{at}" for at, (rule, _one) in enumerate(EXAMPLES)]
)
def test_every_example_is_answered_as_its_rule_promises(rule: Rule, example: Example) -> None:
    assert example.holds(), f"{rule.key}: {example.given()} gives {example.answer()}"


def test_every_verdict_has_a_rule_whose_first_example_gives_it() -> None:
    defined = {rule.verdict: rule for rule in rules() if rule.verdict}
    assert set(defined) == set(Attainment)
    for verdict, rule in defined.items():
        first = rule.examples[0]
        assert isinstance(first, Judged)
        assert first.verdict is verdict


def test_every_comparator_stands_in_an_example() -> None:
    shown = {example.comparator for _rule, example in EXAMPLES if isinstance(example, Judged)}
    assert shown == set(Comparator.values)


def test_both_directions_stand_in_the_rules_that_depend_on_it() -> None:
    for key in ("met", "expected_level", "range"):
        rule = next(one for one in rules() if one.key == key)
        assert {one.rising for one in rule.examples if isinstance(one, Judged)} == {True, False}, key


@pytest.mark.parametrize(("share", "said"), [("0.8", "80 %"), ("0.75", "75 %"), ("0.905", "90,5 %")])
def test_the_sentence_about_near_names_the_share_that_is_set(settings: Any, share: str, said: str) -> None:
    settings.NEAR_SHARE = Decimal(share)
    near = next(rule for rule in rules() if rule.key == "near")
    with override("en"):
        assert said in str(near.words)


def test_the_share_that_is_set_decides(settings: Any) -> None:
    goal = Goal(">=", Decimal(50))
    assert judge(goal, Decimal(40), on=goal.due_on, baseline=Decimal(0)).attainment is Attainment.NEAR
    settings.NEAR_SHARE = Decimal("0.9")
    assert near_share() == Decimal("0.9")
    assert judge(goal, Decimal(40), on=goal.due_on, baseline=Decimal(0)).attainment is Attainment.NOT_MET


def test_a_ratio_of_a_class_is_no_mean() -> None:
    pairs = [(Decimal(5), Decimal(10)), (Decimal(90), Decimal(100))]
    assert ratio_of_all(pairs) == Decimal("86.36")
    assert ratio_of_all(pairs) != (Decimal(50) + Decimal(90)) / 2


@pytest.mark.parametrize(
    "pairs", [[], [(None, Decimal(5))], [(Decimal(5), None)], [(Decimal(0), Decimal(0))]]
)
def test_a_ratio_of_nobody_is_none(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    assert ratio_of_all(pairs) is None


def test_of_two_targets_as_specific_both_count() -> None:
    targets = [(Reach.GROUP, 1), (Reach.CLASS, 2), (Reach.GROUP, 3)]
    assert most_specific(targets, lambda one: one[0]) == [(Reach.GROUP, 1), (Reach.GROUP, 3)]
    assert most_specific([], lambda one: Reach.CLASS) == []
