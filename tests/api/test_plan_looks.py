"""What the API shows of plans, and what it takes from elsewhere: as the pages do."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from plans.content.actions import create_plan
from plans.content.assigning import lines_without_lead
from plans.filters import PlanFilter
from plans.models import LineReporter, Plan, Programme, Project
from plans.parts import registry
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.plan_calls import PLAN, tag_of
from tests.cast import Cast
from tests.plans import moves

pytestmark = pytest.mark.django_db

NATIONAL = "plans/43-2008-qd-ttg/1"
NOWHERE = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def codes_of(answer: Any) -> list[str]:
    return [one["code"] for one in answer.json()["results"]]


# --- The list ---------------------------------------------------------------------------------------------


def test_the_list_is_that_of_the_page(plan: Plan, api: CallerFor, cast: Cast) -> None:
    for membership in (cast.editor, cast.reviewer, cast.viewer):
        shown = Plan.objects.visible_to(membership).in_order().values_list("code", flat=True)
        assert codes_of(api(membership, "read").get("plans/", page_size=200)) == list(shown)
    own, foreign = api(cast.editor, "read"), api(cast.viewer, "read")
    assert plan.code in codes_of(own.get("plans/", state="draft"))
    assert codes_of(foreign.get("plans/", state="draft")) == []
    assert codes_of(own.get("plans/", programme="2008", kind="national")) == ["43-2008-qd-ttg"]
    assert "605-qd-ubnd" in codes_of(own.get("plans/", q="tien giang", agency_class="provinces"))
    assert codes(own.get("plans/", programme="1999")) == [("invalid_choice", "programme")]
    assert codes(own.get("plans/", agency="p82")) == [("unknown_parameter", "agency")]


def test_the_filters_are_all_of_the_page(api: CallerFor, cast: Cast) -> None:
    said = problem(api(cast.viewer, "read").get("plans/", nothing="1"))["findings"][0]["detail"]
    assert all(name in said for name in PlanFilter.base_filters)


def test_the_list_as_a_file_holds_what_the_filters_leave(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    answer = caller.get("plans/export.xlsx", programme="2008", headers={"Accept": "text/plain"})
    assert answer["Content-Disposition"] == 'attachment; filename="ke-hoach.xlsx"'
    (sheet,) = load_workbook(BytesIO(answer.content)).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    count = caller.get("plans/", programme="2008").json()["count"]
    assert sum("43-2008-qd-ttg" in row for row in rows) == 1
    assert sum(any(isinstance(one, int) for one in row) for row in rows) == count
    assert codes(caller.get("plans/export.xlsx", page="1")) == [("unknown_parameter", "page")]


# --- One plan ---------------------------------------------------------------------------------------------


def test_a_plan_in_force_says_its_decision_its_document_and_how_much_it_holds(
    api: CallerFor, cast: Cast
) -> None:
    said = api(cast.viewer, "read").get("plans/605-qd-ubnd/1/").json()
    assert (said["document"], said["registered"], said["state"]) == ("605-qd-ubnd", True, "approved")
    assert (said["decision_number"], said["in_force_to"]) == ("605/QĐ-UBND", None)
    parts = {one["part"]: one for one in said["parts"]}
    assert [*parts] == [part.key for part in registry.parts()]
    assert parts["projects"]["rows"] == Project.objects.filter(plan__code="605-qd-ubnd").count()
    assert (said["standing"]["turn_of"], said["standing"]["mine"]) == ("nobody", False)
    assert (said["acts"], said["may_edit"]) == ([], False)
    assert [one["reason"] for one in said["revisions"]] == ["register"]


def test_the_note_of_the_leader_stays_in_the_agency(plan: Plan, api: CallerFor, cast: Cast) -> None:
    moves.returned(plan, cast)
    Plan.objects.filter(pk=plan.pk).update(hand_back_note="Xem lại mục V.")
    assert api(cast.editor).get(f"{PLAN}/").json()["hand_back_note"] == "Xem lại mục V."
    assert api(cast.reviewer).get(f"{PLAN}/").json()["hand_back_note"] == ""
    inside = {"hand_over", "hand_back"}
    own, other = api(cast.editor).get(f"{PLAN}/history/"), api(cast.reviewer).get(f"{PLAN}/history/")
    assert inside & {one["verb"] for one in own.json()["entries"]} == {"hand_over"}
    assert not inside & {one["verb"] for one in other.json()["entries"]}


def test_a_comparison_names_what_it_compares_with(plan: Plan, api: CallerFor, cast: Cast) -> None:
    editor = api(cast.editor)
    assert editor.get(f"{PLAN}/compare/").json() == {"bases": [], "basis": None, "facts": [], "lines": []}
    moves.returned(plan, cast)
    Plan.objects.filter(pk=plan.pk).update(title="Kế hoạch mới", route="written")
    said = editor.get(f"{PLAN}/compare/?with=1").json()
    assert [one["name"] for one in said["facts"]] == ["title", "route"]
    assert said["facts"][1] == {"name": "route", "old": "", "new": "written"}
    for asked in ("9", "v1", "x"):
        assert codes(editor.get(f"{PLAN}/compare/?with={asked}")) == [("basis_unknown", "with")]


# --- From elsewhere ---------------------------------------------------------------------------------------


def take(caller: Caller, source: Any, *lines: Any) -> Any:
    body = {"source": source, "lines": [str(line) for line in lines]}
    return caller.post(f"{PLAN}/take/", body, If_Match=tag_of(caller))


def test_lines_come_from_plans_that_may_be_read_alone(plan: Plan, api: CallerFor, cast: Cast) -> None:
    editor = api(cast.editor)
    source = {"code": "605-qd-ubnd", "version": 1}
    line = registry.get("projects").read(Plan.objects.get(code="605-qd-ubnd"))[0].line
    hidden = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    for other in (
        {**source, "version": 9},
        {"code": hidden.code, "version": 1},
        {"code": plan.code, "version": 1},
    ):
        assert codes(take(editor, other, line)) == [("source_plan", "/source")]
        asked = f"{other['code']}/{other['version']}"
        assert codes(editor.get(f"{PLAN}/take/", source=asked)) == [("source_plan", "source")]
    assert codes(take(editor, source, line, NOWHERE, NOWHERE)) == [
        ("line_unknown", "/lines/1"),
        ("line_unknown", "/lines/2"),
    ]
    assert codes(take(editor, source)) == [("min_length", "/lines")]
    assert codes(take(editor, source, *[NOWHERE] * 5_001)) == [("max_length", "/lines")]
    taken = take(editor, source, line)
    assert (taken.status_code, taken.json()["added"]["projects"]) == (200, 1)
    # What is carved out of the agency's own plan is noted as such.
    assert taken.json()["plan"]["route"] == "carved_out"
    assert codes(take(editor, source, line)) == [("nothing_taken", "/lines")]
    parts = editor.get(f"{PLAN}/take/", source="605-qd-ubnd/1").json()["parts"]
    barred = {one["line"]: one["barred"] for part in parts for one in part["lines"] if one["barred"]}
    assert barred[str(line)] == "taken already"


def test_a_new_plan_is_refused_with_its_reason(plan: Plan, api: CallerFor, cast: Cast) -> None:
    editor = api(cast.editor)
    bodies = [
        ({"programme": "2009-2010"}, [("plan_exists", "/programme")]),
        ({"programme": "2099"}, [("programme_unknown", "/programme")]),
        ({"programme": "2007-2010-tien-giang", "route": "written"}, [("route_not_asked", "/route")]),
    ]
    for body, found in bodies:
        answer = editor.post("plans/", body)
        assert (answer.status_code, codes(answer)) == (422, found)
    body = {"programme": "2009-2010", "route": "by mail", "title": "x" * 2_000, "code": "mine"}
    assert codes(editor.post("plans/", body)) == [
        ("unknown_field", "/code"),
        ("max_length", "/title"),
        ("invalid_choice", "/route"),
    ]
    # The lead agency's unit plans in no programme of provinces.
    assert codes(api(cast.lead_editor).post("plans/", {"programme": "2007-2010-tien-giang"})) == [
        ("not_planning", "/programme")
    ]


# --- Who reports ------------------------------------------------------------------------------------------


def test_a_line_without_a_lead_is_assigned_and_taken_back(api: CallerFor, cast: Cast) -> None:
    admin, viewer = api(cast.admin), api(cast.viewer, "read")
    (free, *_) = lines_without_lead(registry.read_content(Plan.objects.get(code="43-2008-qd-ttg")))
    body = {"lines": [str(free.line)], "party": "class:provinces", "basis": "Công văn số 12"}
    made = admin.post(f"{NATIONAL}/assignments/", body, Idempotency_Key="assign-1")
    assert made.status_code == 201, made.content
    (assignment,) = made.json()["assigned"]
    assert (assignment["party"], assignment["on"]) == ("class:provinces", "2008-06-20")
    again = admin.post(f"{NATIONAL}/assignments/", body, Idempotency_Key="assign-1")
    assert (again.json(), LineReporter.objects.count()) == (made.json(), 1)
    shown = viewer.get(f"{NATIONAL}/assignments/").json()["lines"]
    assert [one["assigned"] for one in shown if one["line"] == str(free.line)] == [[assignment]]

    address = f"{NATIONAL}/assignments/{assignment['id']}/withdraw/"
    assert admin.post(address).json() == {"assigned": []}
    assert (
        admin.post(address).status_code,
        admin.post(f"{NATIONAL}/assignments/9999/withdraw/").status_code,
    ) == (
        409,
        404,
    )


def test_an_assignment_is_refused_at_its_field(api: CallerFor, cast: Cast) -> None:
    admin, plan = api(cast.admin), Plan.objects.get(code="43-2008-qd-ttg")
    content = registry.read_content(plan)
    free = str(lines_without_lead(content)[0].line)
    led = str(next(row.line for row in content["tasks"] if row.leads))
    body = {"lines": [free], "party": "class:provinces", "basis": "Công văn số 12"}
    cases: list[tuple[dict[str, Any], int, list[tuple[str, str]]]] = [
        ({"lines": [NOWHERE, free]}, 422, [("line_unknown", "/lines/0")]),
        ({"lines": [led]}, 422, [("line_has_lead", "/lines")]),
        ({"lines": [free, free]}, 422, [("line_twice", "/lines")]),
        ({"party": "agency:p999"}, 422, [("party_does_not_report", "/party")]),
        ({"party": "text:ai đó"}, 400, [("invalid", "/party")]),
        ({"on": "2008-06-21"}, 422, [("assigned_in_future", "/on")]),
        ({"on": "2001-01-01"}, 422, [("assigned_before_plan", "/on")]),
        ({"basis": ""}, 400, [("blank", "/basis")]),
    ]
    for change, status, found in cases:
        answer = admin.post(f"{NATIONAL}/assignments/", {**body, **change})
        assert (answer.status_code, codes(answer)) == (status, found)
    assert not LineReporter.objects.exists()
