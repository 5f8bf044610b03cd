"""The form of a line when others were faster: a second save, a plan that moved on, a lost line; who may."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Membership
from plans.content.editing import add_line, remove_line, save_line
from plans.models import Plan, Project, Task
from plans.parts import registry
from plans.review.actions import Paper, submit_plan
from tests.browsing import form_with
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
JSON = {"accept": "application/json"}


def url(name: str, plan: Plan, part: str, line: UUID | None = None) -> str:
    where: dict[str, Any] = {"code": plan.code, "version": plan.version, "part": part}
    return reverse(name, kwargs=where | ({"line": line} if line else {}))


def edit_url(plan: Plan, line: UUID, part: str = "projects") -> str:
    return url("line_edit", plan, part, line)


# --- Two people on one row


def test_without_javascript_the_second_chooses_between_both_values(
    editor: Client, english: SignIn, colleague: Membership, draft: Plan, portal: Project
) -> None:
    here = edit_url(draft, portal.line_id)
    other = english(colleague)
    opened = form_with(editor.get(here), "row_version")
    opened_by_other = form_with(other.get(here), "row_version")
    editor.post(here, opened.post(name="Cổng của tỉnh", location="Mỹ Tho"))
    answer = other.post(here, opened_by_other.post(name="Cổng mới", stage="chuẩn bị đầu tư"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Cổng mới" in page
    assert "Cổng của tỉnh" in page
    assert "Nguyễn Thị Biên Tập" in page
    choice = form_with(answer, "name")
    assert choice.choices.getlist("name") == ["Cổng mới", "Cổng của tỉnh"]
    assert "name" not in choice.fields  # nothing is chosen for the person
    chosen = choice.post(name="Cổng mới", stage="chuẩn bị đầu tư")
    assert other.post(here, chosen).status_code == 302
    portal.refresh_from_db()
    assert (portal.name, portal.location, portal.stage) == ("Cổng mới", "Mỹ Tho", "chuẩn bị đầu tư")


def test_a_choice_of_agencies_is_shown_by_name(
    editor: Client, english: SignIn, colleague: Membership, draft: Plan, cast: Cast
) -> None:
    saved = add_line(
        draft, "tasks", {"clause": "VII.1", "name": "x", "leads": "agency:m-tc"}, actor=cast.editor
    )
    here = edit_url(draft, saved.line, "tasks")
    other = english(colleague)
    opened = form_with(other.get(here), "row_version")
    save_line(
        draft,
        "tasks",
        saved.line,
        {"leads": "agency:m-khdt"},
        actor=cast.editor,
        row_version=saved.row_version,
    )
    answer = other.post(here, opened.post(leads=["agency:m-tttt"]))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bộ Thông tin và Truyền thông" in page
    assert "Bộ Kế hoạch và Đầu tư" in page
    other.post(
        here,
        {"row_version": form_with(answer, "leads").fields["row_version"], "leads": "agency:m-tttt"},
    )
    (row,) = registry.get("tasks").read(draft)
    assert [party.token for party in row.leads] == ["agency:m-tttt"]


def test_a_script_is_given_both_values(
    editor: Client, client_for: SignIn, colleague: Membership, draft: Plan, portal: Project
) -> None:
    here, version = edit_url(draft, portal.line_id), portal.row_version
    first = editor.post(here, {"path": "name", "name": "Cổng của tỉnh", "row_version": version}, headers=JSON)
    assert first.json()["status"] == "saved"
    second = client_for(colleague).post(
        here, {"path": "name", "name": "Cổng mới", "row_version": version}, headers=JSON
    )
    assert second.status_code == 409
    said = second.json()
    assert (said["status"], said["value"], said["yours"]) == ("conflict", "Cổng của tỉnh", "Cổng mới")
    assert said["row_version"] == first.json()["row_version"]
    assert "Nguyễn Thị Biên Tập" in said["message"]


# --- What happened meanwhile


def submit(plan: Plan, cast: Cast) -> None:
    submit_plan(plan, actor=cast.approver, letter=Paper(number="1/UBND", on=date(2008, 6, 20), signer="x"))


def test_a_plan_submitted_meanwhile_says_so_and_keeps_what_was_typed(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    here = edit_url(draft, portal.line_id)
    opened = form_with(editor.get(here), "row_version")
    submit(draft, cast)
    answer = editor.post(here, opened.post(name="Tên không lưu được nữa"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tên không lưu được nữa" in page
    assert "cannot be edited" in page
    portal.refresh_from_db()
    assert portal.name != "Tên không lưu được nữa"
    said = editor.post(here, {"path": "name", "name": "x", "row_version": portal.row_version}, headers=JSON)
    assert (said.status_code, said.json()["status"]) == (409, "locked")


def test_a_submitted_plan_shows_its_lines_without_anything_to_press(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    submit(draft, cast)
    page = editor.get(edit_url(draft, portal.line_id)).content.decode()
    assert 'name="then"' not in page
    assert "disabled" in page


def test_a_new_line_for_a_plan_submitted_meanwhile_is_given_back(
    editor: Client, draft: Plan, cast: Cast
) -> None:
    here = url("line_new", draft, "projects")
    opened = form_with(editor.get(here), "line")
    submit(draft, cast)
    answer = editor.post(here, opened.post(name="Dự án mới"))
    assert answer.status_code == 422
    assert "Dự án mới" in answer.content.decode()


def test_what_was_typed_into_a_line_removed_meanwhile_can_be_added_as_a_new_one(
    editor: Client, draft: Plan, portal: Project, colleague: Membership
) -> None:
    here = edit_url(draft, portal.line_id)
    opened = form_with(editor.get(here), "row_version")
    remove_line(draft, "projects", portal.line_id, actor=colleague)
    answer = editor.post(here, opened.post(name="Cổng mới"))
    assert answer.status_code == 409
    again = form_with(answer, "line")
    assert again.action == url("line_new", draft, "projects")
    assert again.fields["name"] == "Cổng mới"
    assert editor.post(again.action, again.post()).status_code == 302
    assert Project.objects.filter(plan=draft, name="Cổng mới").count() == 1


def test_the_address_of_a_removed_line_leads_to_the_list(
    editor: Client, draft: Plan, portal: Project, colleague: Membership
) -> None:
    remove_line(draft, "projects", portal.line_id, actor=colleague)
    for name in ("line_edit", "line_remove"):
        answer = editor.get(url(name, draft, "projects", portal.line_id))
        assert (answer.status_code, answer.headers["location"]) == (302, url("plan_part", draft, "projects"))


def test_removing_asks_first_and_a_second_press_does_no_harm(
    editor: Client, draft: Plan, portal: Project
) -> None:
    here = url("line_remove", draft, "projects", portal.line_id)
    asked = editor.get(here)
    assert portal.name in asked.content.decode()
    assert Project.objects.filter(pk=portal.pk).exists()
    first, second = editor.post(here), editor.post(here)
    assert (first.status_code, second.status_code) == (302, 302)
    assert not Project.objects.filter(pk=portal.pk).exists()


def test_moving_goes_back_to_where_the_button_was(editor: Client, draft: Plan, portal: Project) -> None:
    here = url("line_move", draft, "projects", portal.line_id)
    answer = editor.post(here, {"direction": "down", "next": url("plan_part", draft, "projects")})
    assert answer.status_code == 302
    assert registry.get("projects").read(draft)[1].line == portal.line_id
    assert editor.get(here).status_code == 405


# --- Who may


def test_anothers_draft_typed_by_hand_is_not_there(
    client_for: SignIn, draft: Plan, portal: Project, cast: Cast
) -> None:
    for who in (cast.other_editor, cast.reviewer, cast.viewer):
        client = client_for(who)
        for name, line in (
            ("line_edit", portal.line_id),
            ("line_remove", portal.line_id),
            ("line_new", None),
        ):
            here = url(name, draft, "projects", line)
            assert client.get(here).status_code == 404
            assert client.post(here, {"name": "x"}).status_code == 404


def test_an_own_plan_without_the_right_says_who_may(
    english: SignIn, draft: Plan, portal: Project, cast: Cast
) -> None:
    client = english(cast.approver)
    for name, line in (("line_edit", portal.line_id), ("line_remove", portal.line_id), ("line_new", None)):
        answer = client.get(url(name, draft, "projects", line))
        assert answer.status_code == 403
        assert "Editor" in answer.content.decode()
    assert client.post(edit_url(draft, portal.line_id), {"name": "x"}).status_code == 403


@pytest.mark.parametrize("part", ["allocations", "shares", "stated_totals", "nothing"])
def test_parts_without_lines_have_no_forms(editor: Client, draft: Plan, part: str) -> None:
    assert editor.get(url("line_new", draft, part)).status_code == 404
    assert editor.get(url("line_edit", draft, part, uuid4())).status_code == 404


def test_a_line_that_never_was_is_not_there(editor: Client, draft: Plan, portal: Project) -> None:
    assert editor.get(edit_url(draft, uuid4())).status_code == 404
    assert editor.get(edit_url(draft, portal.line_id, "tasks")).status_code == 404
    assert not Task.objects.filter(plan=draft).exists()
