"""Open data for programs with a token: what there is, its columns, its rows, all the same as on the page."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.open_data.datasets import data_sets
from tests.api.calling import CallerFor, codes
from tests.cast import Cast
from tests.reading import ClientFor

pytestmark = pytest.mark.django_db


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_the_list_leads_to_rows_that_are_those_of_the_page(
    api: CallerFor, client_for: ClientFor, cast: Cast
) -> None:
    caller = api(cast.viewer, "read")
    with CaptureQueriesContext(connection) as queries:
        said = caller.get("open-data/").json()
    assert len(queries) <= 8
    assert (said["as_of"], said["in_force_on"]) == ("2008-06-20T09:00:00+07:00", "2008-06-20")
    assert [one["key"] for one in said["data_sets"]] == [one.key for one in data_sets()]
    for one in said["data_sets"]:
        answer = caller.get(one["stream"].removeprefix("http://testserver"))
        rows = json.loads(streamed(answer))
        assert len(rows) == one["rows"], one["key"]
        assert set(one["files"]) == {"csv", "json", "jsonl"}
    page = client_for(cast.viewer)
    for form in ("csv", "json", "jsonl"):
        mine = caller.get("open-data/projects/rows/", format=form, on="2009-01-01")
        theirs = page.get(f"/open-data/projects.{form}", {"on": "2009-01-01"})
        assert streamed(mine) == streamed(theirs)
        assert mine["ETag"] == theirs["ETag"]


def test_one_data_set_says_its_columns_and_the_dictionary_all_of_them(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    one = caller.get("open-data/money/").json()
    columns = {column["column"]: column for column in one["columns"]}
    assert columns["amount"]["type"] == "decimal"
    assert columns["amount"]["unit"] == "million VND"
    assert columns["source"]["refers_to"] == "funding-sources"
    assert {choice["value"] for choice in columns["level"]["choices"]} == {
        "year_source",
        "year",
        "source",
        "total",
    }
    every = caller.get("open-data/dictionary/")
    assert [column for column in every.json() if column["data_set"] == "money"] == one["columns"]
    again = caller.get("open-data/dictionary/", headers={"If-None-Match": every["ETag"]})
    assert again.status_code == 304


def test_what_is_not_known_is_refused_by_name(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.viewer, "read")
    answer = caller.get("open-data/agencies/rows/", programme="2008", on="tomorrow")
    assert codes(answer) == [("unknown_parameter", "programme"), ("day", "on")]
    assert codes(caller.get("open-data/agencies/rows/", format="xlsx")) == [("unknown_format", "format")]
    assert codes(caller.get("open-data/", on="2008-01-01")) == [("unknown_parameter", "on")]
    first = caller.get("open-data/agencies/rows/", format="csv")
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    streamed(first)
    again = caller.get("open-data/agencies/rows/", format="csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
