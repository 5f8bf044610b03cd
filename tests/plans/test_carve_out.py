"""Lấy từ kế hoạch khác: Tiền Giang carves its plan 2009-2010 out of QĐ 605."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import pytest

from budgets.totals import money_of
from core.findings import NotAllowed, Refused
from core.notation import format_money
from plans.content.actions import create_plan, discard_plan, take_lines
from plans.content.editing import remove_line, save_line
from plans.models import LineEdit, OutlineMapping, Plan, PlanLine, Programme
from plans.parts import registry
from plans.review.checks import check_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Plan:
    return Plan.objects.get(code="605-qd-ubnd")


@pytest.fixture
def plan(cast: Cast, june_2008: datetime) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def lines(plan: Plan, *parts: str) -> dict[str, list[UUID]]:
    content = registry.read_content(plan)
    return {part: [row.line for row in content[part]] for part in parts}


def test_twenty_six_projects_come_along_with_the_money_of_both_years(
    cast: Cast, plan: Plan, source: Plan
) -> None:
    added = take_lines(plan, source, lines(source, "projects"), actor=cast.editor)
    content = registry.read_content(plan)
    money = money_of(content["projects"], content["allocations"])
    assert added["projects"] == len(content["projects"]) == 26
    assert {row.label for row in registry.read_content(source)["projects"]} - {
        row.label for row in content["projects"]
    } == {"I.4", "II.2"}
    assert {source: format_money(amount) for source, amount in money.by_source.items()} == {
        "NSTW-HTDP": "6.800",
        "NSDP-TT": "29.450",
        "NSDP-SN": "5.896",
    }
    assert format_money(money.total) == "42.146"
    assert set(money.by_year) == {2009, 2010}
    # A total need that was the sum of the years is the sum of those that stay.
    assert (money.with_need, format_money(money.need)) == (26, "42.146")


def test_new_lines_remember_their_origin_and_nothing_of_the_source_changes(
    cast: Cast, plan: Plan, source: Plan
) -> None:
    before = registry.read_content(source)
    take_lines(plan, source, lines(source, "projects"), actor=cast.editor)
    assert registry.read_content(source) == before
    by_origin = {row.line: row for row in before["projects"]}
    for row in registry.read_content(plan)["projects"]:
        line = PlanLine.objects.get(pk=row.line)
        assert line.origin_id is not None
        assert by_origin[line.origin_id].name == row.name
        assert (line.agency, line.programme) == (plan.agency, plan.programme)
    edits = LineEdit.objects.filter(plan=plan, new="<- 605-qd-ubnd")
    assert edits.count() == 26
    assert {edit.by for edit in edits} == {cast.editor.user}


def test_what_was_taken_is_not_taken_again(cast: Cast, plan: Plan, source: Plan) -> None:
    take_lines(plan, source, lines(source, "projects", "sections", "targets"), actor=cast.editor)
    before = registry.read_content(plan)
    with pytest.raises(Refused) as refusal:
        take_lines(plan, source, lines(source, "projects", "sections", "targets"), actor=cast.editor)
    assert refusal.value.code == "nothing_taken"
    assert registry.read_content(plan) == before


def test_a_removed_line_can_be_taken_again_and_stands_last(cast: Cast, plan: Plan, source: Plan) -> None:
    take_lines(plan, source, lines(source, "projects"), actor=cast.editor)
    first = registry.read_content(plan)["projects"][0]
    remove_line(plan, "projects", first.line, actor=cast.editor)
    assert take_lines(plan, source, lines(source, "projects"), actor=cast.editor)["projects"] == 1
    assert LineEdit.objects.filter(plan=plan, new="<- 605-qd-ubnd").count() == 27
    rows = registry.read_content(plan)["projects"]
    assert rows[-1].name == first.name
    assert max(Counter(row.position for row in rows).values()) == 1


def test_text_goes_where_the_mapping_says(cast: Cast, plan: Plan, source: Plan) -> None:
    added = take_lines(plan, source, lines(source, "sections"), actor=cast.editor)
    assert added["sections"] == OutlineMapping.objects.count() == 29
    taken = {row.number: row for row in registry.read_content(plan)["sections"]}
    printed = {row.number: row for row in registry.read_content(source)["sections"]}
    assert taken["III.2.c"].body == printed["III.2.a"].body
    assert taken["III.2.c"].heading == "Xây dựng nền tảng cho Chính phủ điện tử"
    assert taken["IV.1"].body == printed["IV.2"].body
    # Where several headings meet, each keeps its own.
    for number in ("II.2.a", "II.2.b"):
        assert f"{printed[number].heading}\n{printed[number].body}" in taken["II.2"].body
    assert "Trung ương hỗ trợ: 6.800" not in "".join(row.body for row in taken.values())
    assert {row.number for row in taken.values() if not row.body} == {
        "II", "III", "III.2", "IV.1.a", "IV.1.b", "IV.1.c", "IV.1.d", "IV.1.e", "IV.2.a", "IV.2.b", "IV.2.c",
        "IV.3", "V",
    }  # fmt: skip


def test_text_that_somebody_wrote_or_changed_stays(cast: Cast, plan: Plan, source: Plan) -> None:
    by_number = {row.number: row for row in registry.read_content(plan)["sections"]}
    typed = {"body": "Chúng tôi tự viết mục này."}
    save_line(plan, "sections", by_number["I"].line, typed, actor=cast.editor, row_version=1)
    take_lines(plan, source, lines(source, "sections"), actor=cast.editor)
    taken = {row.number: row for row in registry.read_content(plan)["sections"]}
    assert taken["I"].body == typed["body"]
    changed = {"body": "Rút gọn."}
    save_line(
        plan,
        "sections",
        taken["II.2"].line,
        changed,
        actor=cast.editor,
        row_version=taken["II.2"].row_version,
    )
    with pytest.raises(Refused):
        take_lines(plan, source, lines(source, "sections"), actor=cast.editor)
    again = {row.number: row for row in registry.read_content(plan)["sections"]}
    assert again["II.2"].body == "Rút gọn."


def test_targets_of_both_years_come_along(cast: Cast, plan: Plan, source: Plan) -> None:
    take_lines(plan, source, lines(source, "targets"), actor=cast.editor)
    rows = registry.read_content(plan)["targets"]
    assert {row.year for row in rows} == {2009, 2010}
    assert {row.agency for row in rows} == {"p82"}


def test_targets_of_a_class_become_the_agencys_own(cast: Cast, plan: Plan) -> None:
    directive = Plan.objects.get(code="1594-btttt-udcntt")
    for_provinces = [
        row.line
        for row in registry.read_content(directive)["targets"]
        if row.indicator == "officials-using-email" and row.agency_class == "provinces"
    ]
    take_lines(plan, directive, {"targets": for_provinces}, actor=cast.editor)
    rows = registry.read_content(plan)["targets"]
    assert [(row.year, row.shown, row.agency, row.agency_class, row.guidance) for row in rows] == [
        (2009, "50", "p82", "", False),
        (2010, "80", "p82", "", False),
    ]


def below_national(plan: Plan) -> list[tuple[str, str]]:
    return [
        (finding.value, str(finding.text))
        for finding in check_plan(plan)
        if finding.code == "target_below_national"
    ]


def test_the_provinces_own_plan_stays_below_three_national_targets(source: Plan, june_2008: datetime) -> None:
    """20 / >45 / >70 against 30 / 50 / 80; 2008 is adopted by QĐ 43, the others are guidance."""
    found = below_national(source)
    assert [value for value, _text in found] == ["20", "> 45", "> 70"]
    for (_value, text), national, document in zip(
        found, ("30", "50", "80"), ("43/2008/QĐ-TTg", "1594/BTTTT-UDCNTT", "1594/BTTTT-UDCNTT"), strict=True
    ):
        assert national in text
        assert document in text


def test_of_the_plan_2009_2010_two_stay_below(
    cast: Cast, plan: Plan, source: Plan, june_2008: datetime
) -> None:
    take_lines(plan, source, lines(source, "targets"), actor=cast.editor)
    assert [value for value, _text in below_national(plan)] == ["> 45", "> 70"]


def test_once_less_was_adopted_than_proposed_only_the_first_two_stay_below(source: Plan) -> None:
    """QĐ 48/2009 adopted 60 for 2010, where CV 1594 had proposed 80."""
    found = below_national(source)
    assert [value for value, _text in found] == ["20", "> 45"]
    assert "48/2009/QĐ-TTg" in found[1][1]


@pytest.mark.parametrize("code", ["43-2008-qd-ttg", "1594-btttt-udcntt"])
def test_national_targets_are_not_held_against_themselves(code: str) -> None:
    assert below_national(Plan.objects.get(code=code)) == []


def test_who_may_not_edit_may_not_take(cast: Cast, plan: Plan, source: Plan) -> None:
    for actor in (cast.approver, cast.other_editor, cast.reviewer, cast.admin):
        with pytest.raises(NotAllowed):
            take_lines(plan, source, lines(source, "projects"), actor=actor)


def test_a_plan_that_one_may_not_read_is_no_source(cast: Cast, plan: Plan) -> None:
    theirs = create_plan(plan.programme, actor=cast.other_editor)
    with pytest.raises(Refused) as refusal:
        take_lines(plan, theirs, lines(theirs, "sections"), actor=cast.editor)
    assert refusal.value.code == "source_plan"


def test_a_discarded_draft_leaves_nothing_behind(cast: Cast, plan: Plan, source: Plan) -> None:
    held, own = (
        PlanLine.objects.count(),
        PlanLine.objects.filter(agency=plan.agency, programme=plan.programme).count(),
    )
    take_lines(plan, source, lines(source, "projects", "sections", "targets"), actor=cast.editor)
    discard_plan(plan, actor=cast.editor)
    assert not Plan.objects.filter(code=plan.code).exists()
    assert not PlanLine.objects.filter(agency=plan.agency, programme=plan.programme).exists()
    assert PlanLine.objects.count() == held - own
    assert registry.read_content(source)["projects"]
