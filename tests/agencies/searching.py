"""Ways to search, for tests: the search itself, its page, its suggestions."""

from typing import Any

from django.test import Client

from agencies.models import Membership
from agencies.search.results import search
from agencies.search.words import Words

PAGE = "/search/"


def found(membership: Membership, words: str, **wanted: Any) -> dict[str, list[str]]:
    """Titles by kind."""
    results = search(Words.read(words), membership, **wanted)
    return {group.kind.key: [hit.title for hit in group.hits] for group in results.groups}


def whole(membership: Membership, words: str, kind: str) -> list[str]:
    """The first page of titles of one kind."""
    return found(membership, words, whole=kind).get(kind, [])


def ask(client: Client, words: str, **more: str) -> Any:
    return client.get(PAGE, {"q": words, **more})


def suggested(client: Client, words: str) -> Any:
    """What the script is told while the words are typed."""
    return client.get(PAGE, {"q": words}, headers={"HX-Request": "true"})
