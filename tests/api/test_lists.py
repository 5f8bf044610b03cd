"""Lists: pages, and filters that are those of the pages of people."""

from datetime import date
from typing import Any

import pytest

from agencies.models import Agency
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.viewer, "read")


def keys(answer: Any, name: str = "key") -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one[name] for one in answer.json()["results"]]


def test_a_list_says_how_many_there_are_and_where_the_next_page_is(caller: Caller) -> None:
    first = caller.get("agencies/").json()
    assert (len(first["results"]), first["previous"]) == (50, None)
    found = list(first["results"])
    while first["next"]:
        first = caller.get(first["next"].partition("http://testserver")[2]).json()
        found += first["results"]
    there = Agency.objects.in_force(on=day("2008-06-20")).in_order()
    assert [one["key"] for one in found] == list(there.values_list("key", flat=True))
    assert first["count"] == len(found)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("value", "rows"), [("1", 1), ("7", 7), ("200", 117)], ids=["one", "seven", "the most"]
)
def test_the_caller_says_how_long_a_page_is(caller: Caller, value: str, rows: int) -> None:
    assert len(keys(caller.get("agencies/", page_size=value))) == rows


@pytest.mark.parametrize("value", ["0", "201", "-1", "1.5", "ten", "", "9" * 30, "٣", " 5"])
@pytest.mark.parametrize("name", ["page", "page_size"])
def test_a_page_that_is_none_is_refused_by_name(caller: Caller, name: str, value: str) -> None:
    parameters: dict[str, Any] = {name: value}
    answer = caller.get("agencies/", **parameters)
    if (name, value) == ("page", "201"):
        assert (answer.status_code, problem(answer)["code"]) == (404, "page_missing")
    else:
        assert answer.status_code == 400
        assert codes(answer) == [(name, name)]


@pytest.mark.parametrize(
    "path",
    [
        "agencies/",
        "successions/",
        "documents/",
        "targets/",
        "documents/43-2008-qd-ttg/clauses/",
        "programmes/",
    ],
)
def test_a_filter_that_nobody_knows_is_refused_with_those_that_are(caller: Caller, path: str) -> None:
    answer = caller.get(path, colour="red", sort="name", page="1")
    assert answer.status_code == 400
    assert codes(answer) == [("unknown_parameter", "colour"), ("unknown_parameter", "sort")]
    assert "page_size" in problem(answer)["findings"][0]["detail"]


@pytest.mark.parametrize("path", ["me/", "", "agencies/p82/", "groups/pilot-2008/", "documents/605-qd-ubnd/"])
def test_single_rows_know_their_parameters_too(caller: Caller, path: str) -> None:
    assert codes(caller.get(path, page="2")) == [("unknown_parameter", "page")]


def test_what_only_chooses_how_a_page_looks_is_no_filter(caller: Caller) -> None:
    assert codes(caller.get("agencies/", view="tree")) == [("unknown_parameter", "view")]


def test_days_are_iso(caller: Caller) -> None:
    assert "p28" in keys(caller.get("agencies/", on="2008-07-31", page_size=200))
    assert "p28" not in keys(caller.get("agencies/", on="2008-08-01", page_size=200))
    assert caller.get("agencies/p82/", on="2025-08-01").json()["answered_for_by"]["key"] == "p82n"


@pytest.mark.parametrize("path", ["agencies/", "agencies/p82/"])
@pytest.mark.parametrize(
    "value", ["31/07/2008", "2008-02-30", "20080731", "2008-7-31", "2008-W10-1", "x", "0001-01-01"]
)
def test_other_days_are_refused_by_name(caller: Caller, path: str, value: str) -> None:
    answer = caller.get(path, on=value)
    assert answer.status_code == 400
    assert [pointer for _code, pointer in codes(answer)] == ["on"]


def test_a_choice_that_is_none_is_refused(caller: Caller) -> None:
    assert codes(caller.get("agencies/", agency_class="planets")) == [("invalid_choice", "agency_class")]
    assert codes(caller.get("documents/", year="1066")) == [("invalid_choice", "year")]
    assert codes(caller.get("targets/", indicator="none", year="x")) == [
        ("invalid_choice", "indicator"),
        ("invalid", "year"),
    ]
    assert codes(caller.get("agencies/", agency_class="")) == [("blank", "agency_class")]
    assert codes(caller.get("agencies/", on="")) == [("blank", "on")]
    assert caller.get("agencies/", q="").json()["count"] == 117
    assert codes(caller.get("agencies/", q="a\0b")) == [("null_characters_not_allowed", "q")]


@pytest.mark.parametrize(
    ("path", "page", "filters"),
    [
        ("agencies/", "/agencies/", {"q": "giang"}),
        ("agencies/", "/agencies/", {"agency_class": "central-cities"}),
        ("documents/", "/documents/", {"q": "ke hoach"}),
        ("documents/", "/documents/", {"year": "2008"}),
        ("indicators/", "/indicators/", {"q": "thu dien tu"}),
        ("indicators/", "/indicators/", {"document": "43-2008-qd-ttg", "agency_class": "provinces"}),
    ],
)
def test_the_filters_leave_what_they_leave_on_the_page(
    caller: Caller, client_for: ClientFor, cast: Cast, path: str, page: str, filters: dict[str, Any]
) -> None:
    count = caller.get(path, **filters).json()["count"]
    assert count > 0
    words = said(in_english(client_for(cast.viewer)).get(page, filters))
    noun = path.strip("/").replace("ies", "y").removesuffix("s")
    assert f"{count} {noun}" in words or f"{count} {path.strip('/')}" in words


def test_targets_are_found_by_what_they_are_set_for(caller: Caller) -> None:
    every = caller.get("targets/").json()["count"]
    of_2010 = caller.get("targets/", year="2010", agency_class="provinces", page_size=200).json()
    assert 0 < of_2010["count"] < every
    assert {one["year"] for one in of_2010["results"]} == {2010}
    one = caller.get("targets/", document="605-qd-ubnd", page_size=1).json()["results"][0]
    assert one["plan"] == {"code": "605-qd-ubnd", "version": 1, "kind": "agency", "state": "approved"}
    assert (one["agency"], one["value"], one["printed"]) == ("p82", "2", "<=2")
