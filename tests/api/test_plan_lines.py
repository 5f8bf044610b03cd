"""Lines of a plan through the API: one JSON for every part, changes by field, nothing unreadable is kept."""

from typing import Any
from uuid import UUID

import pytest

from plans.content.editing import save_line
from plans.models import LineEdit, Plan, PlanDraftValue, PlanLine, Project
from plans.parts import registry
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.plan_lines import Line, draft_with_projects, lines_of, read_all, web_portal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Plan:
    return draft_with_projects(cast)


@pytest.fixture
def editor(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.editor)


@pytest.fixture
def portal(editor: Caller, draft: Plan) -> Line:
    return web_portal(editor, draft)


# --- What is read


def test_the_dictionary_says_what_is_declared(api: CallerFor, cast: Cast) -> None:
    said = api(cast.viewer, "read").get("plans/605-qd-ubnd/1/parts/").json()["parts"]
    assert [one["part"] for one in said] == [part.key for part in registry.parts()]
    for one in said:
        part = registry.get(one["part"])
        assert [(column["name"], column["kind"]) for column in one["columns"]] == [
            (column.name, column.kind.value) for column in part.columns
        ]
        assert (one["extends"], one["writable"]) == (part.extends, part.line_kind is not None)
        assert one["lines"].endswith(f"/api/v1/{lines_of(Plan.objects.get(code='605-qd-ubnd'), part.key)}")
    projects = {one["part"]: one for one in said}["projects"]
    assert projects["extended_by"] == ["allocations", "shares"]
    need = next(column for column in projects["columns"] if column["name"] == "total_need")
    assert (need["label"], need["unit"], need["required"], need["writable"]) == (
        "Total need",
        "million VND",
        False,
        True,
    )
    allocations = {one["part"]: one for one in said}["allocations"]
    assert (allocations["cell_keys"], allocations["cell_value"]) == (["year", "source"], "amount")
    targets = {one["part"]: one for one in said}["targets"]
    comparator = next(column for column in targets["columns"] if column["name"] == "comparator")
    assert {"value": ">=", "label": "≥"} in comparator["choices"]


def test_every_part_is_read_as_its_frozen_rows(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    for code in ("605-qd-ubnd", "43-2008-qd-ttg"):
        plan = Plan.objects.get(code=code)
        for part in registry.parts():
            rows = read_all(caller, plan, part.key)
            stored = part.dump(part.read_some(part.queryset(plan)))
            columns = [column.name for column in part.columns]
            assert [{name: row[name] for name in ("line", *columns)} for row in rows] == [
                {name: row[name] for name in ("line", *columns)} for row in stored
            ], (code, part.key)
            assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
            assert {row["part"] for row in rows} <= {part.key}


def test_money_stands_nested_in_its_project(api: CallerFor, cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    caller = api(cast.viewer, "read")
    nested = {
        (row["line"], year, source, amount)
        for row in read_all(caller, plan, "projects")
        for year, cells in row["allocations"].items()
        for source, amount in cells.items()
    }
    listed = {
        (row["line"], str(row["year"] or "*"), row["source"] or "*", row["amount"])
        for row in read_all(caller, plan, "allocations")
    }
    assert nested == listed
    shared = read_all(caller, Plan.objects.get(code="43-2008-qd-ttg"), "projects")
    assert max(len(row["shares"]) for row in shared) == 49


def test_what_a_page_kept_as_typed_is_shown_until_a_good_value_comes(
    draft: Plan, portal: Line, cast: Cast
) -> None:
    raw = {"total_need": "1,5 tỷ", "allocations/2010/NSDP-TT": "2,500"}
    save_line(draft, "projects", UUID(portal.data["line"]), raw, actor=cast.editor, row_version=1)
    portal.read()
    assert [(one["path"], one["typed"], one["code"]) for one in portal.data["unreadable"]] == [
        ("allocations/2010/NSDP-TT", "2,500", "money_ambiguous"),
        ("total_need", "1,5 tỷ", "money_notation"),
    ]
    assert portal.data["total_need"] == "1500"
    # The stored value again is a good one too.
    answer = portal.patch(total_need="1500", allocations={"2010": {"NSDP-TT": "2500"}})
    assert (answer.status_code, answer.json()["unreadable"]) == (200, [])
    assert answer.json()["allocations"] == {"2009": {"NSDP-TT": "1500"}, "2010": {"NSDP-TT": "2500"}}
    assert not PlanDraftValue.objects.filter(plan=draft).exists()


# --- What is written


def test_a_new_line_stands_behind_its_group_and_has_an_address(
    editor: Caller, draft: Plan, cast: Cast
) -> None:
    body = {
        "group_code": "I",
        "name": "Trung tâm tích hợp dữ liệu",
        "lead_agency": "p82",
        "year_from": 2009,
        "year_to": 2010,
        "total_need": "1200.5",
        "allocations": {"2009": {"NSTW-HTDP": "600.25"}, "2010": {"NSTW-HTDP": "600.25"}},
    }
    answers = [editor.post(lines_of(draft, "projects"), body, Idempotency_Key="new-1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    made = answers[0].json()
    assert answers[1].json() == made
    assert Project.objects.filter(plan=draft, name=body["name"]).count() == 1
    assert {name: made[name] for name in body} == body
    group = [row["line"] for row in read_all(editor, draft, "projects") if row["group_code"] == "I"]
    assert group[-1] == made["line"]
    address = answers[0]["Location"].removeprefix("http://testserver")
    again = editor.get(address)
    assert (again.json(), again["ETag"]) == (made, answers[0]["ETag"])
    assert editor.get(address, headers={"If-None-Match": again["ETag"]}).status_code == 304
    edits = LineEdit.objects.filter(plan=draft, line=made["line"]).order_by("id")
    assert [(edit.path, edit.new) for edit in edits][:3] == [
        ("", "+"),
        ("group_code", "I"),
        ("name", body["name"]),
    ]
    assert {edit.by for edit in edits} == {cast.editor.user}


def test_a_change_names_its_fields_and_leaves_the_rest(portal: Line, draft: Plan, cast: Cast) -> None:
    before = portal.data
    answer = portal.patch(
        total_need="2500.5",
        year_to=2010,
        note="theo\r\nquyết định",
        allocations={"2009": {"NSDP-TT": None}, "2010": {"NSDP-SN": "10", "*": "0"}},
    )
    assert answer.status_code == 200, answer.content
    after = answer.json()
    changed = {
        "total_need": "2500.5",
        "year_to": 2010,
        "note": "theo\nquyết định",
        "allocations": {"2010": {"NSDP-SN": "10", "*": "0"}},
        "row_version": before["row_version"] + 1,
        "etag": after["etag"],
    }
    assert after == {**before, **changed}
    assert answer["ETag"] != portal.tag
    assert answer["ETag"].startswith(after["etag"][:-1])
    emptied = Line(portal.caller, portal.url, {}, after["etag"]).patch(total_need=None, note="", year_to=None)
    assert [emptied.json()[name] for name in ("total_need", "note", "year_to")] == [None, "", None]
    edits = LineEdit.objects.filter(plan=draft, line=before["line"], path="total_need").order_by("id")
    assert [(edit.old, edit.new) for edit in edits] == [("1.500", "2.500,5"), ("2.500,5", "")]


WRONG: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    ("projects", {"name": ""}, [("required", "/name")]),
    ("projects", {"name": None}, [("not_text", "/name")]),
    ("projects", {"name": "ư" * 501}, [("too_long", "/name")]),
    ("projects", {"total_need": 1500}, [("number_as_json", "/total_need")]),
    ("projects", {"total_need": "1.500,5"}, [("no_number", "/total_need")]),
    ("projects", {"total_need": "-5"}, [("money_negative", "/total_need")]),
    ("projects", {"total_need": "10000001"}, [("money_too_large", "/total_need")]),
    ("projects", {"total_need": "0.0000001"}, [("money_too_fine", "/total_need")]),
    ("projects", {"year_from": "2009"}, [("not_integer", "/year_from")]),
    ("projects", {"year_from": True}, [("not_integer", "/year_from")]),
    ("projects", {"year_from": 9}, [("year_notation", "/year_from")]),
    ("projects", {"year_from": 2011}, [("refused_value", "/year_from")]),
    ("projects", {"lead_agency": "p999"}, [("unknown_reference", "/lead_agency")]),
    ("projects", {"lead_agency": "p8\0" + "2" * 300}, [("too_long", "/lead_agency")]),
    ("projects", {"search_key": "x"}, [("unknown_field", "/search_key")]),
    ("projects", {"row_version": 2}, [("not_written", "/row_version")]),
    ("projects", {"line": None}, [("not_written", "/line")]),
    ("projects", {"years_printed": "2009"}, [("not_written", "/years_printed")]),
    ("projects", {"shares": {"p82": "1"}}, [("not_written", "/shares")]),
    ("projects", {"a/b": 1, "c~d": 1}, [("unknown_field", "/a~1b"), ("unknown_field", "/c~0d")]),
    ("projects", {"allocations": "5"}, [("not_object", "/allocations")]),
    ("projects", {"allocations": {"2009": "5"}}, [("not_object", "/allocations/2009")]),
    ("projects", {"allocations": {"2009": {"NSTW": "5"}}}, [("unknown_path", "/allocations/2009/NSTW")]),
    ("projects", {"allocations": {"2/9": {"NSDP-TT": "5"}}}, [("unknown_path", "/allocations/2~19/NSDP-TT")]),
    ("projects", {"allocations": {"09": {"NSDP-TT": "5"}}}, [("unknown_path", "/allocations/09/NSDP-TT")]),
    (
        "projects",
        {"allocations": {"2009": {"NSDP-TT": "x", "NSDP-SN": "-1"}, "2011": {"NSDP-TT": "1"}}},
        [
            ("no_number", "/allocations/2009/NSDP-TT"),
            ("money_negative", "/allocations/2009/NSDP-SN"),
            ("year_outside", "/allocations/2011/NSDP-TT"),
        ],
    ),
    ("tasks", {"due_on": "30/06/2008"}, [("day", "/due_on")]),
    ("tasks", {"leads": "agency:p82"}, [("not_parties", "/leads")]),
    ("tasks", {"leads": ["agency:p82", "agency:p999"]}, [("unknown_reference", "/leads")]),
    ("tasks", {"clause": ""}, [("required", "/clause")]),
    ("targets", {"comparator": "~"}, [("unknown_choice", "/comparator")]),
    ("targets", {"value_to": "50"}, [("refused_value", "/value_to")]),
    ("targets", {"value": "12345678901234567890"}, [("refused_value", "/value")]),
]  # fmt: skip
"""What is sent to a line that stands, and each finding with its pointer."""

GOOD: dict[str, dict[str, Any]] = {
    "tasks": {"clause": "VII.1", "name": "Ban hành quy chế", "leads": ["agency:p82", "text:các huyện"]},
    "targets": {"indicator": "officials-using-email", "year": 2010, "comparator": ">=", "value": "60"},
    "baselines": {"indicator": "officials-using-email", "as_of": "2008-06-01", "value": "39.2"},
    "sections": {"number": "IX", "heading": "Phụ lục", "body": "Một\n\nHai"},
}


def test_what_is_wrong_is_said_at_once_and_nothing_is_kept(editor: Caller, draft: Plan, portal: Line) -> None:
    lines = {"projects": portal}
    for part, body in GOOD.items():
        answer = editor.post(lines_of(draft, part), body)
        assert answer.status_code == 201, answer.content
        assert {name: answer.json()[name] for name in body} == body
        lines[part] = Line.at(editor, draft, part, answer.json()["line"])
    edits = LineEdit.objects.count()
    for part, body, wanted in WRONG:
        answer = lines[part].patch(note="this is good, and not kept either", **body)
        assert (answer.status_code, problem(answer)["code"]) == (422, "lines_refused"), body
        assert sorted(codes(answer)) == sorted(wanted), body
    every = lines["projects"].patch(total_need="x", name="", year_from=2011, nothing=1, note="y")
    assert sorted(codes(every)) == [
        ("no_number", "/total_need"),
        ("refused_value", "/year_from"),
        ("required", "/name"),
        ("unknown_field", "/nothing"),
    ]
    assert LineEdit.objects.count() == edits
    assert not PlanDraftValue.objects.filter(plan=draft).exists()
    for line in lines.values():
        assert line.data == line.read()


def test_a_new_line_needs_what_is_required_and_says_all_of_it(editor: Caller, draft: Plan) -> None:
    def post(part: str, body: Any) -> Any:
        return editor.post(lines_of(draft, part), body)

    before = PlanLine.objects.count()
    assert codes(post("projects", {"total_need": "x"})) == [
        ("no_number", "/total_need"),
        ("required", "/name"),
    ]
    assert sorted(codes(post("tasks", {"note": "x"}))) == [("required", "/clause"), ("required", "/name")]
    assert sorted(codes(post("targets", {"value": "x", "year": 10**9}))) == [
        ("indicator_missing", "/indicator"),
        ("no_number", "/value"),
        ("required", "/comparator"),
        ("year_notation", "/year"),
    ]
    assert codes(post("targets", {"indicator": "no-such", "year": 2010, "comparator": ">="})) == [
        ("indicator_missing", "/indicator")
    ]
    empty: list[dict[str, Any]] = [{}, {"name": " \u200b "}, {"allocations": {}}]
    for body in empty:
        assert codes(post("projects", body)) == [("empty_line", "")]
    for nothing in ([], "x", None, [{"name": "x"}]):
        refused = post("projects", b"null" if nothing is None else nothing)
        assert codes(refused) == [("not_object", "")]
    assert post("projects", b"{").status_code == 400
    assert PlanLine.objects.count() == before
