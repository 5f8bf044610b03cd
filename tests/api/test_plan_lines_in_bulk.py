"""Many lines of a plan in one request: all or nothing, everything wrong said at once, within a limit."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from agencies import audit
from agencies.models import AuditEntry
from plans.content.actions import create_plan
from plans.models import LineEdit, Plan, PlanLine, Programme
from plans.parts import registry
from plans.versions.chronicle import entries_of
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.plan_lines import draft_with_projects, lines_of, read_all
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Plan:
    return draft_with_projects(cast)


@pytest.fixture
def editor(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.editor)


def send(caller: Caller, plan: Plan, rows: Any, part: str = "projects", **more: Any) -> Any:
    headers = {"Idempotency_Key": more.pop("key")} if "key" in more else {}
    return caller.post(f"{lines_of(plan, part)}bulk/", {"rows": rows, **more}, **headers)


def project(number: int, **more: Any) -> dict[str, Any]:
    """A project with six amounts."""
    money = {
        year: {"NSTW-HTDP": "10", "NSDP-TT": "20.5", "NSDP-SN": str(number)} for year in ("2009", "2010")
    }
    return {
        "name": f"Dự án số {number}",
        "group_code": "IX",
        "lead_agency": "p82",
        "allocations": money,
        **more,
    }


def counts(plan: Plan) -> tuple[int, int, int]:
    content = registry.read_content(plan)
    rows = len(content["projects"]), len(content["allocations"])
    return *rows, LineEdit.objects.filter(plan=plan).count()


def test_rows_are_added_and_changed_in_one_transaction(editor: Caller, draft: Plan, cast: Cast) -> None:
    first, second, third = read_all(editor, draft, "projects")[:3]
    rows = [
        project(1),
        {"line": first["line"], "row_version": 1, "note": "mới", "allocations": {"2009": {"NSDP-TT": None}}},
        {"line": second["line"].upper(), "row_version": 1, "name": second["name"]},
        project(2, line=None, row_version=None),
    ]
    answer = send(editor, draft, rows)
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["added"], said["changed"], said["unchanged"], said["dry_run"]) == (2, 1, 1, False)
    assert [one["outcome"] for one in said["lines"]] == ["added", "changed", "unchanged", "added"]
    now = {row["line"]: row for row in read_all(editor, draft, "projects")}
    assert [now[one["line"]]["row_version"] for one in said["lines"]] == [
        one["row_version"] for one in said["lines"]
    ]
    made = now[said["lines"][0]["line"]]
    assert {name: made[name] for name in rows[0]} == rows[0]
    assert list(now)[-2:] == [said["lines"][0]["line"], said["lines"][3]["line"]]
    assert (now[first["line"]]["note"], now[first["line"]]["allocations"]) == ("mới", {})
    assert now[second["line"]] == second
    assert now[third["line"]] == third
    edits = LineEdit.objects.filter(plan=draft, line=first["line"]).order_by("id")
    assert [(edit.path, edit.old, edit.new) for edit in edits][-2:] == [
        ("note", "", "mới"),
        ("allocations/2009/NSDP-TT", "1.500", ""),
    ]
    entry = AuditEntry.objects.get(verb="save_lines")
    assert json.loads(entry.data) == {"part": "projects", "added": 2, "changed": 1}
    assert audit.verify().broken_at is None
    notes = [one["note"] for one in entries_of(draft, [], own=True) if one["verb"] == "save_lines"]
    assert len(notes) == 1


def test_everything_wrong_is_said_at_once_with_its_place(editor: Caller, draft: Plan, cast: Cast) -> None:
    first, second, third, fourth = read_all(editor, draft, "projects")[:4]
    assert send(editor, draft, [{"line": first["line"], "row_version": 1, "stage": "x"}]).status_code == 200
    before = counts(draft)
    rows = [
        project(1),
        project(2, allocations={"2009": {"NSTW": "5", "NSDP-TT": "-1"}, "2031": {"NSDP-TT": "1"}}),
        {"line": first["line"], "row_version": 1, "stage": "y", "total_need": "1500"},
        {"line": second["line"], "stage": "y"},
        {"line": third["line"], "row_version": 1, "nothing": 1, "total_need": 5, "year_from": 2099},
        {"line": "00000000-0000-0000-0000-000000000000", "row_version": 1, "name": "x"},
        {"line": third["line"], "row_version": 1, "name": "x"},
        {"line": "no uuid", "row_version": "1"},
        {"row_version": 3, "name": "x"},
        {"note": "x", "lead_agency": "p999"},
        {},
        "a project",
        {"line": fourth["line"], "row_version": 1, "note": "nothing wrong here, and not kept"},
    ]
    answer = send(editor, draft, rows)
    assert (answer.status_code, problem(answer)["code"]) == (409, "conflict")
    # Whoever names a source that takes no money is told which do.
    assert "NSDP-TT, NSDP-SN" in problem(answer)["findings"][0]["detail"]
    assert codes(answer) == [
        ("unknown_path", "/rows/1/allocations/2009/NSTW"),
        ("money_negative", "/rows/1/allocations/2009/NSDP-TT"),
        ("year_outside", "/rows/1/allocations/2031/NSDP-TT"),
        ("conflict", "/rows/2/stage"),
        ("row_version_missing", "/rows/3/row_version"),
        ("unknown_field", "/rows/4/nothing"),
        ("number_as_json", "/rows/4/total_need"),
        ("refused_value", "/rows/4/year_from"),
        ("line_unknown", "/rows/5/line"),
        ("line_twice", "/rows/6/line"),
        ("not_uuid", "/rows/7/line"),
        ("not_integer", "/rows/7/row_version"),
        ("row_version_alone", "/rows/8/row_version"),
        ("unknown_reference", "/rows/9/lead_agency"),
        ("required", "/rows/9/name"),
        ("empty_line", "/rows/10"),
        ("not_object", "/rows/11"),
    ]
    found = problem(answer)["findings"]
    assert (found[0]["line"], found[3]["line"], found[3]["value"]) == ("", first["line"], "x")
    assert problem(answer)["detail"].startswith("Somebody else saved what you would change.")
    mended = send(editor, draft, [*rows[:2], *rows[3:]])
    assert (mended.status_code, problem(mended)["code"]) == (422, "lines_refused")
    assert problem(mended)["detail"] == "16 values cannot be taken; nothing was saved."
    assert counts(draft) == before
    assert AuditEntry.objects.filter(verb="save_lines").count() == 1


def test_what_stands_around_the_rows_is_judged_too(editor: Caller, draft: Plan) -> None:
    url = f"{lines_of(draft, 'projects')}bulk/"
    for body, wanted in (
        ([], [("not_object", "")]),
        ({}, [("not_rows", "/rows")]),
        ({"rows": []}, [("not_rows", "/rows")]),
        ({"rows": {"0": project(1)}}, [("not_rows", "/rows")]),
        (
            {"rows": [project(1)], "dry_run": "yes", "upsert": 1},
            [("unknown_field", "/upsert"), ("not_boolean", "/dry_run")],
        ),
    ):
        answer = editor.post(url, body)
        assert (answer.status_code, codes(answer)) == (400, wanted), body


def test_a_dry_run_says_what_would_come_of_it(editor: Caller, draft: Plan) -> None:
    before = counts(draft)
    first = read_all(editor, draft, "projects")[0]
    rows = [project(1), {"line": first["line"], "row_version": 1, "note": "x"}]
    answer = send(editor, draft, rows, dry_run=True)
    assert answer.json() == {
        "dry_run": True,
        "added": 1,
        "changed": 1,
        "unchanged": 0,
        "lines": [
            {"line": None, "row_version": None, "outcome": "added"},
            {"line": first["line"], "row_version": 2, "outcome": "changed"},
        ],
    }
    assert codes(send(editor, draft, [project(1, name="")], dry_run=True)) == [("required", "/rows/0/name")]
    assert counts(draft) == before
    assert not AuditEntry.objects.filter(verb="save_lines").exists()


def test_the_same_request_under_its_key_adds_once(editor: Caller, draft: Plan) -> None:
    answers = [send(editor, draft, [project(1)], key="bulk-1") for _n in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    other = send(editor, draft, [project(2)], key="bulk-1")
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency_key_reused")
    # What was refused is not kept: mended, it may be sent again.
    assert send(editor, draft, [project(3, name="")], key="bulk-2").status_code == 422
    assert send(editor, draft, [project(3)], key="bulk-2").status_code == 200
    assert counts(draft)[0] == 28


def test_too_many_rows_are_refused_before_any_is_looked_at(
    editor: Caller, draft: Plan, settings: Settings
) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = send(editor, draft, [{}] * 50_000, key="many")
    assert (answer.status_code, problem(answer)["code"]) == (413, "too_large")
    assert problem(answer)["detail"] == "50000 rows are too many: send at most 5000 in one request."
    assert len(queries) == 2  # who calls, and how often
    settings.API_BULK_ROWS = 2
    assert send(editor, draft, [project(n) for n in range(3)]).status_code == 413
    assert send(editor, draft, [project(n) for n in range(2)]).status_code == 200
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    large = send(editor, draft, [project(1, objective="x" * 2_000_000)])
    assert (large.status_code, "1 MB" in problem(large)["detail"]) == (413, True)


def test_many_rows_take_hardly_more_statements_than_few(editor: Caller, draft: Plan) -> None:
    def cost(rows: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
        with CaptureQueriesContext(connection) as queries:
            answer = send(editor, draft, rows)
        assert answer.status_code == 200, answer.content
        return len(queries), answer.json()["lines"]

    few, _lines = cost([project(n) for n in range(2)])
    many, lines = cost([project(n) for n in range(100)])
    # SQLite takes 999 parameters in a statement, so that rows go in several; PostgreSQL takes all at once.
    assert many <= few + (30 if connection.vendor == "sqlite" else 2)
    changes = [
        {**one, "note": "x", "year_from": 2009, "year_to": 2010, "allocations": {"2009": {"NSDP-SN": "7"}}}
        for one in ({"line": line["line"], "row_version": line["row_version"]} for line in lines)
    ]
    few, _lines = cost(changes[:2])
    many, _lines = cost(changes[2:])
    assert many <= few + (10 if connection.vendor == "sqlite" else 2)


def test_every_part_takes_rows(editor: Caller, draft: Plan) -> None:
    parts: dict[str, list[dict[str, Any]]] = {
        "tasks": [
            {
                "clause": f"VII.{n}",
                "name": f"Việc {n}",
                "leads": ["agency:p82", "class:provinces", f"text:đơn vị {n}"],
                "co": ["group:pilot-2008"],
                "due_on": "2009-06-30",
            }
            for n in (2, 1, 3)
        ],
        "targets": [
            {"indicator": "officials-using-email", "year": year, "comparator": ">=", "value": "60.5"}
            for year in (2009, 2010)
        ],
        "baselines": [{"indicator": "officials-using-email", "numerator": "60", "denominator": "100"}],
        "sections": [{"number": "IX", "heading": "Phụ lục", "body": "Một\n\nHai"}],
    }
    for part, rows in parts.items():
        answer = send(editor, draft, rows, part)
        assert answer.status_code == 200, answer.content
        stored = {row["line"]: row for row in read_all(editor, draft, part)}
        for row, said in zip(rows, answer.json()["lines"], strict=True):
            assert {name: stored[said["line"]][name] for name in row} == row
    assert [row["clause"] for row in read_all(editor, draft, "tasks")] == ["VII.1", "VII.2", "VII.3"]
    due = [(row["due_on"], row["agency"]) for row in read_all(editor, draft, "targets")]
    assert due == [("2009-12-31", "p82"), ("2010-12-31", "p82")]


def test_the_lines_of_a_plan_in_force_come_back_as_they_were(editor: Caller, cast: Cast) -> None:
    """QĐ 605 of Tiền Giang read line by line, sent into a new draft of the same years, and read again."""
    source = Plan.objects.get(code="605-qd-ubnd")
    programme = Programme.objects.get(pk=source.programme_id)
    programme.pk, programme.code, programme.planning_classes = None, "2007-2010-again", ["provinces"]
    programme.save()
    draft = create_plan(programme, actor=cast.editor)
    dictionary = editor.get("plans/605-qd-ubnd/1/parts/").json()["parts"]
    sent = {}
    for part in dictionary:
        if not part["writable"]:
            continue
        names = [column["name"] for column in part["columns"] if column["writable"]]
        names += [
            one["part"] for one in dictionary if one["extends"] == part["part"] and one["cells_writable"]
        ]
        rows = [{name: row[name] for name in names} for row in read_all(editor, source, part["part"])]
        sent[part["part"]] = rows
        if rows:
            answer = send(editor, draft, rows, part["part"])
            assert answer.status_code == 200, answer.content
            back = read_all(editor, draft, part["part"])
            assert [{name: row[name] for name in names} for row in back] == rows
    assert {part: len(rows) for part, rows in sent.items()} == {
        "sections": 42,
        "baselines": 25,
        "tasks": 13,
        "projects": 28,
        "targets": 43,
    }
    here, there = registry.read_content(draft), registry.read_content(source)
    of_draft = {row.line: n for n, row in enumerate(here["projects"])}
    of_source = {row.line: n for n, row in enumerate(there["projects"])}
    assert {(of_draft[row.line], replace(row, line=None, basis="")) for row in here["allocations"]} == {
        (of_source[row.line], replace(row, line=None, basis="")) for row in there["allocations"]
    }
    assert PlanLine.objects.filter(programme=programme).count() == sum(map(len, sent.values()))
