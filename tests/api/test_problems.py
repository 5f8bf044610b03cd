"""Every refusal has one shape: a problem (RFC 9457) with a code, and findings that say where."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.api.calling import PROBLEM, Caller, CallerFor, codes, problem
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.failing_urls")]


@pytest.fixture
def caller(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.editor)


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("not-allowed", 403, "not_allowed"),
        ("wrong-state", 409, "wrong_state"),
        ("conflict", 409, "conflict"),
        ("refused", 422, "check"),
    ],
)
def test_refusals_of_the_business(caller: Caller, how: str, status: int, code: str) -> None:
    answer = caller.get(f"failing/{how}/")
    said = problem(answer)
    assert (answer.status_code, said["code"]) == (status, code)
    assert said["instance"] == f"/api/v1/failing/{how}/"
    assert said["detail"].endswith(".")


def test_findings_name_their_place_in_the_plan_and_in_the_request(caller: Caller) -> None:
    first, second = problem(caller.get("failing/refused/"))["findings"]
    assert first == {
        "level": "error",
        "code": "money_missing",
        "detail": "No amount.",
        "pointer": "/lines/0/total_need",
        "parameter": "",
        "part": "projects",
        "line": "l-1",
        "path": "total_need",
        "value": "x",
    }
    assert (second["level"], second["pointer"]) == ("warning", "")


def test_a_conflict_brings_both_values(caller: Caller) -> None:
    said = problem(caller.get("failing/conflict/"))
    assert (said["yours"], said["theirs"], said["row_version"]) == ({"name": "B"}, {"name": "A"}, 4)


def test_a_fault_of_ours_says_no_more_than_that(caller: Caller) -> None:
    answer = caller.get("failing/fault/")
    assert (answer.status_code, problem(answer)["code"]) == (500, "server_error")
    assert "a fault of ours" not in answer.content.decode()


def test_a_fault_of_a_page_stays_a_page() -> None:
    client = Client(raise_request_exception=False, headers={"Host": "elsewhere.example"})
    assert "text/html" in client.get("/")["Content-Type"]
    answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nothing/", "no_such_address"),
        ("nothing", "no_such_address"),
        ("me", "slash_missing"),
        ("/api/", "no_such_address"),
        ("/api/v2/me/", "no_such_address"),
        ("agencies/%00/", "no_such_address"),
        ("agencies/p999/", "not_found"),
    ],
)
def test_what_is_not_there(caller: Caller, path: str, code: str) -> None:
    answer = caller.get(path)
    assert (answer.status_code, problem(answer)["code"]) == (404, code)


def test_a_method_that_is_not_offered_names_those_that_are(caller: Caller) -> None:
    answer = caller.post("agencies/p82/", {}, "DELETE")
    assert (answer.status_code, problem(answer)["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD"
    assert caller.post("agencies/p82/", {}, "OPTIONS").status_code == 405


def test_only_json_is_spoken(caller: Caller) -> None:
    answer = caller.get("me/", headers={"Accept": "text/html"})
    assert (answer.status_code, problem(answer)["code"]) == (406, "not_acceptable")
    answer = caller.post("failing/x/", b"name=1", Content_Type="application/x-www-form-urlencoded")
    assert (answer.status_code, problem(answer)["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"[" * 100_000,
        b"9" * 5_000,
    ],
    ids=["cut", "no utf-8", "NaN", "infinite", "half a character", "half a name", "deep", "long"],
)
def test_what_is_no_json_is_refused(caller: Caller, body: bytes) -> None:
    answer = caller.post("failing/x/", body)
    assert (answer.status_code, problem(answer)["code"]) == (400, "not_json")
    assert " can be read: " in problem(answer)["detail"]


def test_json_is_read_whole(caller: Caller) -> None:
    body = {"tên": "Kế hoạch \u0001 \U0001f30f", "số": [1, 2.5, None, {"a": "\ud83c\udf0f"}]}
    answer = caller.post("failing/x/", json.dumps(body).encode())
    assert answer.json()["read"] == json.loads(json.dumps(body))


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(caller: Caller, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
    answer = caller.post("failing/x/", b"[" + b" " * 2 * 1024 * 1024 + b"]")
    assert (answer.status_code, problem(answer)["code"]) == (413, "too_large")
    assert "2 MB" in problem(answer)["detail"]


def test_everything_wrong_with_a_body_is_said_at_once_with_pointers(api: CallerFor, cast: Cast) -> None:
    body: dict[str, Any] = {
        "agency": "p 40",
        "parts": [{"new": {"name": "", "kind": "planet"}}, {}],
        "on": "01/08/2008",
    }
    answer = api(cast.admin).post("agencies/acts/split/", body)
    assert answer.status_code == 400
    assert sorted(codes(answer)) == [
        ("blank", "/parts/0/new/name"),
        ("day", "/on"),
        ("invalid", "/agency"),
        ("invalid_choice", "/parts/0/new/kind"),
        ("one_of", "/parts/1"),
        ("required", "/document"),
    ]


def test_fields_that_nobody_knows_are_refused_by_name(api: CallerFor, cast: Cast) -> None:
    body = {
        "agency": "p40",
        "parts": [{"new": {"name": "A", "kind": "tinh", "colour": "red"}}],
        "a/b~c": 1,
    }
    answer = api(cast.admin).post("agencies/acts/split/", body)
    # With everything else that is wrong, in one answer.
    for wrong in ("unknown_field", "/a~1b~0c"), ("unknown_field", "/parts/0/new/colour"), ("required", "/on"):
        assert wrong in codes(answer)


@pytest.mark.parametrize("body", [[], "text", 1, None, [{}]])
def test_a_body_that_is_no_object_is_refused(api: CallerFor, cast: Cast, body: Any) -> None:
    answer = api(cast.admin).post("agencies/acts/create/", json.dumps(body).encode())
    assert answer.status_code == 400
    assert problem(answer)["code"] == "invalid"
