"""What national documents in force ask of an agency: adopted before guidance, the most specific first."""

from datetime import date
from decimal import Decimal

import pytest

from agencies.models import Agency, AgencyGroup, GroupMember
from core import clock
from indicators.models import Indicator, Target
from indicators.national import NationalTarget, national_targets
from plans.content.actions import create_plan, take_lines
from plans.models import Plan, PlanLine, Programme
from plans.parts import registry
from plans.review.checks import check_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EMAIL = "officials-using-email"
IN_2008, IN_2009 = date(2008, 6, 20), date(2009, 4, 15)


def asked(key: str, on: date, code: str = EMAIL) -> dict[int, tuple[int, str]]:
    agency = Agency.objects.get(key=key)
    return {
        year: (int(target.value), str(target.document))
        for (_code, year), target in national_targets(agency, [code], on).items()
    }


def test_in_2008_the_guidance_holds_where_nothing_is_adopted(cast: Cast) -> None:
    assert asked("p82", IN_2008) == {
        2008: (30, "43/2008/QĐ-TTg"),
        2009: (50, "1594/BTTTT-UDCNTT (hướng dẫn)"),
        2010: (80, "1594/BTTTT-UDCNTT (hướng dẫn)"),
    }


def test_from_the_decision_on_what_is_adopted_goes_before_a_higher_guidance(cast: Cast) -> None:
    assert asked("p82", IN_2009) == {
        2008: (30, "43/2008/QĐ-TTg"),
        2009: (50, "48/2009/QĐ-TTg"),
        2010: (60, "48/2009/QĐ-TTg"),
    }


def test_before_its_day_a_document_asks_for_nothing(cast: Cast) -> None:
    assert asked("p82", date(2008, 3, 1)) == {}


def test_a_province_of_the_highland_list_is_asked_for_less(cast: Cast) -> None:
    member = GroupMember.objects.filter(group__key="highland-2008", agency__kind="tinh").first()
    assert member
    assert asked(member.agency.key, IN_2008)[2008][0] == 10
    assert asked(member.agency.key, IN_2009)[2010] == (30, "48/2009/QĐ-TTg")


def test_a_city_is_asked_for_its_own_number_of_services(cast: Cast) -> None:
    assert asked("p01", IN_2008, "level-3-services")[2010][0] == 10
    assert asked("p48", IN_2008, "level-3-services")[2010][0] == 5
    assert asked("p82", IN_2008, "level-3-services") == {}


def test_a_list_that_names_the_agency_goes_before_its_class(cast: Cast) -> None:
    plan = Plan.objects.get(code="43-2008-qd-ttg")
    group = AgencyGroup.objects.create(key="t-list", name="Danh sách thử", valid_on=IN_2008)
    GroupMember.objects.create(group=group, agency=cast.editor.agency, position=1)
    line = PlanLine.objects.create(kind="target", agency=plan.agency, programme=plan.programme)
    Target.objects.create(
        plan=plan,
        line=line,
        indicator=Indicator.objects.get(code=EMAIL),
        group=group,
        year=2008,
        due_on=date(2008, 12, 31),
        comparator=">=",
        value=15,
    )
    assert asked("p82", IN_2008)[2008] == (15, "43/2008/QĐ-TTg")


@pytest.mark.parametrize("comparator", ["<", "<=", "approximate", "text"])
def test_what_asks_for_nothing_is_passed_over(cast: Cast, comparator: str) -> None:
    Target.objects.filter(plan__code="43-2008-qd-ttg", indicator__code=EMAIL).update(comparator=comparator)
    assert asked("p82", IN_2008)[2008] == (30, "1594/BTTTT-UDCNTT (hướng dẫn)")


def test_an_agency_of_no_class_is_asked_for_nothing(cast: Cast) -> None:
    unit = Agency.objects.create(key="t-unit", name="Đơn vị", short_name="Đơn vị", kind="don_vi_thuoc_bo")
    assert national_targets(unit, [EMAIL], IN_2008) == {}


def test_what_it_costs_does_not_grow(cast: Cast, django_assert_num_queries: object) -> None:
    codes = list(Indicator.objects.values_list("code", flat=True))
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = national_targets(cast.editor.agency, codes, IN_2008)
    assert all(isinstance(one, NationalTarget) for one in found.values())


def warnings(plan: Plan) -> list[str]:
    return [finding.value for finding in check_plan(plan) if finding.code == "target_below_national"]


def test_the_three_warnings_of_2008_become_one_when_the_decision_is_there(cast: Cast) -> None:
    """> 45 and > 70 against 50 and 80 of the guidance; against 50 and 60 as adopted."""
    with clock.at("2008-06-20T09:00"):
        plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
        source = Plan.objects.get(code="605-qd-ubnd")
        targets = [row.line for row in registry.get("targets").read(source) if row.indicator == EMAIL]
        take_lines(plan, source, {"targets": targets}, actor=cast.editor)
        assert warnings(plan) == ["> 45", "> 70"]
    with clock.at("2009-04-15T09:00"):
        assert warnings(plan) == ["> 45"]


def test_the_adopted_figures_are_those_of_the_conventions(cast: Cast) -> None:
    """Of 2010 (2009): 60 (30), 80 (70), 60 (50), 30 (20)."""
    rows = Target.objects.filter(plan__code="48-2009-qd-ttg").values_list(
        "indicator__code", "agency_class", "group__key", "year", "value"
    )
    found = {(code, who or group, year): value for code, who, group, year, value in rows}
    for who in ("ministries", "central-cities", "provinces"):
        assert found["leaders-directives-online", who, 2010] == Decimal(60)
        assert found["leaders-directives-online", who, 2009] == Decimal(30)
    expected = {
        "ministries": (70, 80),
        "central-cities": (70, 80),
        "provinces": (50, 60),
        "highland-2008": (20, 30),
    }
    for who, values in expected.items():
        assert [found[EMAIL, who, year] for year in (2009, 2010)] == [Decimal(value) for value in values]
