"""The clauses of a document: where each one's words stand in the text, and which one a line rests on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from plans.documents.numbers import upwards
from plans.models import Clause
from sources import reading
from sources.reading import Record
from sources.rows import PrintedContent

SHOWN_WORDS = 60
# The parts whose rows cite a clause, and the fields of a fixture that do.
_CITING = (
    ("sections", "clause", "number"),
    ("tasks", "clause", "clause"),
    ("projects", "clause", "clause"),
    ("projects", "also_at", "also_at"),
    ("targets", "clause", "clause"),
    ("baselines", "clause", "clause"),
    ("stated_totals", "clause", "clause"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A clause with the offset at which it begins; None where our copy lacks it."""

    clause: Clause
    start: int | None


def read_clauses(path: Path, text: str) -> list[Clause] | None:
    """The clauses of clauses.yaml in the order of the text, without their document; None without the file.

    The words `at` are looked for from the clause before on. A clause's own words end where the next one's
    begin; one that our copy lacks stands where the words before it end.
    """
    if not path.exists():
        return None
    found: list[Found] = []
    position = 0
    for number, record in enumerate(reading.records(path, "number", unique=True), start=1):
        clause = _clause(record, number)
        start = None if clause.missing else _offset(record, text, position)
        position = position if start is None else start
        record.finish()
        record.fits(clause)
        found.append(Found(clause, start))
    end = len(text)
    for one in reversed(found):
        one.clause.start, one.clause.end = (end if one.start is None else one.start), end
        end = one.clause.start
    return [one.clause for one in found]


def _clause(record: Record, position: int) -> Clause:
    return Clause(
        number=record.text("number", required=True),
        heading=record.text("heading"),
        missing=record.flag("missing"),
        note=record.long_text("note"),
        position=position,
    )


def _offset(record: Record, text: str, position: int) -> int:
    words = record.verbatim("at", required=True)
    start = text.find(words, position)
    if start < 0:
        known = " (they stand before the clause above)" if words in text else ""
        raise record.wrong(
            "at",
            f"“{words[:SHOWN_WORDS]}” is not found in text.txt from the clause above on{known}; "
            "copy the words as they stand there",
        )
    return start


def unresolved(printed: PrintedContent, numbers: Collection[str]) -> Iterator[str]:
    """One line for each citation that rests on no clause of the document: it is none, nor below one.

    "IV.1.a, lộ trình" rests on "IV.1.a".
    """
    for part, attribute, field in _CITING:
        for row, record in printed.placed(part):
            cited = getattr(row, attribute)
            if attribute == "also_at" and not cited:
                continue
            if not any(number in numbers for number in upwards(cited)):
                yield record.said(
                    field, f"“{cited}” is no clause of the document, nor below one; add it to clauses.yaml"
                )
