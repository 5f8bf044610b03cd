"""The page of the search, and what is suggested while somebody types."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import finding
from agencies.acting import ActingRequest, acting_required
from agencies.search.results import PAGE_SIZE, Results, search
from agencies.search.words import MOST_LETTERS, Words

SUGGESTED, SUGGESTED_OF_A_KIND = 8, 3
ENOUGH_WHILE_TYPING = 300
FEWEST_LETTERS = 2


@acting_required
def search_page(request: ActingRequest) -> HttpResponse:
    """Everything that the words find, a few of each kind, or all of one kind; to the script suggestions.

    Words that name one thing, such as a clause, lead to it, and those that name several to a choice of them;
    `?all=1` looks for the same words in all texts.
    """
    words = Words.read(request.GET.get("q", ""))
    if request.headers.get("HX-Request"):
        return _answer(request, words) if request.GET.get("whole") else _suggestions(request, words)
    kind, page = _asked_kind(request), _number(request.GET.get("page", ""))
    plain = not words or kind or request.GET.get("all")
    answer = None if plain else finding.answer(words.typed, request.membership)
    if answer is not None and answer.url:
        return redirect(answer.url)
    results = Results(words) if answer else search(words, request.membership, whole=kind, page=page)
    group = results.group(kind)
    if page > 1 and group is None:
        return redirect(_address(words, kind=kind))
    context = {
        "words": words,
        "most_letters": MOST_LETTERS,
        "answer": answer,
        "all_url": _address(words, all="1"),
        "whole_url": _address(words, whole="1"),
        "results": results,
        "tabs": _tabs(results, kind),
        "shown": [group] if group else [] if kind else results.groups,
        "page": _page(group.total, page) if group else None,
        "kinds": finding.kinds(),
    }
    return render(request, "agencies/search.html", context)


def _answer(request: ActingRequest, words: Words) -> HttpResponse:
    """The whole answer, for the page that stands with the quick part of it."""
    answer = finding.answer(words.typed, request.membership, whole=True)
    return render(request, answer.template, {"answer": answer}) if answer else HttpResponse()


def _suggestions(request: ActingRequest, words: Words) -> HttpResponse:
    """What the words name, then the first hits of all kinds; no numbers, which would cost."""
    context: dict[str, Any] = {"words": words, "suggestions": [], "all_url": _address(words)}
    if len(words.key) >= FEWEST_LETTERS:
        found = [(_("Clause"), hit) for hit in finding.named(words.typed, request.membership)]
        if found:
            context["all_url"] = _address(words, all="1")
        else:
            few = search(words, request.membership, first=SUGGESTED_OF_A_KIND, among=ENOUGH_WHILE_TYPING)
            found = [(str(group.kind.label), hit) for group in few.groups for hit in group.hits]
        context["suggestions"] = found[:SUGGESTED]
    return render(request, "agencies/_search_suggestions.html", context)


def _asked_kind(request: ActingRequest) -> str:
    """The kind whose hits are asked for; "" is all of them."""
    asked = request.GET.get("kind", "")
    return asked if any(kind.key == asked for kind in finding.kinds()) else ""


def _number(text: str) -> int:
    """A page's number; the first where it is none, or none that a list could have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) else 1


def _address(words: Words, **more: str) -> str:
    query = {"q": words.typed} | {name: value for name, value in more.items() if value}
    return f"{reverse('search')}?{urlencode(query)}"


def _tabs(results: Results, whole: str) -> list[dict[str, Any]]:
    """All, and each kind with how many it holds."""
    tabs: list[dict[str, Any]] = [
        {"label": _("All"), "url": _address(results.words, all="1"), "current": not whole}
    ]
    for group in results.groups:
        key = group.kind.key
        url = _address(results.words, kind=key)
        tabs.append({"label": group.kind.label, "url": url, "current": key == whole, "count": group.number})
    return tabs


def _page(total: int, number: int) -> Page[int]:
    """Where in its pages one is; the hits themselves are read by the search."""
    return Paginator(range(total), PAGE_SIZE).get_page(number)
