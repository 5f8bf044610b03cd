"""What the loaded lists and plans look like to who reads them."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from agencies.models import Agency, Succession
from plans.models import Plan, PlanState
from plans.parts import registry
from tests.sources.facts import CV1594, QD43, QD605, content

pytestmark = pytest.mark.django_db


def test_ministries_stand_first_then_cities_then_provinces_in_vietnamese_order() -> None:
    listed = Agency.objects.in_force(date(2008, 6, 30)).of_classes(
        ["ministries", "central-cities", "provinces"]
    )
    names = list(listed.in_order().values_list("short_name", flat=True))
    assert names[:3] == ["Bộ Quốc phòng", "Bộ Công an", "Bộ Ngoại giao"]
    assert names[22:27] == ["Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"]
    assert names[27:30] == ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu"]
    assert names.index("Đắk Lắk") > names.index("Cao Bằng")


def test_printed_plans_are_registered_and_say_so() -> None:
    plans = Plan.objects.filter(code__in=(QD43, QD605, CV1594))
    assert {plan.state for plan in plans} == {PlanState.APPROVED}
    for plan in plans:
        assert plan.registered
        assert plan.in_force_from == plan.document.issued_on  # type: ignore[union-attr]
        step = plan.steps.get()
        assert (step.verb, step.by.is_system) == ("register", True)
        assert plan.revisions.get().reason == "register"


def test_a_new_name_and_a_merger_are_told_apart() -> None:
    kinds = Succession.objects.values_list("predecessor__key", "successor__key", "kind")
    renamed = {(before, after) for before, after, kind in kinds if kind == Succession.Kind.RENAMED}
    assert renamed == {
        ("m-bcvt", "m-tttt"),
        ("s-bcvt-82", "s-tttt-82"),
        ("p46", "p46n"),  # Thừa Thiên Huế became the city of Huế
        ("m-ubdt", "m-dttg25"),
    }
    assert {kind for _before, _after, kind in kinds} == {Succession.Kind.RENAMED, Succession.Kind.MERGED}


def test_a_renamed_body_goes_on_the_day_after() -> None:
    for one in Succession.objects.filter(kind=Succession.Kind.RENAMED).select_related(
        "predecessor", "successor"
    ):
        assert one.predecessor.valid_to == one.on - timedelta(days=1)
        assert one.successor.valid_from == one.on


def test_no_code_belongs_to_two_agencies_on_one_day() -> None:
    for on in (date(2007, 12, 28), date(2008, 3, 24), date(2008, 8, 1), date(2025, 6, 30), date(2025, 7, 1)):
        codes = [agency.province_code for agency in Agency.objects.in_force(on) if agency.province_code]
        assert len(set(codes)) == len(codes), on


def every_line() -> Iterable[tuple[str, str, str]]:
    for code in (QD43, QD605, CV1594):
        held = content(code)
        for part in registry.parts():
            if part.line_kind:
                yield from ((code, part.key, row.clause) for row in held[part.key])


def test_each_line_says_its_clause() -> None:
    assert not [line for line in every_line() if not line[2]]


def test_every_total_of_a_plan_can_be_told_from_the_others() -> None:
    part = registry.get("stated_totals")
    for code in (QD43, QD605):
        rows = content(code)["stated_totals"]
        assert len({part.identity(row) for row in rows}) == len(rows)
