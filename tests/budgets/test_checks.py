"""What the check of a plan says about its money."""

from datetime import datetime

import pytest

from core.findings import Finding
from plans.content.actions import amend_plan
from plans.content.editing import add_line, save_line
from plans.models import Plan
from plans.parts import registry
from plans.parts.projects import ProjectRow
from plans.review.checks import check_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast, june_2008: datetime) -> Plan:
    return amend_plan(Plan.objects.get(code="605-qd-ubnd"), actor=cast.editor)


def first(draft: Plan) -> ProjectRow:
    row: ProjectRow = registry.get("projects").read(draft)[0]
    return row


def save(draft: Plan, cast: Cast, **typed: str) -> None:
    row = first(draft)
    raw = {path.replace("__", "/"): text for path, text in typed.items()}
    save_line(draft, "projects", row.line, raw, actor=cast.editor, row_version=row.row_version)  # type: ignore[arg-type]


def found(draft: Plan, code: str) -> list[Finding]:
    return [finding for finding in check_plan(draft) if finding.code == code]


def test_a_plan_as_printed_has_nothing_wrong_with_its_money(draft: Plan) -> None:
    assert not [one for one in check_plan(draft) if one.place.part == "projects"]


def test_a_total_below_its_allocations_bars(draft: Plan, cast: Cast) -> None:
    save(draft, cast, total_need="2.499")
    (finding,) = found(draft, "total_below_allocations")
    assert finding.bars
    assert "2.499" in str(finding.text)
    assert "2.500" in str(finding.text)
    assert finding.place.path == "total_need"


def test_a_total_above_its_allocations_is_no_mistake(draft: Plan, cast: Cast) -> None:
    save(draft, cast, total_need="3.000")
    assert not found(draft, "total_below_allocations")


def test_a_project_without_money_is_told(draft: Plan, cast: Cast) -> None:
    add_line(draft, "projects", {"name": "Dự án mới"}, actor=cast.editor)
    (finding,) = found(draft, "project_without_money")
    assert not finding.bars
    assert "Dự án mới" in str(finding.text)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("allocations__2009__NSDP-TT", "1,500"),
        ("allocations__2009__NSDP-TT", "một nghìn"),
        ("allocations__2009__NSDP-TT", "-5"),
        ("allocations__2009__NSDP-TT", "99.999.999"),
        ("allocations__2011__NSDP-TT", "5"),
        ("total_need", "2.500.0"),
    ],
)
def test_an_amount_that_cannot_be_read_is_kept_and_bars(
    draft: Plan, cast: Cast, path: str, typed: str
) -> None:
    save(draft, cast, **{path: typed})
    (finding,) = [one for one in check_plan(draft) if one.bars]
    assert finding.value == typed
    assert finding.place.path == path.replace("__", "/")
    assert first(draft).total_need == first(Plan.objects.get(code="605-qd-ubnd", version=1)).total_need


def test_an_emptied_cell_is_not_nought(draft: Plan, cast: Cast) -> None:
    before = len(registry.get("allocations").read(draft))
    save(draft, cast, **{"allocations__2009__NSDP-TT": ""})
    assert len(registry.get("allocations").read(draft)) == before - 1
    save(draft, cast, **{"allocations__2009__NSDP-TT": "0"})
    assert len(registry.get("allocations").read(draft)) == before
