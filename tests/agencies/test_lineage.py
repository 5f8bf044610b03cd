"""Who bears a figure: as it was then, or as of a day; whatever is attributed, the total stays the same."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.lineage import (
    Attributed,
    Attribution,
    Included,
    Known,
    Lineage,
    Link,
    attribute,
    included_words,
    total,
)
from agencies.models import Agency, Succession
from budgets.models import Share

DAY = date(2008, 8, 1)
B5_EACH = Decimal(1100)
B5_ALL = Decimal(53900)


def lineage_of(*links: Link[str]) -> Lineage[str]:
    names = {name for link in links for name in (link.predecessor, link.successor)}
    return Lineage(links, {name: Known(f"Tỉnh {name}", name, "tinh") for name in names})


CHAIN = lineage_of(
    Link("a", "b", date(2008, 8, 1)),
    Link("c", "b", date(2009, 1, 1)),
    Link("b", "d", date(2025, 7, 1), "renamed"),
    Link("e", "a", date(2007, 1, 1), "split", principal=False),
)


@pytest.mark.parametrize(
    ("agency", "day", "bearer"),
    [
        ("a", "2008-07-31", "a"),
        ("a", "2008-08-01", "b"),
        ("a", "2025-06-30", "b"),
        ("a", "2025-07-01", "d"),
        ("c", "2008-12-31", "c"),
        ("c", "2009-01-01", "b"),
        ("b", "2025-07-01", "d"),
        ("d", "2030-01-01", "d"),
        ("e", "2030-01-01", "e"),  # what was split off did not take the whole
        ("never seen", "2030-01-01", "never seen"),
    ],
)
def test_the_principal_successor_of_the_day_bears(agency: str, day: str, bearer: str) -> None:
    assert CHAIN.bearer(agency, date.fromisoformat(day)) == bearer


def test_without_a_day_everyone_bears_itself() -> None:
    assert CHAIN.bearer("a", None) == "a"
    assert CHAIN.borne_by("d", None) == ("d",)


def test_whom_it_bears_and_since_when() -> None:
    assert set(CHAIN.borne_by("d", date(2025, 7, 1))) == {"d", "b", "a", "c"}
    assert set(CHAIN.borne_by("b", date(2008, 8, 1))) == {"b", "a"}
    assert CHAIN.since("a", date(2025, 7, 1)) == date(2025, 7, 1)
    assert CHAIN.since("a", date(2008, 8, 2)) == DAY
    assert CHAIN.since("a", date(2008, 7, 31)) is None
    assert CHAIN.heirs("a") == ("b", "d")


def test_a_renaming_is_followed_alone_and_a_merger_is_not() -> None:
    assert CHAIN.renamed("b", date(2025, 7, 1)) == "d"
    assert CHAIN.renamed("a", date(2025, 7, 1)) == "a"


def test_a_circle_that_got_into_the_data_ends() -> None:
    circle = lineage_of(Link("a", "b", DAY), Link("b", "a", DAY))
    assert circle.bearer("a", DAY) in ("a", "b")
    assert set(circle.borne_by("a", DAY)) == {"a", "b"}
    assert circle.heirs("a") == ("b",)
    assert circle.since("a", DAY) == DAY


def test_a_bearer_says_what_it_includes() -> None:
    amounts = {"b": Decimal(5), "a": Decimal(1), "x": Decimal(2)}
    rows = attribute(amounts, CHAIN, Attribution.as_of(DAY))
    assert rows == [
        Attributed("b", Decimal(6), (Included("a", Decimal(1)),)),
        Attributed("x", Decimal(2)),
    ]
    with translation.override("en"):
        assert included_words(rows[0], CHAIN) == "including Tỉnh a"
        assert included_words(rows[1], CHAIN) == ""
    then = attribute(amounts, CHAIN, Attribution.then())
    assert [(one.agency, one.amount, one.includes) for one in then] == [
        (agency, amount, ()) for agency, amount in amounts.items()
    ]


def test_a_blank_is_not_a_zero() -> None:
    as_of = Attribution.as_of(DAY)
    assert attribute({"a": None, "b": None}, CHAIN, as_of)[0].amount is None
    assert attribute({"a": Decimal(0), "b": None}, CHAIN, as_of)[0].amount == 0


def test_anything_that_adds_can_be_attributed() -> None:
    counts = {"a": Counter(late=1), "b": Counter(late=2, on_time=1)}
    (row,) = attribute(counts, CHAIN, Attribution.as_of(DAY))
    assert row.amount == Counter(late=3, on_time=1)


def test_an_attribution_says_what_it_is() -> None:
    with translation.override("en"):
        assert Attribution.then().words == "as it was then"
        assert Attribution.as_of(DAY).words == "as of 01/08/2008"


def some_lineage(chance: random.Random, agencies: int) -> Lineage[int]:
    """A made lineage in which everyone has at most one principal successor, of a higher number."""
    links = []
    for agency in range(agencies - 1):
        if chance.random() < 0.6:
            successor = chance.randrange(agency + 1, agencies)
            day = date(2000, 1, 1) + timedelta(days=chance.randrange(12_000))
            links.append(Link(agency, successor, day, principal=chance.random() < 0.8))
    return Lineage(tuple(links))


@pytest.mark.parametrize("seed", range(60))
def test_totals_agree_whatever_the_lineage_the_amounts_and_the_day(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made examples, the same on every run
    agencies = chance.randrange(2, 40)
    lineage = some_lineage(chance, agencies)
    amounts = {
        agency: Decimal(chance.randrange(10**9)) / 1000 if chance.random() < 0.8 else None
        for agency in chance.sample(range(agencies), chance.randrange(1, agencies + 1))
    }
    stated = sum((one for one in amounts.values() if one is not None), Decimal(0))
    for _turn in range(8):
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(13_000))
        for attribution in (Attribution.then(), Attribution.as_of(day)):
            rows = attribute(amounts, lineage, attribution)
            assert (total(rows) or 0) == stated
            assert len({row.agency for row in rows}) == len(rows)
            for row in rows:
                borne = lineage.borne_by(row.agency, attribution.on)
                assert {one.agency for one in row.includes} <= set(borne) - {row.agency}
                own = amounts.get(row.agency)
                parts = [*row.includes, *([Included(row.agency, own)] if own is not None else [])]
                assert total(parts) == row.amount


@pytest.mark.parametrize("seed", range(20))
def test_bearing_and_being_borne_are_two_sides(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made examples, the same on every run
    lineage = some_lineage(chance, 25)
    day = date(2000, 1, 1) + timedelta(days=chance.randrange(13_000))
    for agency in range(25):
        bearer = lineage.bearer(agency, day)
        assert agency in lineage.borne_by(bearer, day)
        assert lineage.bearer(bearer, day) == bearer


@pytest.mark.django_db
class TestOfTheDocuments:
    """The 1.100 of each of the 49 provinces of B.5 (QĐ 43): Hà Tây's among them."""

    def shares(self) -> dict[int, Decimal]:
        found = Share.objects.filter(agency__group_memberships__group__key="supported-provinces-2008")
        lines = found.filter(amount=int(B5_EACH)).values_list("agency_id", "amount")
        return dict(lines)

    def by_key(self, attribution: Attribution) -> dict[str, Attributed[int, Decimal]]:
        keys = dict(Agency.objects.values_list("pk", "key"))
        rows = attribute(self.shares(), Lineage.load(), attribution)
        assert total(rows) == B5_ALL
        return {keys[row.agency]: row for row in rows}

    def test_then_ha_tay_has_its_own(self) -> None:
        rows = self.by_key(Attribution.then())
        assert len(rows) == 49
        assert (rows["p28"].amount, rows["p28"].includes) == (B5_EACH, ())
        assert "p01" not in rows

    def test_the_day_after_the_merger_ha_noi_bears_it(self) -> None:
        rows = self.by_key(Attribution.as_of(date(2008, 8, 2)))
        assert "p28" not in rows
        assert rows["p01"].amount == B5_EACH
        names = {one.pk: one.name for one in Agency.objects.all()}
        assert [names[one.agency] for one in rows["p01"].includes] == ["Tỉnh Hà Tây"]
        with translation.override("vi"):
            assert "Tỉnh Hà Tây" in included_words(rows["p01"], Lineage.load())

    def test_as_of_2025_the_provinces_of_then_are_those_of_now(self) -> None:
        rows = self.by_key(Attribution.as_of(date(2025, 7, 1)))
        assert rows["p01"].amount == B5_EACH  # Hà Nội was not merged in 2025
        assert rows["p82n"].amount == 2 * B5_EACH  # Tiền Giang and the old Đồng Tháp
        assert "p82" not in rows
        assert sum(row.amount or 0 for row in rows.values()) == B5_ALL

    def test_it_is_loaded_in_one_query_by_id_or_key(self) -> None:
        for load in (Lineage.load, Lineage.load_by_key):
            with CaptureQueriesContext(connection) as queries:
                load()
            assert len(queries) == 1
        assert Lineage.load_by_key().bearer("p28", date(2008, 8, 1)) == "p01"

    def test_what_agencies_store_is_what_the_lineage_says(self) -> None:
        lineage = Lineage.load()
        for day in (date(2007, 1, 1), date(2008, 8, 1), date(2025, 2, 28), date(2025, 7, 1)):
            for agency in Agency.objects.all():
                assert agency.answers_for_on(day) == set(lineage.borne_by(agency.pk, day))

    def test_from_rows_it_is_the_same(self) -> None:
        rows = Succession.objects.select_related("predecessor", "successor").order_by("on", "id")
        assert Lineage.of(rows) == Lineage.load()
