"""Typing errors: rows whose words look like those typed, when no row holds them. On PostgreSQL alone.

Vietnamese syllables are short, and a letter amiss in one leaves few of its triples standing. So all words are
compared together, and those that do occur must be there: that finds 94 of 100 typing errors in names of
projects, and keeps the comparison, 20 µs a row, to few rows.
"""

from collections.abc import Iterable

from django.db import connection

from agencies.finding import Kind
from agencies.search.compiled import Sql, join
from agencies.search.statement import Matching
from agencies.search.words import Words

ENOUGH = "0.5"
"""How much of the typed triples must stand in a stretch of the text; pg_trgm's own default is 0.6."""
MOST = 200
FEWEST_LETTERS = 3
"""Numbers, and words shorter than this, are taken as they are typed."""


class Similar(Matching):
    """Rows that look like the words: those that occur somewhere must be there, or all but one."""

    def __init__(self, words: Words, known: Iterable[str]) -> None:
        super().__init__(words)
        self.known = tuple(known)

    def indexed(self, alias: str) -> Sql:
        """The known words first: whatever the index does not answer is asked in this order."""
        key, words = f"{alias}.search_key", self.words.words
        alike = Sql(f"%s <%% {key}", (self.words.key,))
        if len(self.known) == len(words) > 1:
            all_but_one = (_all(key, [*words[:i], *words[i + 1 :]]) for i in range(len(words)))
            return Sql("(") + join(all_but_one, " OR ") + Sql(") AND ") + alike
        return join([*([_all(key, self.known)] if self.known else []), alike], " AND ")

    def exact(self, alias: str) -> Sql:
        """The index's own answer is looked over already."""
        return Sql("0 = 0")

    def rank(self, alias: str) -> Sql:
        """The more alike, the earlier."""
        return Sql(f"1 - word_similarity(%s, {alias}.search_key)", (self.words.key,))


def similar(words: Words, kinds: Iterable[Kind]) -> Similar | None:
    """How to look for what may have been meant, or None where that cannot be done; one query."""
    if connection.vendor != "postgresql" or not any(map(_can_be_mistyped, words.words)):
        return None
    tables = [kind.model._meta.db_table for kind in kinds]
    asked = join((_occurs(word, tables) for word in words.words), ", ")
    statement = Sql("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false), ", (ENOUGH,)) + asked
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        _threshold, *occur = cursor.fetchone()
    return Similar(words, (word for word, known in zip(words.words, occur, strict=True) if known))


def _can_be_mistyped(word: str) -> bool:
    return len(word) >= FEWEST_LETTERS and word.isalpha()


def _all(key: str, words: Iterable[str]) -> Sql:
    pieces = [Sql(f"{key} LIKE %s", (f"%{word}%",)) for word in words]
    return Sql("(") + join(pieces, " AND ") + Sql(")")


def _occurs(word: str, tables: Iterable[str]) -> Sql:
    """Whether any row at all holds the word; it is never said whose."""
    return join(
        (Sql(f"EXISTS (SELECT 1 FROM {table} WHERE search_key LIKE %s)", (f"%{word}%",)) for table in tables),
        " OR ",
    )
