"""Which version was read, and that a change is made on it."""

from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from agencies.models import Agency
from core.api.etags import etag_of, etag_of_content, require_match
from core.api.problems import PreconditionFailed, PreconditionRequired
from tests.api.calling import Caller, CallerFor
from tests.cast import Cast

DETAILS = [
    "agencies/p82/",
    "groups/supported-provinces-2008/",
    "programmes/2009-2010/",
    "documents/43-2008-qd-ttg/",
    "documents/43-2008-qd-ttg/clauses/II.2.k/",
    "indicators/officials-using-email/",
    "funding-sources/NSTW/",
]


@pytest.fixture
def caller(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.viewer, "read")


def read_again(caller: Caller, path: str, tag: str) -> Any:
    return caller.get(path, headers={"If-None-Match": tag})


@pytest.mark.django_db
@pytest.mark.parametrize("path", DETAILS)
def test_what_is_known_is_not_sent_again(caller: Caller, path: str) -> None:
    first = caller.get(path)
    assert first.status_code == 200
    again = read_again(caller, path, first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert read_again(caller, path, f'"other", W/{first["ETag"]}').status_code == 304
    assert read_again(caller, path, "*").status_code == 304
    assert read_again(caller, path, '"other"').status_code == 200


@pytest.mark.django_db
def test_the_tag_follows_what_is_said(caller: Caller) -> None:
    first = caller.get("agencies/p40/")
    assert caller.get("agencies/p40/")["ETag"] == first["ETag"]
    assert caller.get("agencies/p40/", on="2008-01-01")["ETag"] != first["ETag"]
    Agency.objects.filter(key="p40").update(place="Thành phố Vinh")
    changed = read_again(caller, "agencies/p40/", first["ETag"])
    assert (changed.status_code, changed.json()["place"]) == (200, "Thành phố Vinh")


@pytest.mark.django_db
def test_answers_are_kept_by_nobody_but_the_caller(caller: Caller) -> None:
    assert caller.get("me/")["Cache-Control"] == "private, no-cache"


def with_if_match(header: str | None) -> Request:
    headers = {} if header is None else {"If-Match": header}
    return Request(RequestFactory().patch("/", headers=headers))


TAG = etag_of("line", 3)


@pytest.mark.parametrize("header", [TAG, f'"other", {TAG}', "*", f"W/{TAG}", TAG.strip('"')])
def test_a_change_of_the_version_that_was_read_goes_through(header: str) -> None:
    require_match(with_if_match(header), TAG)


@pytest.mark.parametrize("header", [etag_of("line", 2), '"other"', "other"])
def test_a_change_of_another_version_is_refused(header: str) -> None:
    with pytest.raises(PreconditionFailed) as refusal:
        require_match(with_if_match(header), TAG)
    assert (refusal.value.status_code, refusal.value.get_codes()) == (412, "if_match_old")


@pytest.mark.parametrize("header", [None, "", " , "])
def test_a_change_of_an_unnamed_version_is_refused(header: str | None) -> None:
    with pytest.raises(PreconditionRequired) as refusal:
        require_match(with_if_match(header), TAG)
    assert (refusal.value.status_code, refusal.value.get_codes()) == (428, "if_match_missing")


def test_tags_of_different_things_differ() -> None:
    assert len({etag_of("a", 1), etag_of("a1"), etag_of("a", 2), etag_of("b", 1)}) == 4
    assert etag_of_content({"a": 1, "b": None}) == etag_of_content({"b": None, "a": 1})
