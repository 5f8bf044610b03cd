"""The status as a part of a plan: what is asked by class, how far it is answered, what the check says."""

from decimal import Decimal

import pytest

from agencies.models import AuditEntry
from core.findings import Finding, NotAllowed, Refused, WrongState
from indicators.models import Baseline, Indicator
from indicators.rows import BaselineRow
from indicators.status import baseline_of, baselines_of
from plans.content.actions import add_asked_rows, amend_plan, create_plan, take_lines
from plans.content.editing import add_line, remove_line, save_line
from plans.models import Plan, PlanLine, Programme
from plans.parts import registry
from plans.review.checks import check_plan
from plans.versions.compare import compare
from plans.versions.snapshot import content_of, freeze
from tests.cast import Cast
from tests.indicators.conftest import OF_A_PROVINCE
from tests.plans.moves import approved

pytestmark = pytest.mark.django_db


def rows(plan: Plan) -> dict[str, BaselineRow]:
    return {row.indicator: row for row in registry.get("baselines").read(plan)}


def fill(plan: Plan, cast: Cast, code: str, **typed: str) -> None:
    row = rows(plan)[code]
    assert row.line
    save_line(plan, "baselines", row.line, typed, actor=cast.editor, row_version=row.row_version)


def findings(plan: Plan, code: str = "") -> list[Finding]:
    line = str(rows(plan)[code].line) if code else ""
    return [
        one
        for one in check_plan(plan)
        if one.place.part == "baselines" and (not code or one.place.line == line)
    ]


def test_a_draft_begins_with_the_figures_that_its_class_is_asked_for(
    draft: Plan, outline: Programme, cast: Cast
) -> None:
    assert list(rows(draft)) == OF_A_PROVINCE
    assert {row.clause for row in rows(draft).values()} == {"II.1.b"}
    ministry = create_plan(outline, actor=cast.lead_editor)
    assert list(rows(ministry)) == ["t-phones", "t-computers", "t-networked", "t-ministry-lans"]


def test_the_real_outline_asks_a_province_for_ten_figures(cast: Cast, june_2008: object) -> None:
    """CV 1594, Phụ lục II, II.1.b."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    assert len(rows(plan)) == 10
    assert "lan-share-provinces" in rows(plan)
    assert "lan-share-ministries" not in rows(plan)


def test_progress_counts_what_is_answered(draft: Plan, cast: Cast) -> None:
    part = registry.get("baselines")

    def done() -> tuple[int, int]:
        progress = part.progress(part.read(draft))
        return progress.done, progress.whole

    assert done() == (0, 4)
    fill(draft, cast, "t-computers", numerator="40")  # half a ratio is no answer
    assert done() == (0, 4)
    fill(draft, cast, "t-computers", denominator="102")
    fill(draft, cast, "t-phones", value="0")  # nought is one
    fill(draft, cast, "t-lans", words="đã kết nối 12 trên 20 đơn vị")
    assert done() == (3, 4)


def test_a_ratio_follows_from_its_numbers(draft: Plan, cast: Cast) -> None:
    fill(draft, cast, "t-computers", numerator="1.020", denominator="2.601")
    row = rows(draft)["t-computers"]
    assert row.stated == Decimal("39.22")
    assert row.value is None
    assert row.shown == "39,22"


@pytest.mark.parametrize(
    ("code", "typed", "found", "bars", "path"),
    [
        ("t-networked", {"numerator": "5", "denominator": "0"}, "baseline_over_nothing", True, "denominator"),
        ("t-networked", {"numerator": "6", "denominator": "5"}, "baseline_above_whole", True, "numerator"),
        ("t-networked", {"value": "101"}, "baseline_above_whole", True, "value"),
        ("t-networked", {"numerator": "-1", "denominator": "5"}, "baseline_negative", True, "numerator"),
        ("t-networked", {"numerator": "1", "denominator": "-5"}, "baseline_negative", True, "denominator"),
        ("t-phones", {"value": "-3"}, "baseline_negative", True, "value"),
        ("t-networked", {"numerator": "5"}, "baseline_half", True, "denominator"),
        ("t-networked", {"denominator": "5"}, "baseline_half", True, "numerator"),
        (
            "t-networked",
            {"numerator": "1", "denominator": "4", "value": "30"},
            "baseline_two_values",
            False,
            "value",
        ),
        ("t-networked", {}, "baseline_blank", False, "numerator"),
        ("t-phones", {}, "baseline_blank", False, "value"),
        ("t-phones", {"note": "chưa thống kê"}, "baseline_blank", False, "value"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    draft: Plan, cast: Cast, code: str, typed: dict[str, str], found: str, bars: bool, path: str
) -> None:
    if typed:
        fill(draft, cast, code, **typed)
    (finding,) = findings(draft, code)
    assert (finding.code, finding.bars, finding.place.path) == (found, bars, path)
    assert Indicator.objects.get(code=code).name in str(finding.text)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("t-networked", {"numerator": "5", "denominator": "5"}),
        ("t-networked", {"numerator": "0", "denominator": "5"}),
        ("t-networked", {"numerator": "1", "denominator": "3", "value": "33,3"}),
        ("t-networked", {"value": "95,67"}),
        ("t-computers", {"numerator": "120", "denominator": "100"}),  # more computers than people
        ("t-computers", {"value": "120"}),
        ("t-phones", {"value": "0"}),
        ("t-lans", {"words": "đã kết nối"}),
    ],
)
def test_what_is_right_is_left_alone(draft: Plan, cast: Cast, code: str, typed: dict[str, str]) -> None:
    fill(draft, cast, code, **typed)
    assert findings(draft, code) == []


@pytest.mark.parametrize("typed", ["39.2", "39 phần trăm", "1,020.5"])
def test_a_value_that_cannot_be_read_is_kept_and_bars(draft: Plan, cast: Cast, typed: str) -> None:
    fill(draft, cast, "t-computers", value=typed)
    found = [one for one in findings(draft, "t-computers") if one.bars]
    assert [one.value for one in found] == [typed]


# --- Drafts that were begun before the outline asked


def test_missing_figures_are_told_and_added(draft: Plan, cast: Cast) -> None:
    gone = rows(draft)["t-networked"].line
    assert gone
    remove_line(draft, "baselines", gone, actor=cast.editor)
    assert [one.code for one in findings(draft) if not one.place.line] == ["baselines_missing"]
    fill(draft, cast, "t-phones", value="12")
    assert add_asked_rows(draft, "baselines", actor=cast.editor) == 1
    assert list(rows(draft)) == ["t-phones", "t-computers", "t-lans", "t-networked"]
    assert rows(draft)["t-phones"].value == 12
    assert "baselines_missing" not in [one.code for one in findings(draft)]
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.verb, '"rows":1' in entry.data) == ("add_asked", True)


def test_nothing_is_added_twice(draft: Plan, cast: Cast) -> None:
    with pytest.raises(Refused):
        add_asked_rows(draft, "baselines", actor=cast.editor)
    assert len(rows(draft)) == 4


def test_a_part_that_is_not_completed_later_refuses(draft: Plan, cast: Cast) -> None:
    with pytest.raises(Refused):
        add_asked_rows(draft, "projects", actor=cast.editor)


def test_who_may_not_edit_adds_nothing(draft: Plan, cast: Cast) -> None:
    Baseline.objects.filter(plan=draft).delete()
    for person in (cast.approver, cast.other_editor, cast.reviewer, cast.admin):
        with pytest.raises(NotAllowed):
            add_asked_rows(draft, "baselines", actor=person)
    registered = Plan.objects.get(code="605-qd-ubnd")
    with pytest.raises(WrongState):
        add_asked_rows(registered, "baselines", actor=cast.editor)


def test_further_figures_can_be_added_by_hand(draft: Plan, cast: Cast) -> None:
    """ "bao gồm và không giới hạn các số liệu sau"."""
    add_line(draft, "baselines", {"indicator": "level-3-services", "value": "2"}, actor=cast.editor)
    assert rows(draft)["level-3-services"].value == 2
    with pytest.raises(Refused):
        add_line(draft, "baselines", {"value": "2"}, actor=cast.editor)


# --- Versions


def test_a_changed_figure_is_a_change_of_the_plan(draft: Plan, cast: Cast) -> None:
    before = content_of(freeze(draft, reason="submit", by=cast.editor.user))
    fill(draft, cast, "t-computers", numerator="40", denominator="102")
    (change,) = compare(before, registry.read_content(draft))
    assert (change.part, {one.column.name for one in change.fields}) == (
        "baselines",
        {"numerator", "denominator"},
    )


def test_an_amendment_keeps_the_lines(draft: Plan, cast: Cast) -> None:
    fill(draft, cast, "t-phones", value="12")
    plan = approved(draft, cast)
    again = amend_plan(plan, actor=cast.editor)
    assert {row.line for row in rows(again).values()} == {row.line for row in rows(plan).values()}
    assert rows(again)["t-phones"].value == 12


def test_the_status_of_another_document_stays_there(draft: Plan, cast: Cast) -> None:
    source = Plan.objects.get(code="605-qd-ubnd")
    chosen = {key: [row.line for row in registry.get(key).read(source)] for key in ("baselines", "projects")}
    added = take_lines(draft, source, chosen, actor=cast.editor)
    assert added["baselines"] == 0
    assert list(rows(draft)) == OF_A_PROVINCE


# --- What one starts from


def stated(plan: Plan, code: str, **values: object) -> None:
    line = PlanLine.objects.create(kind="baseline", agency=plan.agency, programme=plan.programme)
    indicator = Indicator.objects.get(code=code)
    Baseline.objects.create(plan=plan, line=line, indicator=indicator, **values)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"value": "39.2"}, "39.2"),
        ({"numerator": "1", "denominator": "4"}, "25"),
        ({"value": "800", "comparator": ">"}, None),
        ({"value": "800", "comparator": "approximate"}, None),
        ({"words": "đa số", "comparator": "text"}, None),
        ({}, None),
    ],
)
def test_only_an_exact_value_is_a_start(cast: Cast, values: dict[str, str], found: str | None) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    stated(plan, "officials-using-email", **values)
    indicator = Indicator.objects.get(code="officials-using-email")
    assert plan.in_force_from
    start = baseline_of(indicator, plan.agency, plan.in_force_from)
    assert start == (None if found is None else Decimal(found))


def test_the_start_is_that_of_plans_in_force(draft: Plan, cast: Cast) -> None:
    indicator = Indicator.objects.get(code="t-computers")
    fill(draft, cast, "t-computers", value="30")
    assert baseline_of(indicator, draft.agency, draft.created_at.date()) is None
    plan = approved(draft, cast)
    assert plan.in_force_from
    assert baseline_of(indicator, plan.agency, plan.in_force_from) == 30
    assert baseline_of(indicator, cast.other_editor.agency, plan.in_force_from) is None


def test_many_starts_cost_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    indicators = list(Indicator.objects.all())
    agencies = [cast.editor.agency, cast.other_editor.agency]
    plan = Plan.objects.get(code="605-qd-ubnd")
    assert plan.in_force_from
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = baselines_of(indicators, agencies, plan.in_force_from)
    networked = Indicator.objects.get(code="networked-computers")
    assert found[networked.pk, cast.editor.agency_id] == Decimal("95.67")
