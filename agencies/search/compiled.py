"""Pieces of the search's statements, and those that Django's query compiler made, kept.

To compile a query takes Django as long as to run it: 2 ms for the rights, 4 ms for what is shown of hits. The
text is the same for a person all day, and that for the hits always.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.functions import JSONObject

from agencies.finding import Kind, Scope
from agencies.models import Membership
from core import clock


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement with its parameters. Texts name tables and columns, never what was typed."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(self.text + other.text, self.params + other.params)


def join(pieces: Iterable[Sql], between: str) -> Sql:
    listed = list(pieces)
    params = tuple(param for piece in listed for param in piece.params)
    return Sql(between.join(piece.text for piece in listed), params)


# --- Rights


@dataclass(frozen=True, slots=True)
class _Reader:
    """Everything that the rows of a scope depend on, and the objects to ask for them."""

    scope: str
    membership: int
    role: str
    agencies: frozenset[int]
    day: date
    asked: tuple[Scope, Membership] = field(compare=False)


def rows_of(scope: Scope, membership: Membership) -> Sql:
    """The query of the rows that the reader may see."""
    key = (scope.name, membership.pk, membership.role, membership.agency_ids, clock.today())
    return _compiled_rows(_Reader(*key, asked=(scope, membership)))


@lru_cache(maxsize=1024)
def _compiled_rows(reader: _Reader) -> Sql:
    scope, membership = reader.asked
    text, params = scope.rows(membership).query.sql_with_params()
    return Sql(text, tuple(params))


# --- What is shown


def data_of(wanted: Mapping[Kind, tuple[int, ...]]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """What pages show of the rows with these ids, by kind and id; one query."""
    if not wanted:
        return {}
    pieces = [_compiled_data(kind, len(ids)) + Sql("", ids) for kind, ids in wanted.items()]
    whole = join(pieces, " UNION ALL ")
    with connection.cursor() as cursor:
        cursor.execute(whole.text, whole.params)
        return {(key, pk): json.loads(data) for key, pk, data in cursor.fetchall()}


@lru_cache(maxsize=1024)
def _compiled_data(kind: Kind, count: int) -> Sql:
    """The query for so many rows; their ids are the last of its parameters, and left to be added."""
    rows = kind.model._default_manager.filter(pk__in=range(1, count + 1)).order_by()
    shown = rows.annotate(kind_key=Value(kind.key), shown=JSONObject(**kind.data))
    text, params = shown.values_list("kind_key", "pk", "shown").query.sql_with_params()
    assert tuple(params[-count:]) == tuple(range(1, count + 1))
    return Sql(text, tuple(params[:-count]))
