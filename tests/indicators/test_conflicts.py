"""Contradicting targets: between documents and inside one, with why they speak of the same agencies."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from indicators.conflicts import (
    Members,
    Overlap,
    Scope,
    SetTarget,
    TargetConflict,
    conflicts,
    demand,
    find_conflicts,
)
from indicators.models import Indicator
from indicators.rows import TargetRow
from plans.models import LegalDocument, Plan
from tests.cast import Cast

MEMBERS = Members(
    kinds={"p82": "tinh", "p40": "tinh", "m-tc": "bo", "d1": "quan_huyen"},
    groups={
        "highland": frozenset({"p40"}),
        "pilots": frozenset({"p40", "m-tc"}),
        "empty": frozenset(),
    },
)
INDICATOR = Indicator(pk=1, code="email", name="E-mail", kind="ratio", direction="up", position=1)
FALLING = Indicator(pk=2, code="days", name="Days", kind="amount", direction="down", position=2)


def plan_of(number: str) -> Plan:
    document = LegalDocument(pk=len(number), slug=number, number=number, issued_on=date(2008, 1, len(number)))
    return Plan(code=number, document=document)


A, B = plan_of("A"), plan_of("BB")


def target(plan: Plan, value: int | None, comparator: str = "=", **scope: Any) -> SetTarget:
    said = {"indicator": "email", "year": 2010, **scope}
    indicator = {"email": INDICATOR, "days": FALLING}[said["indicator"]]
    row = TargetRow(
        line=uuid4(), comparator=comparator, value=None if value is None else Decimal(value), **said
    )
    return SetTarget(row, indicator, plan)


def found(*targets: SetTarget) -> list[TargetConflict]:
    return find_conflicts(targets, MEMBERS)


def said(conflict: TargetConflict) -> list[tuple[str, str, Overlap]]:
    return [(side.plan.code, side.row.shown, side.overlap) for side in conflict.sides]


PROVINCES: dict[str, Any] = {"agency_class": "provinces"}


def test_two_documents_differ_on_a_class() -> None:
    (conflict,) = found(target(A, 50, **PROVINCES), target(B, 70, **PROVINCES))
    assert said(conflict) == [("A", "50", Overlap.SAME), ("BB", "70", Overlap.SAME)]
    assert conflict.documents == {1, 2}
    assert not conflict.inside


def test_one_document_differs_from_itself() -> None:
    (conflict,) = found(target(A, 5, ">=", agency="p82"), target(A, 3, ">=", agency="p82"))
    assert conflict.inside
    assert conflict.scope == Scope(agency="p82")


@pytest.mark.parametrize(
    ("broad", "narrow", "overlap"),
    [
        ({"agency_class": "provinces"}, {"agency": "p82"}, Overlap.AGENCY_IN_CLASS),
        ({"group": "highland"}, {"agency": "p40"}, Overlap.AGENCY_IN_GROUP),
        ({"agency_class": "provinces"}, {"group": "highland"}, Overlap.GROUP_IN_CLASS),
        ({"agency_class": "provinces"}, {"group": "pilots"}, Overlap.GROUP_IN_CLASS),
        ({"agency_class": "departments"}, {"agency_class": "districts"}, Overlap.COMMON_MEMBERS),
        ({"group": "pilots"}, {"group": "highland"}, Overlap.COMMON_MEMBERS),
        ({"agency_class": "ministries"}, {"agency": "p82"}, None),
        ({"agency_class": "ministries"}, {"group": "highland"}, None),
        ({"group": "highland"}, {"agency": "p82"}, None),
        ({"group": "empty"}, {"agency": "p82"}, None),
        ({"agency_class": "provinces"}, {"group": "empty"}, None),
        ({"agency": "p40"}, {"agency": "p82"}, None),
        ({"agency_class": "provinces"}, {"agency_class": "ministries"}, None),
    ],
)
def test_scopes_overlap_or_not(
    broad: dict[str, str], narrow: dict[str, str], overlap: Overlap | None
) -> None:
    conflicts_found = found(target(A, 50, **broad), target(B, 70, **narrow))
    if overlap is None:
        assert conflicts_found == []
    else:
        (conflict,) = conflicts_found
        assert overlap in {side.overlap for side in conflict.sides}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_reading_changes_nothing(order: tuple[int, int]) -> None:
    both = (target(A, 50, **PROVINCES), target(B, 70, agency="p82"))
    (conflict,) = found(*(both[at] for at in order))
    assert [side.plan.code for side in conflict.sides] == ["A", "BB"]


def test_a_lower_value_for_a_group_within_a_class_is_no_contradiction() -> None:
    """Như QĐ 43: các tỉnh 30 %, trong đó miền núi 10 %."""
    assert found(target(A, 30, **PROVINCES), target(A, 10, group="highland")) == []


def test_a_document_speaks_for_a_group_by_what_it_says_of_the_group() -> None:
    same = [target(one, 10, group="highland") for one in (A, B)]
    assert found(target(A, 30, **PROVINCES), target(B, 30, **PROVINCES), *same) == []
    (conflict,) = found(
        target(A, 30, **PROVINCES), target(A, 10, group="highland"), target(B, 30, **PROVINCES)
    )
    assert conflict.scope == Scope(group="highland")
    assert [side.row.shown for side in conflict.sides] == ["10", "30"]


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2009},
        {"indicator": "days"},
        {"comparator": "text", "value": None, "words": "đa số"},
        {"comparator": "approximate"},
    ],
)
def test_other_years_other_indicators_and_words_contradict_nothing(other: dict[str, Any]) -> None:
    said_of = {"value": 70, **PROVINCES, **other}
    assert found(target(A, 50, **PROVINCES), target(B, said_of.pop("value"), **said_of)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((50, "="), (50, ">="), True),
        ((64, ">"), (64, ">="), False),
        ((64, "<"), (64, ">"), False),
        ((50, "="), (50, "="), True),
    ],
)
def test_what_asks_the_same_is_the_same(one: tuple[int, str], other: tuple[int, str], same: bool) -> None:
    targets = [target(A, *one, **PROVINCES), target(B, *other, **PROVINCES)]
    assert (found(*targets) == []) is same


def test_where_lower_is_better_equal_means_at_most() -> None:
    one, other = TargetRow(comparator="=", value=Decimal(3)), TargetRow(comparator="<=", value=Decimal(3))
    assert demand(one, rising=False) == demand(other, rising=False)
    assert demand(one, rising=True) != demand(other, rising=True)


def test_ranges_differ_in_either_end() -> None:
    one = target(A, 60, "range", value_to=Decimal(70), **PROVINCES)
    other = target(B, 60, "range", value_to=Decimal(80), **PROVINCES)
    assert len(found(one, other)) == 1


# --- What the documents hold


def cells(
    conflicts_found: Iterable[TargetConflict], *numbers: str
) -> dict[tuple[str, int, Scope], list[str]]:
    """The contradictions in which all these documents stand: what each side says."""
    return {
        (one.indicator.code, one.year, one.scope): [side.row.shown for side in one.sides]
        for one in conflicts_found
        if set(numbers) <= {side.document.number for side in one.sides}
    }


NATIONAL, GUIDANCE, PROVINCE, ADOPTED = (
    "43/2008/QĐ-TTg",
    "1594/BTTTT-UDCNTT",
    "605/QĐ-UBND",
    "48/2009/QĐ-TTg",
)


@pytest.mark.django_db
def test_central_cities_between_the_guidance_and_the_decision(cast: Cast) -> None:
    """Document software 2008: QĐ 43 says 50 with the provinces, CV 1594 says 70 with the ministries."""
    between = cells(conflicts(date(2008, 6, 20)), NATIONAL, GUIDANCE)
    assert between["document-software-offices", 2008, Scope(agency_class="central-cities")] == ["50", "70"]


@pytest.mark.django_db
def test_inside_the_plan_of_tien_giang(cast: Cast) -> None:
    """Level-3 services 5 and 3; > 64 and ≥ 64 Kbps; trên 70 and > 80."""
    inside = {
        (one.indicator.code, one.year): {side.row.shown for side in one.sides}
        for one in conflicts()
        if one.inside and one.sides[0].document.number == PROVINCE
    }
    assert inside == {
        ("level-3-services", 2010): {"≥ 5", "≥ 3"},
        ("link-communes-kbps", 2010): {"≥ 64", "> 64"},
        ("officials-computer-literate", 2010): {"> 80", "> 70"},
    }


@pytest.mark.django_db
def test_the_guidance_against_what_was_adopted(cast: Cast) -> None:
    """Ten cells of class and year in which QĐ 48/2009 is lower than CV 1594."""
    between = cells(conflicts(), GUIDANCE, ADOPTED)
    of_a_class = {key: values for key, values in between.items() if not key[2].agency}
    classes = [Scope(agency_class=one) for one in ("ministries", "central-cities", "provinces")]
    expected = {
        **{("leaders-directives-online", 2009, one): ["60", "30"] for one in classes},
        **{("leaders-directives-online", 2010, one): ["90", "60"] for one in classes},
        **{("officials-using-email", 2010, one): ["90", "80"] for one in classes[:2]},
        ("officials-using-email", 2010, classes[2]): ["80", "60"],
        ("officials-using-email", 2010, Scope(group="highland-2008")): ["50", "30"],
    }
    assert of_a_class == expected


@pytest.mark.django_db
def test_in_2008_the_decision_of_2009_contradicts_nothing(cast: Cast) -> None:
    on = conflicts(date(2008, 6, 20))
    assert ADOPTED not in {side.document.number for one in on for side in one.sides}
    assert on


@pytest.mark.django_db
def test_an_own_target_stands_beside_those_of_its_class(cast: Cast) -> None:
    """Tiền Giang's 20 % of e-mail against the 30 % of the provinces."""
    on = cells(conflicts(date(2008, 6, 20)), PROVINCE, NATIONAL)
    assert on["officials-using-email", 2008, Scope(agency="p82")] == ["20", "30", "30"]


@pytest.mark.django_db
def test_reading_costs_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        conflicts()
    with django_assert_num_queries(2):
        conflicts(date(2008, 6, 20))
