"""What waits for somebody, what the words find, what an agency has to do: the same as on the pages."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import worklist
from agencies.models import Agency, SignInEvent
from agencies.search.results import search
from agencies.search.words import Words
from plans.content.actions import create_plan
from plans.documents.panel import assignments_of
from plans.models import Programme
from tests.agencies.signing_in import CHROME
from tests.api.calling import CallerFor, codes, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_work_is_that_of_the_page_and_leads_to_page_and_endpoint(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.editor)
    before = caller.get("work/").json()
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    said = caller.get("work/").json()
    items = worklist.items(cast.editor)
    assert said["count"] == len(items) == 1
    (own,) = [one for one in said["results"] if one["page"].endswith(f"/plans/{plan.code}/1/")]
    assert (own["mine"], own["action"], own["state"]) == (True, "Continue", "Draft")
    assert caller.get(own["endpoint"].removeprefix("http://testserver")).json()["code"] == plan.code
    begin = next(one for one in before["results"] if "/plans/new/" in one["page"])
    assert begin["endpoint"] == "http://testserver/api/v1/plans/"
    leader = next(
        one for one in api(cast.approver).get("work/").json()["results"] if one["page"] == own["page"]
    )
    assert (leader["mine"], leader["action"]) == (False, "")
    assert codes(caller.get("work/", mine="true")) == [("unknown_parameter", "mine")]


def test_a_search_finds_what_the_page_finds(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer)
    words = Words.read("thong tin dien tu")
    said = caller.get("search/", q="thong tin dien tu").json()
    groups = search(words, cast.viewer).groups
    assert [(one["kind"], one["count"], len(one["hits"])) for one in said["kinds"]] == [
        (one.kind.key, one.total, len(one.hits)) for one in groups
    ]
    # Every hit has an address in the API, which answers.
    hits = [hit for one in said["kinds"] for hit in one["hits"][:1]]
    assert len(hits) >= 4
    for hit in hits:
        assert caller.get(unquote(hit["endpoint"]).removeprefix("http://testserver")).status_code == 200, hit
    first, second = (
        caller.get("search/", q="thong tin", kind="clauses", page=page).json()["kinds"] for page in (1, 2)
    )
    pages = [next(one for one in kinds if one["kind"] == "clauses") for kinds in (first, second)]
    assert len(pages[0]["hits"]) == 50 < pages[0]["count"] == pages[1]["count"]
    assert not {one["page"] for one in pages[0]["hits"]} & {one["page"] for one in pages[1]["hits"]}
    assert all(not one["hits"] for one in first if one["kind"] != "clauses")

    named = caller.get("search/", q="II.1.b").json()["named"]
    assert [unquote(one["page"]).endswith("/II.1.b/") for one in named].count(True) == 2
    clause = caller.get(unquote(named[0]["endpoint"]).removeprefix("http://testserver")).json()
    assert clause["number"] == named[0]["label"]


def test_a_search_that_asks_nothing_or_wrongly_is_refused_by_name(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer)
    asked: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        ({}, [("blank", "q")]),
        ({"q": "..."}, [("blank", "q")]),
        ({"q": "x" * 201}, [("max_length", "q")]),
        ({"q": "tin", "kind": "x"}, [("kind", "kind")]),
        ({"q": "tin", "page": "2"}, [("page", "page")]),
        ({"q": "tin", "kind": "plans", "page": "0"}, [("page", "page")]),
        ({"q": "tin", "all": "1"}, [("unknown_parameter", "all")]),
    ]
    for wrong, refusals in asked:
        answer = caller.get("search/", **wrong)
        assert (answer.status_code, codes(answer)) == (400, refusals)
    missing = caller.get("search/", q="tin", kind="plans", page="999")
    assert (missing.status_code, problem(missing)["code"]) == (404, "page_missing")


def test_sign_ins_are_narrowed_as_on_the_page(api: CallerFor, cast: Cast) -> None:
    for at, kind, user in (
        ("2026-10-01T17:01Z", "failed", cast.editor.user),
        ("2026-10-02T03:00Z", "ok", None),
    ):
        SignInEvent.objects.create(at=at, kind=kind, user=user, email="x@y.vn", agent=CHROME)
    caller = api(cast.admin)
    (row,) = caller.get("sign-ins/", kind="failures", first="2026-10-02").json()["results"]
    assert (row["person"]["full_name"], row["at"]) == (
        cast.editor.user.full_name,
        "2026-10-02T00:01:00+07:00",
    )
    assert row["device"].startswith("Chrome")
    assert caller.get("sign-ins/", q="x@y").json()["results"][0]["person"] is None


def test_an_administrator_is_told_what_is_missing_and_where_it_is_mended(api: CallerFor, cast: Cast) -> None:
    Programme.objects.filter(code="2009-2010").update(plan_deadline=None)
    said = api(cast.admin).get("administration/").json()
    people = next(one for one in said["subjects"] if one["title"] == "People")
    assert people["count"] >= 12
    assert people["endpoint"].endswith("/api/v1/people/")
    day = next(one for one in said["missing"] if "no day by which plans are due" in one["text"])
    assert day["endpoint"].endswith("/api/v1/programmes/2009-2010/")


def test_an_agency_has_the_tasks_reports_and_figures_of_its_page(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer)
    with CaptureQueriesContext(connection) as queries:
        tasks = caller.get("agencies/m-tttt/tasks/").json()["tasks"]
    assert len(queries) <= 8
    assert caller.get("agencies/m-tttt/tasks/", states="true").json()["tasks"] == tasks  # nobody has reported
    assert caller.get("agencies/m-tttt/tasks/", states="yes").status_code == 400
    groups = assignments_of(Agency.objects.get(key="m-tttt"), cast.viewer)
    assert [one["line"] for one in tasks] == [
        str(one.task.line_id) for group in groups for one in group.tasks
    ]
    assert {"II.2.k"} <= {one["clause"] for one in tasks}
    assert caller.get("agencies/p82/reports/").json() == {"punctuality": [], "reports": []}
