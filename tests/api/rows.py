"""Role x endpoint: the shape of the rows in `tests/api/tables/`, and the list of addresses they answer to.

An app's table is a list `ROWS` in a module of its own there; `test_rights.py` reads them all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver

from config import api
from tests.cast import CHARACTERS, Cast

# Answers of no endpoint: the schema is no data, and what is nowhere is nobody's.
NOT_ENDPOINTS = {"schema", "docs", "guide", "nowhere"}

# Of an argument that is known only when the case is made.
TO_BE_MADE = (0, "00000000-0000-0000-0000-000000000000")


@dataclass(frozen=True)
class Row:
    """What each of the cast gets from one endpoint. `case` tells objects apart: own, foreign, ...

    `given` makes what the case needs, before anybody asks. Rows that share it are asked in one test, and what
    a caller changes is undone before the next. It may return a dict: its values stand in for `arguments` that
    are 0 or the UUID of zeros, and a `body` that is a function gets it (an empty one where nobody is let in).
    """

    name: str
    statuses: Mapping[str, int]
    method: str = "GET"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    case: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # named with underscores: If_Match
    given: Callable[[Cast], object] | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.case)))


def arguments_of(row: Row, made: object) -> dict[str, Any]:
    """The arguments of a row's address, with what was made for the case."""
    here = made if isinstance(made, dict) else {}
    return {name: here.get(name, one) if one in TO_BE_MADE else one for name, one in row.arguments.items()}


def everybody(status: int = 200) -> dict[str, int]:
    return dict.fromkeys(CHARACTERS, status)


def only(*characters: str, status: int = 200, others: int = 403) -> dict[str, int]:
    """`status` for some; the others are told why not, or that there is no such thing (404)."""
    return {**everybody(others), **dict.fromkeys(characters, status)}


def endpoints() -> set[tuple[str, str]]:
    """Name and method of every endpoint, from the addresses."""
    return {
        (str(pattern.name), method)
        for pattern in _patterns(api.urlpatterns)
        if pattern.name not in NOT_ENDPOINTS
        for method in methods_of(pattern)
    }


def lists() -> set[str]:
    """The names of the addresses that answer with a page of rows."""
    return {
        str(pattern.name)
        for pattern in _patterns(api.urlpatterns)
        if getattr(pattern.callback, "actions", {}).get("get") == "list"
    }


def methods_of(pattern: URLPattern) -> set[str]:
    view: Any = pattern.callback
    known: Any = getattr(view, "actions", None) or view.cls.http_method_names
    return {name.upper() for name in known if name not in ("head", "options") and _answers(view, name)}


def _answers(view: Any, method: str) -> bool:
    return method in (view.actions if getattr(view, "actions", None) else dir(view.cls))


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one
