"""The form of a line: what it shows, what it keeps, where a save leads, with and without JavaScript."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Membership
from core.vietnamese import clean
from plans.content.editing import add_line, save_line
from plans.models import Plan, PlanDraftValue, Project
from plans.parts import registry
from plans.parts.choices import Choices
from plans.parts.columns import Kind
from plans.parts.forms import LineForm, Shown
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


# --- What a form shows


def test_each_declared_field_can_be_typed_and_reads_back_as_it_stands(draft: Plan) -> None:
    for part in registry.parts():
        if part.line_kind is None:
            continue
        texts = {column.name: "" for column in part.columns}
        form = LineForm(part, draft, Shown(texts, {}))
        assert set(form.fields) == {column.name for column in part.columns if column.editable}
        assert form.typed(form.seen()) == dict.fromkeys(form.fields, "")


def test_the_form_shows_values_as_officials_write_them(editor: Client, draft: Plan, portal: Project) -> None:
    form = form_with(editor.get(edit_url(draft, portal.line_id)), "row_version")
    assert form.fields["name"] == portal.name
    assert form.fields["total_need"] == "1.500"
    assert form.fields["lead_agency"] == "s-bcvt-82"
    assert form.fields["allocations/2009/NSDP-TT"] == "1.500"
    assert form.fields["allocations/2010/NSDP-TT"] == ""


def test_a_form_sent_back_untouched_changes_nothing(editor: Client, draft: Plan, portal: Project) -> None:
    add_line_with_everything = {
        "clause": "VII.1",
        "name": "Nhiệm vụ",
        "leads": "text:các sở\nagency:m-tttt\nclass:districts",
    }
    actor = Membership.objects.get(user__email="editor@cast.example")
    task = add_line(draft, "tasks", add_line_with_everything, actor=actor).line
    for part, line in (("projects", portal.line_id), ("tasks", task)):
        before = [registry.get(one.key).read(draft) for one in registry.parts()]
        page = editor.get(edit_url(draft, line, part))
        answer = editor.post(edit_url(draft, line, part), form_with(page, "row_version").post())
        assert answer.status_code == 302
        assert [registry.get(one.key).read(draft) for one in registry.parts()] == before


def test_a_draft_value_stands_in_its_field_with_what_is_wrong(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    save_line(
        draft,
        "projects",
        portal.line_id,
        {"total_need": "2,500"},
        actor=cast.editor,
        row_version=portal.row_version,
    )
    page = editor.get(edit_url(draft, portal.line_id))
    assert form_with(page, "row_version").fields["total_need"] == "2,500"
    assert "“2,500” can be read in two ways" in page.content.decode()
    assert f'href="#at-{portal.line_id}-total_need"' in page.content.decode()


def test_what_is_wrong_is_said_in_the_readers_language(
    client_for: SignIn, english: SignIn, draft: Plan, portal: Project, cast: Cast
) -> None:
    in_vietnamese = client_for(cast.editor)
    in_vietnamese.post(
        edit_url(draft, portal.line_id), {"total_need": "2,500", "row_version": portal.row_version}
    )
    assert PlanDraftValue.objects.filter(plan=draft).count() == 1
    assert (
        "can be read in two ways"
        in english(cast.editor).get(edit_url(draft, portal.line_id)).content.decode()
    )


def test_what_is_typed_never_becomes_markup(editor: Client, draft: Plan, portal: Project) -> None:
    evil = '"><script>alert(1)</script>'
    answer = editor.post(
        edit_url(draft, portal.line_id),
        {"name": evil, "total_need": evil, "row_version": portal.row_version},
        follow=True,
    )
    assert "<script>alert" not in answer.content.decode()
    form = form_with(answer, "row_version")
    assert (form.fields["name"], form.fields["total_need"]) == (evil, evil)


def test_five_hundred_characters_fit_and_one_more_is_kept_with_its_reason(
    editor: Client, draft: Plan, portal: Project
) -> None:
    name = "Dự án " * 83 + "ab"
    assert len(name) == 500
    page = form_with(editor.get(edit_url(draft, portal.line_id)), "row_version")
    editor.post(edit_url(draft, portal.line_id), page.post(name=name))
    portal.refresh_from_db()
    assert portal.name == name
    page = form_with(editor.get(edit_url(draft, portal.line_id)), "row_version")
    answer = editor.post(edit_url(draft, portal.line_id), page.post(name=name + "c"), follow=True)
    portal.refresh_from_db()
    assert portal.name == name
    assert form_with(answer, "row_version").fields["name"] == name + "c"
    assert "has 501 characters; at most 500 fit" in answer.content.decode()


def test_agencies_are_chosen_by_name_own_units_first(draft: Plan) -> None:
    column = registry.get("projects").columns_by_name["lead_agency"]
    assert column.kind is Kind.AGENCY
    options = Choices(draft).options(column, "m-tttt")
    groups = [option for option in options if isinstance(option[1], list)]
    own = dict(groups[0][1])
    assert {"p82", "s-bcvt-82"} <= set(own)
    keys = [key for _label, choices in groups for key, _name in choices]
    assert len(keys) == len(set(keys)) > 100
    assert "m-tttt" in keys


def test_parties_are_ticked_or_written_in_words(editor: Client, draft: Plan) -> None:
    page = form_with(editor.get(url("line_new", draft, "tasks")), "line")
    posted = page.post(
        clause="VII.1",
        name="Ban hành quy chế",
        **{
            "leads": ["agency:m-tttt", "class:provinces"],
            "leads-words": "các đoàn thể\r\n\r\nVăn phòng\u00a0Tỉnh ủy",
        },
    )
    answer = editor.post(url("line_new", draft, "tasks"), posted, follow=True)
    (row,) = registry.get("tasks").read(draft)
    assert [party.token for party in row.leads] == [
        "agency:m-tttt",
        "class:provinces",
        "text:các đoàn thể",
        "text:Văn phòng Tỉnh ủy",
    ]
    assert answer.status_code == 200
    page = form_with(editor.get(edit_url(draft, row.line, "tasks")), "row_version")
    editor.post(
        edit_url(draft, row.line, "tasks"), page.post(leads=["class:provinces"], **{"leads-words": ""})
    )
    (row,) = registry.get("tasks").read(draft)
    assert [party.token for party in row.leads] == ["class:provinces"]


# --- Where a save leads


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [("list", "plan_part"), ("next", "line_edit"), ("another", "line_new"), ("", "line_edit")],
)
def test_the_pressed_button_says_where_to_go_on(
    editor: Client, draft: Plan, portal: Project, then: str, leads_to: str
) -> None:
    page = form_with(editor.get(edit_url(draft, portal.line_id)), "row_version")
    answer = editor.post(edit_url(draft, portal.line_id), page.post(stage="x", then=then), follow=True)
    match = answer.resolver_match
    assert match is not None
    assert match.url_name == leads_to
    second = Project.objects.get(plan=draft, group_code="I", number="2").line_id
    if leads_to == "line_edit":
        assert match.kwargs["line"] == (second if then == "next" else portal.line_id)


def test_a_value_to_mend_keeps_the_person_on_the_page(editor: Client, draft: Plan, portal: Project) -> None:
    page = form_with(editor.get(edit_url(draft, portal.line_id)), "row_version")
    answer = editor.post(edit_url(draft, portal.line_id), page.post(total_need="x", then="list"), follow=True)
    assert answer.resolver_match is not None
    assert answer.resolver_match.url_name == "line_edit"


def test_the_next_new_line_goes_on_in_the_same_group(editor: Client, draft: Plan, portal: Project) -> None:
    form = form_with(editor.get(url("line_new", draft, "projects") + f"?after={portal.line_id}"), "line")
    assert form.fields["group_code"] == "I"
    assert form.fields["group_name"] == portal.group_name
    assert not Project.objects.filter(plan=draft, group_code="I", number=form.fields["number"]).exists()


def test_a_new_line_sent_twice_stands_once(editor: Client, draft: Plan) -> None:
    page = form_with(editor.get(url("line_new", draft, "projects")), "line")
    posted = page.post(name="Dự án mới")
    first = editor.post(url("line_new", draft, "projects"), posted)
    second = editor.post(url("line_new", draft, "projects"), posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Project.objects.filter(plan=draft, name="Dự án mới").count() == 1


def test_a_refused_new_line_keeps_what_was_typed(editor: Client, draft: Plan) -> None:
    page = form_with(editor.get(url("line_new", draft, "targets")), "line")
    answer = editor.post(
        url("line_new", draft, "targets"), page.post(indicator="", value="62,5", note="ghi chú")
    )
    assert answer.status_code == 422
    assert "Choose the indicator" in answer.content.decode()
    form = form_with(answer, "line")
    assert (form.fields["value"], form.fields["note"]) == ("62,5", "ghi chú")


def test_the_outlines_guidance_stands_beside_its_section(editor: Client, draft: Plan) -> None:
    section = next(row for row in registry.get("sections").read(draft) if row.number == "I")
    item = draft.programme.outline.get(number="I")
    page = clean(editor.get(edit_url(draft, section.line, "sections")).content.decode(), multiline=True)
    assert not item.guidance or item.guidance.splitlines()[0][:40] in page


# --- Field by field


def test_a_script_saves_one_field_and_leaves_the_others(editor: Client, draft: Plan, portal: Project) -> None:
    posted = {"path": "total_need", "total_need": "2500", "row_version": portal.row_version}
    said = editor.post(edit_url(draft, portal.line_id), posted, headers=JSON).json()
    assert (said["status"], said["value"], said["message"]) == ("saved", "2.500", "")
    assert said["row_version"] == portal.row_version + 1
    name = portal.name
    portal.refresh_from_db()
    assert (portal.total_need, portal.name) == (Decimal(2500), name)


def test_a_script_hears_what_is_wrong_and_of_a_field_that_healed_with_it(
    editor: Client, draft: Plan, portal: Project
) -> None:
    here = edit_url(draft, portal.line_id)
    said = editor.post(
        here, {"path": "year_from", "year_from": "2011", "row_version": portal.row_version}, headers=JSON
    ).json()
    assert said["status"] == "invalid"
    assert said["message"]
    posted = {"path": "year_to", "year_to": "2012", "row_version": said["row_version"]}
    said = editor.post(here, posted, headers=JSON).json()
    assert {path: one["status"] for path, one in said["fields"].items()} == {
        "year_to": "saved",
        "year_from": "saved",
    }


def test_a_field_that_was_not_sent_was_not_emptied(editor: Client, draft: Plan, portal: Project) -> None:
    objective = portal.objective
    editor.post(edit_url(draft, portal.line_id), {"name": "Cổng", "row_version": portal.row_version})
    portal.refresh_from_db()
    assert (portal.name, portal.objective) == ("Cổng", objective)
