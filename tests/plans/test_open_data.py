"""The streams of open data: what stands in them, how it is written, and what never does."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies import audit
from agencies.models import Agency
from budgets.models import Allocation
from plans.models import LegalDocument, Plan, Project, Section, Task
from plans.open_data.datasets import data_sets, sizes
from plans.open_data.selection import nothing_asked
from plans.open_data.streams import BOM, FORMATS
from plans.parts import registry
from tests.cast import Cast
from tests.reading import ClientFor

LATER = date(2011, 8, 4)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def reader(cast: Cast, client_for: ClientFor) -> Client:
    return client_for(cast.viewer)


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def rows_of(client: Client, key: str, **asked: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(text_of(client.get(f"/open-data/{key}.json", asked)))
    return rows


def sheet_of(client: Client, key: str, **asked: str) -> list[dict[str, str]]:
    return sheet_in(text_of(client.get(f"/open-data/{key}.csv", asked)))


def sheet_in(text: str) -> list[dict[str, str]]:
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))


def test_every_data_set_comes_in_three_forms_that_say_the_same() -> None:
    counted = sizes(nothing_asked())
    for one in data_sets():
        said = {
            form: b"".join(write(one, nothing_asked())).decode() for form, (_type, write) in FORMATS.items()
        }
        rows, sheet = json.loads(said["json"]), sheet_in(said["csv"])
        assert [json.loads(line) for line in said["jsonl"].splitlines()] == rows, one.key
        assert len(rows) == len(sheet) == counted[one.key], one.key
        names = [field.name for field in one.fields]
        assert len(set(names)) == len(names), one.key
        for row, cells in zip(rows, sheet, strict=True):
            assert list(row) == list(cells) == names
            blank = {name for name, value in row.items() if value in (None, [])}
            assert blank == {name for name, cell in cells.items() if cell == ""}, one.key
    assert set(counted) >= {"plans", "projects", "money", "targets", "agencies", "clauses"}


def test_every_part_of_a_plan_has_its_data_set_with_all_its_declared_columns() -> None:
    by_part = {getattr(one, "part", ""): one for one in data_sets()}
    for part in registry.parts():
        names = {field.name for field in by_part[part.key].fields}
        assert names >= set(part.columns_by_name), part.key


def test_money_is_written_for_machines_and_margins_are_marked(reader: Client) -> None:
    rows = rows_of(reader, "money", programme="2007-2010-tien-giang")
    first = next(row for row in rows if row["project_number"] == "2" and row["year"] == 2009)
    assert (first["level"], first["plan_agency"], first["plan_illustrative"]) == ("year_source", "p82", False)
    plan = Plan.objects.get(code="605-qd-ubnd", version=1)
    stored = Allocation.objects.filter(plan=plan).exclude(amount=0)
    assert sum(Decimal(row["amount"]) for row in rows) == sum(one.amount for one in stored)
    assert all("," not in row["amount"] for row in rows)
    line = stored.first()
    assert line is not None
    Allocation.objects.filter(pk=line.pk).update(amount=Decimal("2500.500001"), year=None)
    changed = [row for row in rows_of(reader, "money") if row["amount"] == "2500.500001"]
    assert [(row["year"], row["level"]) for row in changed] == [(None, "source")]
    assert [cell["year"] for cell in sheet_of(reader, "money") if cell["amount"] == "2500.500001"] == [""]


def test_a_blank_is_no_zero(reader: Client) -> None:
    needs = {row["name"]: row["total_need"] for row in rows_of(reader, "projects")}
    assert None in needs.values()
    project = Project.objects.filter(plan__code="605-qd-ubnd").first()
    assert project is not None
    Project.objects.filter(pk=project.pk).update(total_need=0)
    assert (
        next(row for row in rows_of(reader, "projects") if row["line"] == str(project.line_id))["total_need"]
        == "0"
    )


def test_many_values_are_arrays_and_one_cell(reader: Client) -> None:
    tasks = rows_of(reader, "tasks", programme="2008")
    task = next(row for row in tasks if len(row["leads"]) > 1)
    assert all(":" in lead for lead in task["leads"])
    cell = next(row for row in sheet_of(reader, "tasks") if row["line"] == task["line"])
    assert cell["leads"] == " | ".join(task["leads"])
    shared = next(row for row in rows_of(reader, "stated-totals") if row["lines"])
    assert {row["line"] for row in rows_of(reader, "projects")} >= set(shared["lines"])


def test_a_day_gives_what_was_in_force_on_it(reader: Client) -> None:
    def codes(**asked: str) -> set[str]:
        return {row["code"] for row in rows_of(reader, "plans", **asked)}

    assert "1605-qd-ttg" in codes()
    assert "1605-qd-ttg" not in codes(on="2010-01-01")
    assert "1605-qd-ttg" in codes(on="2011-08-04")
    projects = {row["plan_code"] for row in rows_of(reader, "projects", on="2008-01-01")}
    assert "43-2008-qd-ttg" not in projects
    assert "p28" in {row["key"] for row in rows_of(reader, "agencies", on="2008-07-31")}
    assert "p28" not in {row["key"] for row in rows_of(reader, "agencies", on="2008-08-01")}
    answer = reader.get("/open-data/plans.csv", {"on": "2011-08-04"})
    assert answer["Portal-In-Force-On"] == "2011-08-04"
    assert answer["Portal-As-Of"] == "2008-06-20T09:00:00+07:00"
    assert "plans_2011-08-04.csv" in answer["Content-Disposition"]
    narrowed = reader.get("/open-data/money.csv", {"agency": "p82"})
    assert '"money_p82_' in narrowed["Content-Disposition"]  # not to be taken for the whole


def test_filters_narrow_and_anything_else_is_refused_by_name(reader: Client) -> None:
    assert {row["plan_agency"] for row in rows_of(reader, "projects", agency="p82")} == {"p82"}
    assert rows_of(reader, "projects", agency="p40") == []
    wrong = {"on": "4/8/2011", "programme": "1999", "agency": "", "aggency": "p82"}
    answer = reader.get("/open-data/projects.json", wrong)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    found = {one["parameter"]: one["code"] for one in answer.json()["findings"]}
    assert found == {
        "on": "day",
        "programme": "unknown_key",
        "agency": "blank",
        "aggency": "unknown_parameter",
    }
    assert reader.get("/open-data/documents.csv", {"on": "2008-01-01"}).status_code == 400
    assert reader.get("/open-data/projects.csv", {"agency": "p82\0"}).status_code == 400
    for path in ("nothing.csv", "plans.xlsx", "dictionary.jsonl"):
        assert reader.get(f"/open-data/{path}").status_code == 404


def test_a_text_is_never_a_formula_in_csv_and_is_left_alone_in_json(reader: Client) -> None:
    typed = ["=1+1", "+1", "-1", "@x", "\tx", 'a "b", c\r\nd', "bình thường"]
    documents = LegalDocument.objects.bulk_create(
        LegalDocument(slug=f"d-{nth}", title=text, issuer="Bộ", kind="x") for nth, text in enumerate(typed)
    )
    keys = {one.slug for one in documents}
    in_json = [row["title"] for row in rows_of(reader, "documents") if row["slug"] in keys]
    in_csv = [row["title"] for row in sheet_of(reader, "documents") if row["slug"] in keys]
    assert in_json == typed
    assert in_csv == [f"'{text}" for text in typed[:5]] + typed[5:]


def marked(plan: Plan, marker: str) -> None:
    """The marker in every text of a plan."""
    Plan.objects.filter(pk=plan.pk).update(title=marker)
    Section.objects.filter(plan=plan).update(heading=marker, body=marker)
    Task.objects.filter(plan=plan).update(name=marker, text=marker)
    Project.objects.filter(plan=plan).update(name=marker, objective=marker)
    Allocation.objects.filter(plan=plan).update(basis=marker)


def everything(*forms: str) -> Iterator[tuple[str, str]]:
    """Every data set, of today and of a later day; the key and what is sent."""
    for one in data_sets():
        for selection in (nothing_asked(), replace(nothing_asked(), day=LATER, on=LATER)):
            for form in forms:
                yield one.key, b"".join(FORMATS[form][1](one, selection)).decode()


def test_nothing_of_a_draft_or_of_people_is_ever_in_a_stream(cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd", version=1)
    marker = "DAU-HIEU-BAN-NHAP"
    marked(plan, marker)
    assert {key for key, text in everything("csv") if marker in text} == {
        "plans",
        "sections",
        "tasks",
        "projects",
        "money",
    }
    for state in ("draft", "submitted", "in_review", "returned", "rejected"):
        Plan.objects.filter(pk=plan.pk).update(state=state)
        for key, text in everything(*(FORMATS if state == "draft" else ("csv",))):
            assert marker not in text, (state, key)
            assert "cast.example" not in text, key
            assert cast.editor.user.full_name not in text, key


def test_a_stream_is_not_sent_again_while_nothing_was_done(cast: Cast, reader: Client) -> None:
    first = reader.get("/open-data/agencies.csv")
    tag = first["ETag"]
    text_of(first)
    again = reader.get("/open-data/agencies.csv", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert reader.get("/open-data/agencies.json", headers={"If-None-Match": tag}).status_code == 200
    head = reader.head("/open-data/agencies.csv")
    assert (head.status_code, head["ETag"], head.content) == (200, tag, b"")
    with audit.recording() as record:
        record.add("edit_agency", Agency.objects.get(key="p82"), actor=cast.admin)
    assert reader.get("/open-data/agencies.csv", headers={"If-None-Match": tag}).status_code == 200


def test_the_clauses_say_their_own_words(reader: Client) -> None:
    row = next(
        one
        for one in rows_of(reader, "clauses")
        if (one["document"], one["number"]) == ("43-2008-qd-ttg", "II.2.k")
    )
    assert LegalDocument.objects.get(slug="43-2008-qd-ttg").text.count(row["text"]) == 1


def test_the_list_of_sizes_is_one_statement(cast: Cast) -> None:
    tables = [one for one in data_sets() if one.counted(nothing_asked()) is not None]
    with CaptureQueriesContext(connection) as queries:
        found = sizes(replace(nothing_asked(), day=LATER, on=LATER), tables)
    assert (len(queries), len(found)) == (1, len(tables))
