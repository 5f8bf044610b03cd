"""Lines come, go and change places; and when none of it is possible any more."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from agencies.models import Membership
from core.findings import NotAllowed, Refused, WrongState
from plans.content.actions import create_plan
from plans.content.editing import add_line, move_line, remove_line, save_line
from plans.models import LineEdit, Plan, PlanDraftValue, PlanLine, Programme, Project, Section
from plans.parts import registry
from plans.review.actions import Paper, hand_over, submit_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def drafts_of(plan: Plan) -> dict[str, tuple[str, str]]:
    found = PlanDraftValue.objects.filter(plan=plan).order_by("id")
    return {draft.path: (draft.raw, draft.finding_code) for draft in found}


def project_of(plan: Plan, number: str, group: str = "I") -> Project:
    return Project.objects.get(plan=plan, group_code=group, number=number)


# --- When it is no longer possible


def test_a_submitted_plan_cannot_be_edited_any_more(draft: Plan, portal: Project, cast: Cast) -> None:
    version = portal.row_version
    add_line(draft, "sections", {"number": "I", "heading": "x", "body": "x"}, actor=cast.editor)
    submit_plan(draft, actor=cast.approver, letter=Paper(number="1/UBND", on=date(2008, 6, 20), signer="x"))
    for act in (
        lambda: save_line(
            draft, "projects", portal.line_id, {"name": "y"}, actor=cast.editor, row_version=version
        ),
        lambda: add_line(draft, "projects", {"name": "y"}, actor=cast.editor),
        lambda: remove_line(draft, "projects", portal.line_id, actor=cast.editor),
        lambda: move_line(draft, "projects", portal.line_id, up=True, actor=cast.editor),
    ):
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "wrong_state"


def test_a_plan_with_the_leader_waits_for_the_leader(draft: Plan, portal: Project, cast: Cast) -> None:
    hand_over(draft, actor=cast.editor)
    with pytest.raises(WrongState) as refused:
        save_line(draft, "projects", portal.line_id, {"name": "y"}, actor=cast.editor, row_version=1)
    assert refused.value.code == "with_leader"


def test_a_line_removed_meanwhile_is_said_to_be_gone(
    draft: Plan, portal: Project, cast: Cast, colleague: Membership
) -> None:
    remove_line(draft, "projects", portal.line_id, actor=colleague)
    with pytest.raises(Refused) as refused:
        save_line(draft, "projects", portal.line_id, {"name": "y"}, actor=cast.editor, row_version=1)
    assert refused.value.code == "gone"
    with pytest.raises(Refused):
        remove_line(draft, "projects", portal.line_id, actor=cast.editor)


@pytest.mark.parametrize(
    "who", ["approver", "other_editor", "reviewer", "admin", "co_reviewer", "viewer", "lead_editor"]
)
def test_nobody_but_the_agencys_editors_edits(draft: Plan, portal: Project, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        save_line(draft, "projects", portal.line_id, {"name": "y"}, actor=getattr(cast, who), row_version=1)


# --- Adding, removing, moving


def test_removing_a_line_takes_its_money_and_draft_values_and_keeps_its_identity(
    draft: Plan, portal: Project, cast: Cast
) -> None:
    raw = {"total_need": "x"}
    save_line(draft, "projects", portal.line_id, raw, actor=cast.editor, row_version=portal.row_version)
    remove_line(draft, "projects", portal.line_id, actor=cast.editor)
    assert not Project.objects.filter(plan=draft, line=portal.line_id).exists()
    assert not [row for row in registry.get("allocations").read(draft) if row.line == portal.line_id]
    assert drafts_of(draft) == {}
    assert PlanLine.objects.filter(pk=portal.line_id).exists()
    assert LineEdit.objects.filter(line=portal.line_id).latest("id").by == cast.editor.user


def test_a_new_project_stands_behind_the_last_of_its_group(draft: Plan, cast: Cast) -> None:
    raw = {
        "group_code": "I",
        "name": "Dự án mới",
        "allocations/2010/NSDP-TT": "90",
        "total_need": "chín mươi",
    }
    saved = add_line(draft, "projects", raw, actor=cast.editor)
    rows = registry.get("projects").read(draft)
    index = next(i for i, row in enumerate(rows) if row.line == saved.line)
    assert rows[index - 1].group_code == "I"
    assert rows[index + 1].group_code == "II"
    assert drafts_of(draft) == {"total_need": ("chín mươi", "money_notation")}
    assert [row.amount for row in registry.get("allocations").read(draft) if row.line == saved.line] == [
        Decimal(90)
    ]


def test_a_new_section_stands_where_its_number_belongs(draft: Plan, cast: Cast) -> None:
    numbers = list(Section.objects.filter(plan=draft).order_by("position").values_list("number", flat=True))
    add_line(draft, "sections", {"number": "II.9", "heading": "Bổ sung"}, actor=cast.editor)
    after = list(Section.objects.filter(plan=draft).order_by("position").values_list("number", flat=True))
    first_of_three = numbers.index("III")
    assert after == [*numbers[:first_of_three], "II.9", *numbers[first_of_three:]]


def test_a_form_sent_twice_adds_one_line(draft: Plan, cast: Cast) -> None:
    line = uuid4()
    first = add_line(draft, "projects", {"name": "Dự án mới"}, actor=cast.editor, line=line)
    again = add_line(draft, "projects", {"name": "Dự án mới"}, actor=cast.editor, line=line)
    assert first.line == again.line == line
    assert Project.objects.filter(plan=draft, name="Dự án mới").count() == 1


def test_a_proposed_identity_of_another_plans_line_is_not_taken(draft: Plan, cast: Cast) -> None:
    foreign = Project.objects.exclude(plan=draft).first()
    assert foreign is not None
    saved = add_line(draft, "projects", {"name": "Dự án mới"}, actor=cast.editor, line=foreign.line_id)
    assert saved.line != foreign.line_id


def test_a_line_without_anything_is_not_added(draft: Plan, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        add_line(draft, "projects", {"name": " \u00a0 ", "total_need": ""}, actor=cast.editor)
    assert refused.value.code == "empty_line"


def test_what_a_new_line_must_have_and_lacks_is_marked(draft: Plan, cast: Cast) -> None:
    saved = add_line(draft, "projects", {"name": "", "objective": "Mục tiêu"}, actor=cast.editor)
    assert list(saved.invalid) == ["name"]
    assert drafts_of(draft) == {"name": ("", "required")}


def test_a_target_needs_its_indicator_before_it_can_stand(draft: Plan, cast: Cast) -> None:
    lines = PlanLine.objects.count()
    with pytest.raises(Refused) as refused:
        add_line(draft, "targets", {"indicator": "", "value": "5"}, actor=cast.editor)
    assert refused.value.code == "indicator_missing"
    assert PlanLine.objects.count() == lines


def test_a_project_moves_within_its_group(draft: Plan, cast: Cast) -> None:
    def order(group: str) -> list[UUID]:
        return [row.line for row in registry.get("projects").read(draft) if row.group_code == group]

    first, second, *rest = order("I")
    move_line(draft, "projects", second, up=True, actor=cast.editor)
    assert order("I") == [second, first, *rest]
    move_line(draft, "projects", second, up=True, actor=cast.editor)
    assert order("I") == [second, first, *rest]
    whole = order("I") + order("II")
    move_line(draft, "projects", order("I")[-1], up=False, actor=cast.editor)
    assert order("I") + order("II") == whole
    move_line(draft, "projects", second, up=False, actor=cast.editor)
    assert order("I") == [first, second, *rest]


def test_an_open_plan_of_another_version_is_not_touched(draft: Plan, cast: Cast) -> None:
    with pytest.raises(Refused):
        create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    foreign = project_of(Plan.objects.get(code="605-qd-ubnd"), "1")
    with pytest.raises(Refused) as refused:
        save_line(draft, "projects", foreign.line_id, {"name": "y"}, actor=cast.editor, row_version=1)
    assert refused.value.code == "gone"
