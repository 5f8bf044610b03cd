"""What a page says, as text; for tests that assert what a reader would notice."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver

from agencies.acting import SESSION_KEY
from agencies.models import Membership
from core.findings import Refused

ClientFor = Callable[[Membership], Client]

_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)


def signed_in(membership: Membership) -> Client:
    """The browser of somebody who acts in the membership."""
    client = Client()
    client.force_login(membership.user)
    session = client.session
    session[SESSION_KEY] = membership.pk
    session.save()
    return client


def said(response: Any) -> str:
    """The words of a page with single blanks between them."""
    body = _UNSEEN.sub(" ", response.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def in_english(client: Client) -> Client:
    """The same reader with the interface in English, in which the tests are written."""
    client.cookies["django_language"] = "en"
    return client


def links(response: Any) -> list[str]:
    """The addresses that a page leads to."""
    return [html.unescape(found) for found in re.findall(r'href="([^"]+)"', response.content.decode())]


def address_names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The name of every address in a list of them, those of lists within it too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from address_names(pattern.url_patterns)
        else:
            yield str(pattern.name)


def undone(client: Client, method: str, url: str, posted: dict[str, Any] | None = None) -> int:
    """The status of the answer; what the request wrote is undone, so all find the same."""
    with transaction.atomic():
        answer = client.post(url, posted or {}) if method == "post" else client.get(url)
        transaction.set_rollback(True)
    return answer.status_code


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    """What each finding is, and at which field."""
    return {(one.code, one.place.path) for one in refusal.value.findings}


def posted(page: Any) -> dict[str, Any]:
    """What the form of a page would post as it stands."""
    form = page.context["form"]
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if field.field.disabled or value in (None, "", False):
            continue
        shown = field.field.prepare_value(value)
        found[field.html_name] = "on" if shown is True else shown
    return found
