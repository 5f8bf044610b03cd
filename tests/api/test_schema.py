"""The schema says what the API does, and a program may rely on it."""

import json
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from config.api import API
from tests.api.calling import PROBLEM, ROOT, Caller, CallerFor, problem
from tests.api.rows import endpoints
from tests.api.test_rights import ROWS
from tests.cast import Cast
from tests.reading import ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(api: CallerFor, cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = api(cast.viewer, "read").get("schema/", format="json").json()
    return found


def operations(schema: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (path, method.upper()): said
        for path, item in schema["paths"].items()
        for method, said in item.items()
    }


def test_it_is_valid_and_nothing_in_it_is_guessed() -> None:
    said = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=said)
    assert yaml.safe_load(said.getvalue())["openapi"].startswith("3.1")


def test_it_holds_every_endpoint_and_no_host(schema: dict[str, Any]) -> None:
    assert len(operations(schema)) == len(endpoints())
    assert "servers" not in schema
    assert all(path.startswith(API) for path in schema["paths"])


def test_every_operation_needs_a_token_and_names_its_refusals(schema: dict[str, Any]) -> None:
    assert schema["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    for (path, method), said in operations(schema).items():
        assert said["security"] == [{"token": []}], path
        content = said["responses"]["4XX"]["content"][PROBLEM]
        assert content["schema"]["$ref"].endswith("/ProblemData"), method


def test_headers_stand_where_they_are_read(schema: dict[str, Any]) -> None:
    def headers(path: str, method: str) -> set[str]:
        said = operations(schema)[f"{ROOT}/{path}", method]
        return {one["name"] for one in said["parameters"] if one["in"] == "header"}

    assert headers("agencies/acts/create/", "POST") == {"Accept-Language", "Idempotency-Key"}
    assert headers("agencies/{key}/", "GET") == {"Accept-Language", "If-None-Match"}
    assert headers("agencies/", "GET") == {"Accept-Language"}
    detail = operations(schema)[f"{ROOT}/agencies/{{key}}/", "GET"]["responses"]
    assert "ETag" in detail["200"]["headers"]
    assert "304" in detail


def test_filters_are_those_of_the_pages_in_the_notation_of_programs(schema: dict[str, Any]) -> None:
    said = operations(schema)[f"{ROOT}/agencies/", "GET"]["parameters"]
    found = {one["name"]: one["schema"] for one in said if one["in"] == "query"}
    assert set(found) == {"q", "agency_class", "on", "page", "page_size"}
    assert found["on"] == {"type": "string", "format": "date"}
    assert "provinces" in found["agency_class"]["enum"]
    assert (found["page_size"]["maximum"], found["page_size"]["minimum"]) == (200, 1)


def test_numbers_are_texts(schema: dict[str, Any]) -> None:
    value = schema["components"]["schemas"]["TargetData"]["properties"]["value"]
    assert value["type"] == ["string", "null"]
    assert "pattern" in value


def test_every_answer_says_all_its_fields(schema: dict[str, Any]) -> None:
    for name in (
        "AgencyRow",
        "AgencyDetail",
        "DocumentDetail",
        "ProgrammeDetail",
        "IndicatorData",
        "TargetData",
    ):
        said = schema["components"]["schemas"][name]
        assert set(said["required"]) == set(said["properties"]), name


def test_it_comes_as_yaml_or_json_and_in_english_unless_asked(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    del caller.headers["Accept-Language"]
    as_yaml = caller.get("schema/")
    assert as_yaml["Content-Type"] == "application/vnd.oai.openapi"
    as_json = caller.get("schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert yaml.safe_load(as_yaml.content) == json.loads(as_json.content)
    assert "As of" in as_json.content.decode()
    caller.headers["Accept-Language"] = "vi"
    assert "Tính đến" in caller.get("schema/", format="json").content.decode()
    assert caller.get("schema/", format="xml").status_code == 404


def test_it_is_shown_to_who_has_signed_in_or_to_all_by_setting(
    client_for: ClientFor, cast: Cast, settings: Settings
) -> None:
    visitor = Caller()
    answer = visitor.get("schema/")
    assert (answer.status_code, problem(answer)["code"]) == (401, "not_authenticated")
    reader = client_for(cast.viewer)
    assert reader.get(f"{ROOT}/schema/").status_code == 200
    for page in "/api/docs/", "/api/docs/guide/":
        assert (Client().get(page).status_code, reader.get(page).status_code) == (302, 200)
    settings.API_SCHEMA_PUBLIC = True
    assert visitor.get("schema/").status_code == 200
    assert Client().get("/api/docs/").status_code == 200
    assert "# The API" in Client().get("/api/docs/guide/").content.decode()
    assert visitor.get("me/").status_code == 401


def test_the_page_of_it_has_no_script_and_no_style_of_its_own(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.viewer).get("/api/docs/")
    words = page.content.decode()
    assert "<style" not in words
    assert " style=" not in words
    assert words.count("<script src=") == words.count("<script") == 2
    assert "'unsafe" not in page["Content-Security-Policy"]


def test_the_root_leads_to_every_list(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    resources = caller.get("").json()["resources"]
    assert resources["agency_list"] == f"http://testserver{ROOT}/agencies/"
    assert not any(name.startswith("agency_act") for name in resources)
    rows = [row for row in ROWS if row.method == "GET" and not row.arguments]
    of_viewer = {row.name: row.statuses["viewer"] for row in rows}
    for name, url in resources.items():
        answer = caller.get(url.removeprefix("http://testserver"))
        assert answer.status_code == of_viewer[name], name
