"""A document's page: its text cut at the clauses, with what was made of each beside it. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans.documents.clauses import ClauseIndex
from plans.documents.layout import Block, Kind, Row, Run, lay_out, snapped
from plans.documents.made import Mark
from plans.documents.numbers import anchor_of
from plans.documents.words import fold
from plans.models import Clause

_NUMBER = re.compile(r"[<>=]*\d[\d.,]*")
CONTENTS_LEVELS = 2
"""How far down the table of contents goes."""
HEADING_LENGTH = 90
CONTENTS_LENGTH = 60
LONG_CELL = 70
OPENING = 600  # characters in which the first words of a clause are looked for


@dataclass(slots=True)
class Place:
    """Where a clause stands in the page, and what was made of it."""

    clause: Clause
    anchor: str
    level: int
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a printed table; `span` is over how many columns the last one of a short row goes."""

    text: str
    number: bool
    span: int = 1

    @property
    def long(self) -> bool:
        return len(self.text) > LONG_CELL


@dataclass(slots=True)
class RowView:
    """A row of a printed table; `places` are the clauses that begin in it."""

    row: Row
    width: int
    places: list[Place] = field(default_factory=list)

    @property
    def cells(self) -> list[CellView]:
        cells = [CellView(text, _NUMBER.fullmatch(text) is not None) for text in self.row.cells]
        short = self.width - len(cells)
        return [*cells[:-1], replace(cells[-1], span=1 + short)] if short else cells


@dataclass(slots=True)
class BlockView:
    """A block with its runs as they are to be drawn, and for a table its rows."""

    block: Block
    runs: Sequence[tuple[Run, bool]]  # with whether the words searched for stand in it
    rows: list[RowView] = field(default_factory=list)
    hit: int = 0  # which of the places found this is, from 1

    @property
    def has_places(self) -> bool:
        return any(row.places for row in self.rows)

    @property
    def wide(self) -> bool:
        """Whether it wants the whole width of the page."""
        return self.block.kind is Kind.TABLE and self.block.width > 2


@dataclass(slots=True)
class Passage:
    """The words from the start of one clause to that of the next; without a clause, those before any."""

    place: Place | None
    blocks: list[BlockView] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        return any(view.wide for view in self.blocks)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    label: str
    anchor: str
    level: int
    missing: bool


def passages_of(index: ClauseIndex, marks: Mapping[int, Sequence[Mark]]) -> list[Passage]:
    """The whole text in order. A clause that our copy lacks stands between the passages, without words."""
    text = index.document.text
    waiting = sorted(
        ((snapped(text, clause.start), clause.position, clause.pk, clause) for clause in index.clauses),
        key=lambda one: one[:3],
    )
    breaks = [start for start, *_, clause in waiting if not clause.missing]
    blocks = lay_out(text, breaks, signer=index.document.signer)
    places = [(start, _place(index, clause, marks)) for start, *_, clause in waiting]
    found = [Passage(None)]
    nth = 0
    for number, block in enumerate(blocks):
        end = blocks[number + 1].start if number + 1 < len(blocks) else len(text) + 1
        view = view_of(block)
        if block.kind is not Kind.TABLE:
            while nth < len(places) and places[nth][0] <= block.start:
                found.append(Passage(places[nth][1]))
                nth += 1
        while block.kind is Kind.TABLE and nth < len(places) and places[nth][0] < end:
            start, place = places[nth]
            if start < block.start or place.clause.missing:
                found.append(Passage(place))
            else:
                _row_at(view.rows, start).places.append(place)
            nth += 1
        if found[-1].place is not None and found[-1].place.clause.missing:
            found.append(Passage(None))
        found[-1].blocks.append(view)
    found += [Passage(place) for _start, place in places[nth:]]
    return [passage for passage in found if passage.place or passage.blocks]


def _place(index: ClauseIndex, clause: Clause, marks: Mapping[int, Sequence[Mark]]) -> Place:
    return Place(clause, anchor_of(clause.number), index.levels[clause.pk], marks.get(clause.pk, ()))


def view_of(block: Block) -> BlockView:
    """A block as it is drawn, with nothing found in it and nobody at its rows."""
    return BlockView(
        block, [(run, False) for run in block.runs], [RowView(row, block.width) for row in block.rows]
    )


def _row_at(rows: Sequence[RowView], start: int) -> RowView:
    """The row in which a clause begins."""
    return [row for row in rows if row.row.start <= start][-1]


# --- Contents


def contents_of(index: ClauseIndex) -> list[Entry]:
    """The upper levels of the document, each with its heading or its first words."""
    return [
        Entry(
            label_of(clause, CONTENTS_LENGTH),
            anchor_of(clause.number),
            index.levels[clause.pk],
            clause.missing,
        )
        for clause in index.clauses
        if index.levels[clause.pk] <= CONTENTS_LEVELS
    ]


def label_of(clause: Clause, length: int = HEADING_LENGTH) -> str:
    """A clause by number and heading, or by number and its first words."""
    words = clause.heading or ("" if clause.missing else first_words(clause, length))
    return f"{clause.number}. {words}" if words else clause.number


def first_words(clause: Clause, length: int) -> str:
    """What the clause begins with, without its number, cut at a word."""
    last = clause.number.replace(",", ".").rpartition(".")[2].strip()
    words = ""
    for block in blocks_of(clause, OPENING):
        words = block.text.removeprefix(block.mark).strip()
        for number in (f"{clause.number}.", f"{last}.", f"{last})", f"{last} ·", clause.number):
            if words.casefold().startswith(number.casefold()):
                words = words[len(number) :].strip(" :")
        if words:
            break
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def blocks_of(clause: Clause, length: int | None = None) -> list[Block]:
    """The clause's own words, laid out, or the first `length` characters. Of a place in a table its rows."""
    text = clause.document.text
    start = snapped(text, clause.start)
    words = text[start : max(snapped(text, clause.end), start)]
    return lay_out(words[:length], signer=clause.document.signer, headed=False)


def opening_of(clause: Clause) -> str:
    """The line with which a clause opens: what is above the words of those below it."""
    return next((block.text for block in blocks_of(clause, OPENING) if not block.rows), "")


def with_head(blocks: list[Block], above: Sequence[Clause]) -> list[Block]:
    """The rows of a place in a table, under the head that stands above them in the text."""
    if [block.kind for block in blocks[:1]] != [Kind.TABLE] or blocks[0].rows[0].head or not above:
        return blocks
    tables = [block for block in blocks_of(above[-1]) if block.kind is Kind.TABLE]
    heads = [row for block in tables[-1:] for row in block.rows if row.head]
    if not heads or len(heads[0].cells) != blocks[0].width:
        return blocks
    return [replace(blocks[0], rows=(heads[0], *blocks[0].rows)), *blocks[1:]]


# --- Searching in the text


def search(passages: Iterable[Passage], typed: str) -> list[tuple[BlockView, Place | None]]:
    """The blocks that hold the words, whatever their case and marks, each with the clause that it stands in.

    The words found are marked in the passages.
    """
    wanted = fold(" ".join(typed.split()))
    if not wanted:
        return []
    found: list[tuple[BlockView, Place | None]] = []
    for passage in passages:
        for view in passage.blocks:
            if wanted not in fold(view.block.text):
                continue
            found.append((view, passage.place))
            view.hit = len(found)
            view.runs = [piece for run, _marked in view.runs for piece in _pieces(run, wanted)]
    return found


def _pieces(run: Run, wanted: str) -> Iterable[tuple[Run, bool]]:
    text = unicodedata.normalize("NFC", run.text)
    folded, end = fold(text), 0
    while (at := folded.find(wanted, end)) >= 0:
        if at > end:
            yield replace(run, text=text[end:at]), False
        end = at + len(wanted)
        yield replace(run, text=text[at:end]), True
    if text[end:]:
        yield replace(run, text=text[end:]), False
