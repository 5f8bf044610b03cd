"""The tree of agencies on a day: heads with counts, units under the parent as it was then."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.changes.shapes import Basis, End, Merge, Rename
from agencies.lineage import Lineage
from agencies.models import Agency
from agencies.tree import Branch, Node, tree_on, units_on
from tests.agencies.changes import BASIS, ON, agency, do, made
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

BEFORE = date(2008, 7, 31)


def heads(day: date) -> dict[str, Branch]:
    found = {branch.key: branch for branch in tree_on(day, Lineage.load())}
    return found | {inner.key: inner for branch in found.values() for inner in branch.branches}


def nodes(branches: list[Branch]) -> Iterator[Node]:
    def under(node: Node) -> Iterator[Node]:
        yield node
        for unit in node.units:
            yield from under(unit)

    for branch in branches:
        yield from nodes(list(branch.branches))
        for node in branch.nodes:
            yield from under(node)


def parent_of(key: str, day: date) -> str:
    """The key of whom an agency stands under in the tree of a day, "" for the top."""
    for node in nodes(tree_on(day, Lineage.load())):
        if key in {unit.agency.key for unit in node.units}:
            return node.agency.key
    return ""


@pytest.mark.parametrize(
    ("day", "ministries", "provinces", "cities"),
    [
        ("2008-03-24", 22, 64, 5),
        ("2008-07-31", 22, 64, 5),
        ("2008-08-01", 22, 63, 5),
        ("2025-07-01", 17, 34, 6),
    ],
)
def test_the_heads_count_the_agencies_of_the_day(
    day: str, ministries: int, provinces: int, cities: int
) -> None:
    found = heads(date.fromisoformat(day))
    assert found["ministries"].count == ministries
    assert found["provinces-and-cities"].count == provinces
    assert found["central-cities"].count == cities
    assert found["provinces"].count == provinces - cities


@pytest.mark.parametrize("day", ["2008-03-24", "2008-08-01", "2025-07-01"])
def test_everyone_who_exists_stands_in_it_once(day: str) -> None:
    on = date.fromisoformat(day)
    shown = [node.agency.pk for node in nodes(tree_on(on, Lineage.load()))]
    assert sorted(shown) == sorted(Agency.objects.in_force(on).values_list("pk", flat=True))


def test_units_follow_their_parent_from_the_day_of_its_renaming(cast: Cast) -> None:
    unit = made(cast, "Sở Một", kind="so", parent=agency("p40"))
    new = do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast).agency
    assert new is not None
    assert parent_of(unit.key, BEFORE) == "p40"
    assert parent_of(unit.key, ON) == new.key


def test_units_of_several_stand_under_the_one_that_took_them_over(cast: Cast) -> None:
    units = [made(cast, f"Sở {n}", kind="so", parent=made(cast, f"Tỉnh {n}")).key for n in ("Một", "Hai")]
    into = made(cast, "Tỉnh Ba")
    do(Merge([agency("tinh-mot"), agency("tinh-hai")], into, BASIS), cast)
    lineage = Lineage.load()
    assert {parent_of(unit, ON) for unit in units} == {into.key}
    assert {one.key for one in units_on(into, lineage, ON)} == set(units)
    assert not units_on(into, lineage, BEFORE)
    assert not units_on(agency("tinh-mot"), lineage, ON)
    assert [one.key for one in units_on(agency("tinh-mot"), lineage, BEFORE)] == [units[0]]


def test_a_unit_whose_parent_ended_without_successor_says_of_whom_it_was(cast: Cast) -> None:
    unit = made(cast, "Phòng Một", kind="don_vi", parent=made(cast, "Ban Một", kind="don_vi"))
    do(End(agency("ban-mot"), None, BASIS), cast)
    others = heads(ON)["others"]
    assert [(one.agency.key, one.formerly) for one in others.nodes if one.agency.key == unit.key] == [
        (unit.key, "Ban Một")
    ]


def test_a_unit_that_takes_its_parent_over_stands_at_the_top(cast: Cast) -> None:
    above = made(cast, "Ban Một", kind="don_vi")
    unit = made(cast, "Phòng Một", kind="don_vi", parent=above)
    below = made(cast, "Tổ Một", kind="don_vi", parent=unit)
    do(End(above, unit, BASIS), cast)
    assert parent_of(unit.key, ON) == ""
    assert parent_of(below.key, ON) == unit.key


def test_the_tree_costs_at_most_three_queries_at_any_size(cast: Cast) -> None:
    for n in range(12):
        made(cast, f"Phòng {n}", kind="don_vi", parent=agency("p40"))
    with CaptureQueriesContext(connection) as queries:
        tree_on(date(2008, 3, 24), Lineage.load())
    assert len(queries) <= 3


def test_a_second_generation_is_followed_too(cast: Cast) -> None:
    unit = made(cast, "Sở Một", kind="so", parent=agency("p40"))
    second = do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast).agency
    assert second is not None
    third = do(Rename(second, "Tỉnh Lam", "", Basis("2", date(2009, 1, 1))), cast).agency
    assert third is not None
    days = ("2008-07-31", "2008-08-01", "2008-12-31", "2009-01-01")
    above = [parent_of(unit.key, date.fromisoformat(day)) for day in days]
    assert above == ["p40", second.key, second.key, third.key]
