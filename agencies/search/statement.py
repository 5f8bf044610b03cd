"""The one statement that asks all kinds at once.

A query for each kind, with a count of its own and its own check of rights, costs three times as much as this,
and most of that is planning.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from agencies.finding import Kind, Scope
from agencies.models import Membership
from agencies.search.compiled import Sql, join, rows_of
from agencies.search.words import Words


@dataclass(frozen=True, slots=True)
class Window:
    """Which of the hits are wanted, and among how many at most the best are looked for."""

    limit: int
    offset: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one kind: how many there are, and the ids of those wanted, best first."""

    total: int
    ids: tuple[int, ...]


class Matching:
    """How a row holds the words: all of them, the last perhaps unfinished; one alone anywhere in a word."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def indexed(self, alias: str) -> Sql:
        """What the index answers, which knows letters and no words."""
        return join(
            (Sql(f"{alias}.search_key LIKE %s", (f"%{word}%",)) for word in self.words.words), " AND "
        )

    def exact(self, alias: str) -> Sql:
        """What is asked of the rows that the index leaves, in one expression: it is planned sooner."""
        *complete, last = map(_spaced, self.words.words)
        text = f"(' ' || replace({alias}.search_key, '-', ' ') || ' ')"
        patterns = [*(f"% {word} %" for word in complete), f"% {last}%" if complete else f"%{last}%"]
        if connection.vendor == "postgresql":
            return Sql(f"{text} LIKE ALL (ARRAY[{', '.join(['%s'] * len(patterns))}])", tuple(patterns))
        return join((Sql(f"{text} LIKE %s", (pattern,)) for pattern in patterns), " AND ")

    def rank(self, alias: str) -> Sql:
        """The same text, one that begins so, one with the words side by side, any other.

        Of a single word the third is one that a word begins with.
        """
        key, whole = f"{alias}.search_key", self.words.key
        third = f"%{whole}%" if len(self.words.words) > 1 else f"% {whole}%"
        return Sql(
            f"CASE WHEN {key} = %s THEN 0 WHEN {key} LIKE %s THEN 1 WHEN {key} LIKE %s THEN 2 ELSE 3 END",
            (whole, f"{whole}%", third),
        )


def _spaced(word: str) -> str:
    return word.replace("-", " ")


def find(windows: Mapping[Kind, Window], matching: Matching, membership: Membership) -> dict[str, Found]:
    """What matches, by the kinds' keys; one query."""
    if not windows:
        return {}
    scopes = {kind.scope.name: kind.scope for kind in windows if kind.scope}
    branches = join((_branch(kind, window, matching) for kind, window in windows.items()), " UNION ALL ")
    whole = _with(scopes.values(), membership) + branches
    found: dict[str, tuple[int, list[int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(whole.text, whole.params)
        for key, pk, total in cursor.fetchall():
            found.setdefault(key, (total, []))[1].append(pk)
    return {key: Found(total, tuple(ids)) for key, (total, ids) in found.items()}


def _with(scopes: Iterable[Scope], membership: Membership) -> Sql:
    tables = [_table(scope, membership) for scope in scopes]
    return Sql("WITH ") + join(tables, ", ") + Sql(" ") if tables else Sql("")


def _table(scope: Scope, membership: Membership) -> Sql:
    columns = ", ".join(("id", "later", "amends", *scope.flags))
    return Sql(f"{scope.name} ({columns}) AS (") + rows_of(scope, membership) + Sql(")")


def _branch(kind: Kind, window: Window, matching: Matching) -> Sql:
    """The best rows of one kind, in order, each with the number of all."""
    candidates = _candidates(kind, matching)
    if window.most:
        candidates += Sql(" LIMIT %s", (window.most,))
    return (
        Sql("SELECT * FROM (SELECT %s AS kind, id, count(*) OVER () AS total FROM (", (kind.key,))
        + candidates
        + Sql(
            f") AS matching_{kind.key} ORDER BY rank, later, size, id LIMIT %s OFFSET %s) AS {kind.key}",
            (window.limit, window.offset),
        )
    )


def _candidates(kind: Kind, matching: Matching) -> Sql:
    """The rows that hold the words and that the reader may see.

    All but what the index answers stands in one CASE. There PostgreSQL asks a table of ids whether it has the
    row's, however few rows it expects. A join would go through all ids for every row where the guess is too
    low, and with words that go together it is.
    """
    table = kind.model._meta.db_table
    asked = [matching.exact("x"), *_visible(kind, table, matching)]
    return (
        Sql("SELECT x.id, ")
        + matching.rank("x")
        + Sql(f" AS rank, {_later(kind)} AS later, length(x.search_key) AS size FROM {table} x WHERE ")
        + matching.indexed("x")
        + Sql(" AND CASE WHEN ")
        + join(asked, " AND ")
        + Sql(" THEN 0 ELSE 1 END < 1")
    )


def _later(kind: Kind) -> str:
    if kind.scope is None:
        return "0"
    first = f"SELECT id FROM {kind.scope.name} WHERE later = 0"
    return f"CASE WHEN x.{kind.through} IN ({first}) THEN 0 ELSE 1 END"


def _visible(kind: Kind, table: str, matching: Matching) -> Iterator[Sql]:
    if kind.scope is None:
        return
    scope, through, line = kind.scope.name, kind.through, kind.line
    only = f" WHERE {kind.only}" if kind.only else ""
    yield Sql(f"x.{through} IN (SELECT id FROM {scope}{only})")
    if line:
        # A further version is a hit only where the version that holds does not say the same.
        yield (
            Sql(
                f"(x.{through} NOT IN (SELECT id FROM {scope} WHERE amends IS NOT NULL)"
                f" OR x.{line} NOT IN (SELECT y.{line} FROM {table} y"
                f" WHERE y.{through} IN (SELECT amends FROM {scope}) AND "
            )
            + join([matching.indexed("y"), matching.exact("y")], " AND ")
            + Sql("))")
        )
