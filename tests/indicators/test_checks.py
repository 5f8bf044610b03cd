"""What the check of a plan says about its targets."""

from datetime import datetime

import pytest

from core.findings import Finding
from plans.content.actions import create_plan
from plans.content.editing import add_line
from plans.models import Plan, Programme
from plans.parts import registry
from plans.review.checks import check_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db

GOOD = {"indicator": "officials-using-email", "year": "2009", "comparator": ">=", "value": "55"}


@pytest.fixture
def draft(cast: Cast, june_2008: datetime) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def findings(draft: Plan) -> list[Finding]:
    return [finding for finding in check_plan(draft) if finding.place.part == "targets"]


def test_a_target_of_its_own_agency_is_good(draft: Plan, cast: Cast) -> None:
    add_line(draft, "targets", GOOD, actor=cast.editor)
    (row,) = registry.get("targets").read(draft)
    assert (row.agency, row.agency_class, row.shown) == ("p82", "", "≥ 55")
    assert findings(draft) == []


@pytest.mark.parametrize(
    ("typed", "code", "bars"),
    [
        ({"value": ""}, "target_without_value", True),
        ({"comparator": "range", "value": "50"}, "target_range_open", True),
        ({"agency_class": "provinces"}, "target_two_scopes", True),
        ({"year": "2011"}, "target_year_outside", False),
        ({"value": "49"}, "target_below_national", False),
        ({"value": "49", "comparator": ">"}, "target_below_national", False),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    draft: Plan, cast: Cast, typed: dict[str, str], code: str, bars: bool
) -> None:
    add_line(draft, "targets", GOOD | typed, actor=cast.editor)
    (finding,) = findings(draft)
    assert (finding.code, finding.bars) == (code, bars)
    assert finding.place.line


@pytest.mark.parametrize(
    "typed",
    [
        {"comparator": "text", "value": "", "words": "đa số cán bộ, công chức"},
        {"comparator": "range", "value": "50", "value_to": "60"},
        {"value": "50"},
        {"value": "0", "indicator": "link-communes-kbps"},
    ],
)
def test_what_is_right_is_left_alone(draft: Plan, cast: Cast, typed: dict[str, str]) -> None:
    add_line(draft, "targets", GOOD | typed, actor=cast.editor)
    assert findings(draft) == []


@pytest.mark.parametrize("typed", ["55%", "55.5", "năm mươi"])
def test_a_value_that_cannot_be_read_bars(draft: Plan, cast: Cast, typed: str) -> None:
    add_line(draft, "targets", GOOD | {"value": typed}, actor=cast.editor)
    assert any(finding.bars and finding.value == typed for finding in findings(draft))
