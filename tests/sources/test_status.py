"""The status that QĐ 605 of Tiền Giang describes, and the figures that CV 1594 asks every plan for."""

import re
from decimal import Decimal

import pytest

from agencies.models import Agency
from indicators.models import Indicator, OutlineIndicator
from indicators.rows import BaselineRow
from plans.models import Clause, Plan, PlanKind, Programme
from plans.parts import registry
from tests.sources.facts import CV1594, QD43, QD48, QD605, content

pytestmark = pytest.mark.django_db

# indicator, comparator, value, clause
STATUS = [
    ("it-centres-party-office", "=", "1", "II.1.b"),
    ("it-centres-committee-office", "=", "1", "II.1.b"),
    ("provincial-website", "text", None, "II.1.b"),
    ("other-websites", "=", "4", "II.1.b"),
    ("units-on-provincial-network", "=", "100", "II.1.b"),
    ("departments-with-lan", "<", "100", "II.1.b"),
    ("standalone-computers-connected", "=", "1", "II.1.b"),
    ("computers-per-official", "=", "39.2", "II.1.b"),
    ("networked-computers", "=", "95.67", "II.1.b"),
    ("agencies-with-broadband", "=", "25.38", "II.1.b"),
    ("shared-software", "=", "3", "II.1.c"),
    ("email-addresses", ">", "800", "II.1.c"),
    ("email-addresses-agencies", ">", "50", "II.1.c"),
    ("email-addresses-officials", ">", "700", "II.1.c"),
    ("departments-with-sector-software", "text", None, "II.1.c"),
    ("websites-service-level", "=", "1", "II.1.d"),
    ("science-website-service-level", "=", "2", "II.1.d"),
    ("e-commerce-floor", "text", None, "II.1.d"),
    ("it-course-trainees", ">", "600", "II.1.e"),
    ("network-staff-trainees", "=", "30", "II.1.e"),
    ("programme-112-trainees", "=", "840", "II.1.e"),
    ("officials-advanced-it", "text", None, "II.1.e"),
    ("officials-using-computers", "=", "43.59", "II.1.e"),
    ("officials-using-computers-province-district", "=", "60.58", "II.1.e"),
    ("officials-using-computers-commune", "=", "17.96", "II.1.e"),
]


def status(code: str = QD605) -> list[BaselineRow]:
    return list(content(code)["baselines"])


def test_every_figure_of_the_status_is_a_baseline() -> None:
    found = [(row.indicator, row.comparator, row.value, row.clause) for row in status()]
    expected = [
        (code, sign, Decimal(value) if value else None, clause) for code, sign, value, clause in STATUS
    ]
    assert found == expected


def figures(text: str) -> set[str]:
    """Shares and counted things, as printed: "25,38%", "04 trang", "30 lượt", "mức độ 2"."""
    return set(
        re.findall(
            r"\d+(?:,\d+)?%|2,55|\b\d+ (?:trang|Trung tâm|máy|phần mềm|địa chỉ|lượt|người)\b|mức độ \d", text
        )
    )


def test_no_figure_of_the_text_is_left_out() -> None:
    places = Clause.objects.filter(document__slug=QD605, number__startswith="II.").select_related("document")
    in_text = figures(" ".join(one.text for one in places))
    assert len(in_text) == 19
    assert figures(" ".join(row.printed for row in status())) == in_text


def test_over_is_never_read_as_exactly() -> None:
    over = {row.indicator for row in status() if re.search(r"\btrên \d", row.printed)}
    assert over == {row.indicator for row in status() if row.comparator == ">"}
    assert len(over) == 4


def test_people_per_computer_are_kept_as_printed_and_compared_converted() -> None:
    (row,) = [row for row in status() if row.converted]
    assert row.indicator == "computers-per-official"
    assert "2,55 người/máy" in row.printed
    assert row.stated == Decimal("39.2") == (100 / Decimal("2.55")).quantize(Decimal("0.1"))


def test_no_day_is_made_up() -> None:
    assert {row.as_of for row in status()} == {None}
    assert [row.as_of_words for row in status() if row.as_of_words] == [
        "Tháng 9 năm 2004",
        "từ tháng 7 năm 2007",
    ]


def test_other_documents_print_no_status() -> None:
    assert not [row for code in (QD43, CV1594, QD48) for row in status(code)]


def test_a_figure_that_has_a_target_is_measured_alike() -> None:
    both = {row.indicator for row in status()} & {row.indicator for row in content(QD605)["targets"]}
    assert both == {"officials-using-computers-commune"}


# --- What every plan 2009-2010 is asked for

LOCAL = ["fixed-phone-density", "mobile-phone-density", "internet-density", "broadband-share"]
ALL = ["computers-per-official", "networked-computers", "computers-on-internet"]
LANS = {
    "central": ["lan-share-ministries", "lan-count-ministries"],
    "local": ["lan-share-provinces", "lan-count-provinces"],
}


def asked(key: str) -> list[str]:
    """The indicators that a new draft of the agency starts with."""
    agency = Agency.objects.get(key=key)
    plan = Plan(agency=agency, programme=Programme.objects.get(code="2009-2010"), kind=PlanKind.AGENCY)
    return [row.indicator for row in registry.get("baselines").initial(plan)]


def test_provinces_and_cities_are_asked_for_telephones_and_the_internet() -> None:
    expected = [*LOCAL, *ALL, *LANS["local"], "lan-interconnection"]
    assert asked("p82") == asked("p01") == expected


def test_ministries_are_asked_for_what_concerns_them() -> None:
    assert asked("m-tc") == [*ALL, *LANS["central"], "lan-interconnection"]


def test_what_is_asked_is_printed_in_the_outline() -> None:
    text = Clause.objects.get(document__slug=CV1594, number="Phụ lục II, II.1.b").text
    rows = OutlineIndicator.objects.filter(programme__code="2009-2010")
    assert rows.count() == 12
    assert {row.number for row in rows} == {"II.1.b"}
    guidance = {row.guidance for row in rows}
    assert len(guidance) == 4
    assert all(one in text for one in guidance)


def test_densities_bear_no_unit_as_none_is_printed() -> None:
    densities = Indicator.objects.filter(code__endswith="-density")
    assert {(one.unit, "không in đơn vị" in one.definition) for one in densities} == {("", True)}
