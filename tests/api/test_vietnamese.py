"""Refusals in Vietnamese: no message of the packages reaches a program in English."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import gettext, override
from rest_framework import exceptions, fields, relations, serializers, validators

from plans.content.actions import create_plan
from plans.models import Programme
from tests.api.calling import Caller, caller_for, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db

# Said by no field of ours (links, keys made of dates, images, paths of files); how long to wait we say.
UNUSED = re.compile('Expected available|hyperlink|URL string|for the "{date_field}"|image|path choice')
# Of English alone: Vietnamese without its marks has none of these.
ENGLISH = re.compile(
    r"\b(the|this|that|is|are|was|must|may|not|and|or|of|with|from|valid|invalid|ensure|expected|request|"
    r"field|value|found|required|available|allowed|list|item|string|more|less|there)\b",
    re.IGNORECASE,
)


def said_by_fields() -> Iterator[str]:
    """Every message of a field, a serializer, a validator and an exception of the package."""
    for module in (fields, relations, serializers, validators, exceptions):
        for found in vars(module).values():
            if isinstance(found, type) and found.__module__.startswith("rest_framework."):
                messages = vars(found).get("default_error_messages", {})
                single = ("message", "default_detail", "extra_detail_singular")
                yield from map(str, messages.values())
                yield from (str(vars(found)[name]) for name in single if vars(found).get(name))


def test_every_message_of_the_package_has_vietnamese_words() -> None:
    with override("en"):
        messages = sorted({one for one in said_by_fields() if not UNUSED.search(one)})
    assert len(messages) > 50
    with override("vi"):
        assert [one for one in messages if gettext(one) == one] == []


@pytest.fixture
def caller(cast: Cast) -> Caller:
    found = caller_for(cast.admin)
    found.headers["Accept-Language"] = "vi"
    return found


PERSON = {"email": "a@b.example", "full_name": "A", "memberships": [{"agency": "p82", "role": "editor"}]}
NEW = {"name": "A", "kind": "tinh", "document": "1/QĐ", "on": "2008-07-01"}
PERIOD = {"programme": "2008", "first": "2008-04-01", "last": "2008-05-31", "due_on": "2008-06-25"}
INVITE, CREATE, OPEN = "people/acts/invite/", "agencies/acts/create/", "cycles/acts/open-ad-hoc/"
BODIES: list[tuple[str, Any]] = [
    (CREATE, {}),
    (CREATE, []),
    (CREATE, {**NEW, "name": "", "kind": "planet", "on": "1/7"}),
    (CREATE, {**NEW, "name": None, "kind": [], "on": None, "more": 1}),
    (CREATE, {**NEW, "name": {}, "document": "x" * 9000}),
    (INVITE, {**PERSON, "email": "a", "full_name": [], "memberships": "x"}),
    (INVITE, {**PERSON, "memberships": []}),
    (INVITE, {**PERSON, "memberships": ["x"]}),
    (INVITE, {**PERSON, "memberships": [PERSON["memberships"][0]] * 2000}),
    (INVITE, {**PERSON, "memberships": [{"agency": "p 82", "role": "x", "valid_from": 1}]}),
    (INVITE, {**PERSON, "full_name": "a\0b"}),
    (OPEN, {**PERIOD, "title": True, "agencies": {"a": 1}, "basis": None}),
    (OPEN, {**PERIOD, "title": "x", "agencies": [None, 5, "p 40"], "basis": ""}),
    ("delegations/", {"giver": "x", "to": 1, "kind": 0}),
    ("delegations/", {"giver": 10**30}),
    ("programmes/", {"code": "a b", "year_from": "x", "year_to": 10**9, "planning_classes": "x"}),
    ("programmes/", {"code": None, "asks_route": "x", "position": -1, "decided_by": {}}),
    ("plans/{plan}/take/", {"source": 5, "lines": ["x", 1]}),
    ("plans/{plan}/parts/projects/lines/bulk/", {"rows": "x", "dry_run": 5}),
    ("programmes/2009-2010/acts/remind/", {"agencies": [], "document_on": "x", "leave_out": "x"}),
]
ADDRESSES = [
    "plans/?page=0",
    "plans/?page=99999",
    "plans/?page_size=x",
    "plans/?state=x&programme=1999&kind=",
    "plans/?nothing=1",
    "agencies/?on=x&agency_class=x",
    "plans/nothing/1/",
    "nothing/",
]


def details(answer: Any) -> list[str]:
    said = problem(answer)
    return [said["detail"], *(one["detail"] for one in said["findings"])]


def test_nothing_that_is_refused_is_said_in_english(caller: Caller, cast: Cast) -> None:
    draft = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    editor = caller_for(cast.editor)
    editor.headers["Accept-Language"] = "vi"
    heard: list[tuple[str, list[str]]] = []
    for path, body in BODIES:
        by = editor if "{plan}" in path else caller
        answer = by.post(path.format(plan=f"{draft.code}/1"), body, If_Match="*")
        assert answer.status_code in (400, 422), (path, answer.status_code, answer.content)
        heard.append((f"{path} {json.dumps(body)[:80]}", details(answer)))
    heard += [(path, details(caller.get(path))) for path in ADDRESSES]
    heard += [(how, details(answer)) for how, answer in refused_before_reading(caller)]
    english = [(how, text) for how, texts in heard for text in texts if ENGLISH.search(without_names(text))]
    assert english == []
    assert len({text for _how, texts in heard for text in texts}) > 40


def without_names(text: str) -> str:
    """A text without what it quotes, and without the names of fields, parameters and types of media."""
    return re.sub(r"“[^”]*”|[a-z_/]+[_/][a-z_/]+|Known: .*|: [a-z_, ]+\.$", "", text)


def refused_before_reading(caller: Caller) -> Iterator[tuple[str, Any]]:
    nobody = Caller(language="vi")
    yield "no token", nobody.get("me/")
    yield "no such token", Caller("portal_" + "0" * 64, "vi").get("me/")
    yield "method", caller.post("me/")
    yield "media type", caller.post(CREATE, b"x=1", Content_Type="text/plain")
    yield "nothing to accept", caller.get("me/", headers={"Accept": "text/html"})
    yield "no version", caller.post("programmes/2008/", {}, "PATCH")
    yield "old version", caller.post("programmes/2008/", {}, "PATCH", If_Match='"x"')
