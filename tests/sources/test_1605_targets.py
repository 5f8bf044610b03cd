"""The targets for 2015 of Quyết định 1605/QĐ-TTg (A.I.2): for whom each is, and what is never computed."""

import re
from datetime import date
from decimal import Decimal

import pytest

from agencies.models import Agency
from agencies.models.agency import CLASSES
from indicators.models import Comparator, Indicator
from indicators.rows import TargetRow
from plans.models import Plan
from tests.sources.facts import content
from tests.sources.test_1605 import QD1605, STATE_AGENCIES

pytestmark = pytest.mark.django_db


def targets(indicator: str) -> list[TargetRow]:
    return [row for row in content(QD1605)["targets"] if row.indicator == indicator]


@pytest.mark.parametrize(
    ("indicator", "place", "shown", "scopes"),
    [
        ("documents-exchanged-electronically", "A.I.2.b, gạch 1", "60", STATE_AGENCIES),
        ("officials-using-email", "A.I.2.b, gạch 2", "hầu hết", STATE_AGENCIES),
        ("prime-minister-meetings-online", "A.I.2.b, gạch 3", "100", ["country"]),
        ("personnel-files-online", "A.I.2.b, gạch 4", "100", ["country"]),
        ("budget-treasury-system", "A.I.2.b, gạch 5", "100", ["central-cities", "provinces"]),
        ("electronic-data-for-activities", "A.I.2.b, gạch 6", "hầu hết các hoạt động", STATE_AGENCIES),
        ("portal-article-28", "A.I.2.c, gạch 1", "100", [*STATE_AGENCIES, "departments"]),
        ("portals-all-level-2-services", "A.I.2.c, gạch 1", "100", [*STATE_AGENCIES, "departments"]),
        ("basic-services-level-3", "A.I.2.c, gạch 1", "hầu hết", [*STATE_AGENCIES, "departments"]),
        ("tax-files-online", "A.I.2.c, gạch 2", "50", ["country"]),
        ("customs-offices-electronic", "A.I.2.c, gạch 3", "90", ["country"]),
        ("bidding-information-online", "A.I.2.c, gạch 4", "tất cả", ["country"]),
        ("bidding-packages-online", "A.I.2.c, gạch 4", "≈ 20", ["country"]),
        ("central-procurement-online", "A.I.2.c, gạch 4", "thí điểm", ["country"]),
        ("electronic-passports", "A.I.2.c, gạch 5", "100", ["country"]),
        ("identity-cards-modern", "A.I.2.c, gạch 6", "30", ["country"]),
        ("building-permits-online", "A.I.2.c, gạch 7", "30", ["country"]),
    ],
)
def test_a_target(indicator: str, place: str, shown: str, scopes: list[str]) -> None:
    found = targets(indicator)
    assert [row.agency_class for row in found] == scopes
    assert {(row.clause, row.shown) for row in found} == {(place, shown)}


def test_every_target_is_due_on_the_last_day_of_2015_and_adopted() -> None:
    found = content(QD1605)["targets"]
    assert {(row.year, row.due_on, row.guidance) for row in found} == {(2015, date(2015, 12, 31), False)}
    assert {row.clause for row in found} == {
        f"A.I.2.{letter}, gạch {n}"
        for letter, count in (("a", 2), ("b", 6), ("c", 7))
        for n in range(1, count + 1)
    }


def test_words_are_never_computed() -> None:
    for row in content(QD1605)["targets"]:
        printed = row.printed.lower()
        if "khoảng" in printed:
            assert (row.comparator, row.value) == (Comparator.APPROXIMATE, Decimal(20))
        elif re.search("hầu hết|tất cả kế hoạch|thí điểm", printed):
            assert (row.comparator, row.value) == (Comparator.TEXT, None), row.indicator


def test_a_target_for_the_whole_country_binds_no_agency() -> None:
    assert CLASSES["country"] == ()
    found = [row for row in content(QD1605)["targets"] if row.agency_class == "country"]
    assert len(found) == 11
    assert all("không giao cho cơ quan nào" in row.note for row in found)
    assert not Agency.objects.of_classes(["country"]).exists()


def test_what_another_document_measures_too_has_one_indicator() -> None:
    used = {row.indicator for row in content(QD1605)["targets"]}
    shared = {
        code
        for code in Plan.objects.exclude(code=QD1605).values_list("targets__indicator__code", flat=True)
        if code in used
    }
    assert shared == {"officials-using-email", "portal-article-28"}
    for one in Indicator.objects.filter(code__in=used, kind="ratio"):
        assert one.numerator
        assert one.denominator
