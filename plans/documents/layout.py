"""The text of a document as an official reads it: headings, points, dashes and the rows of its tables.

Our copies are plain text: one line a paragraph, a tab before each cell of a table, a blank line after each of
its rows. Nothing is added: what a line is follows from how it begins, and its words stay. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.vietnamese import search_key


class Kind(StrEnum):
    """What a block is; the page sets each in its own way."""

    CENTRED = "centred"  # the head of the document or of an annex
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"  # 1.
    LETTER = "letter"  # a)
    DASH = "dash"  # -
    PLUS = "plus"  # + below a dash
    TABLE = "table"
    SIGNATURE = "signature"  # to whom it goes, and who signed


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a printed table: the place of its first cell, and the cells as printed."""

    start: int
    cells: tuple[str, ...]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; `strong` as our copy marks it, or because it is an article's number."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table, with its place in the text. `mark` stands before a point's words."""

    kind: Kind
    start: int
    runs: tuple[Run, ...] = ()
    mark: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """Its words in one line: to be searched, and shortened."""
        if self.rows:
            return " · ".join(cell for row in self.rows for cell in row.cells if cell)
        return " ".join(filter(None, (self.mark, "".join(run.text for run in self.runs))))

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(slots=True)
class _Line:
    start: int
    text: str  # without what only marks it up
    raw: str
    cell: bool = False
    new_row: bool = False

    @property
    def blank(self) -> bool:
        return not self.text and not self.cell


_CELL = re.compile(r"[ \xa0]*\t")
_HASHES = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"[_\s]+")
# What may stand between the start of a line and the first words of a clause that begins there.
_BEFORE_WORDS = re.compile(r"[\s#*_\xa0]*(?:[-–][\s*]+)?")


def snapped(text: str, place: int) -> int:
    """The start of the line in which a clause begins, where only marks and blanks stand before its words."""
    start = text.rfind("\n", 0, place) + 1
    return start if _BEFORE_WORDS.fullmatch(text, start, place) else place


def lay_out(text: str, breaks: Iterable[int] = (), *, signer: str = "", headed: bool = True) -> list[Block]:
    """The blocks of a text. At each place of `breaks` (as `snapped` gives it) a new one begins.

    `headed` says that the text is a whole document, which opens with who issues what, about what.
    """
    lines = list(_lines(text, sorted(set(breaks))))
    blocks: list[Block] = []
    head = _head_of(lines) if headed else 0
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.cell:
            table, place = _table(lines, place)
            blocks.append(table)
            continue
        if not line.blank and not _RULE.fullmatch(line.text):
            blocks.append(
                _block(line, in_head=place < head, before=blocks[-1] if blocks else None, signer=signer)
            )
        place += 1
    return blocks


def _lines(text: str, breaks: list[int]) -> Iterator[_Line]:
    start = 0
    cuts = iter([*breaks, len(text) + 1])
    cut = next(cuts)
    for whole in text.split("\n"):
        end = start + len(whole)
        pieces = [start]
        while cut <= end:
            if cut > start and not _CELL.match(whole):
                pieces.append(cut)
            cut = next(cuts, len(text) + 1)
        for begin, stop in zip(pieces, [*pieces[1:], end], strict=True):
            yield _line(begin, text[begin:stop])
        start = end + 1


def _line(start: int, raw: str) -> _Line:
    found = _CELL.match(raw)
    if found:
        return _Line(start, " ".join(raw.split()), raw, cell=True, new_row=len(found[0]) > 1)
    return _Line(start, " ".join(raw.split()), raw)


# --- Tables


def _table(lines: list[_Line], place: int) -> tuple[Block, int]:
    """The rows from here on: a blank line ends a row, words without a tab after one end the table."""
    rows: list[tuple[int, list[str]]] = []
    start = lines[place].start
    current: list[str] | None = None
    while place < len(lines):
        line = lines[place]
        if line.cell:
            if current is None or line.new_row:
                current = []
                rows.append((line.start, current))
            current.append(line.text)
        elif line.blank:
            following = next((one for one in lines[place + 1 : place + 2]), None)
            if following is None or not following.cell:
                break
            current = None
        elif current is None:
            break
        else:
            current[-1] = f"{current[-1]}\n{line.text}".strip()
        place += 1
    kept = [(begin, cells) for begin, cells in rows if any(cells)]
    if any(_SIGNED.match(cell) for _begin, cells in kept for cell in cells):
        return Block(
            Kind.SIGNATURE, start, rows=tuple(Row(begin, _trimmed(cells)) for begin, cells in kept)
        ), place
    made = tuple(
        Row(begin, tuple(cells), head=not nth and _is_head(cells)) for nth, (begin, cells) in enumerate(kept)
    )
    return Block(Kind.TABLE, start, rows=made), place


_SIGNED = re.compile(r"(?:Nơi nhận|KT\. |TM\. |TL\. |TUQ\. )")
_HEAD_WORDS = {"stt", "tt", "so tt", "dvt", "don vi tinh", "cac chi tieu"}


def _is_head(cells: list[str]) -> bool:
    return any(search_key(cell) in _HEAD_WORDS for cell in cells)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell for cell in cells if cell)


# --- Paragraphs

_MARK = re.compile(r"(?P<point>\d{1,2}\.)\s+|(?P<letter>[a-zđ]\))\s*|(?P<dash>[-–•*])\s+|(?P<plus>\+)\s+")
_ARTICLE = re.compile(r"(Điều \d+\.)\s*")
_NUMBERED = re.compile(r"(?:[IVX]+|[A-Z])\.\s+\S")
_ANNEX = re.compile(r"Phụ lục\s+[IVX\d]+$")
_GROUP = re.compile(r"NHÓM [A-Z]\.")
_ENACTED = re.compile(r"\((?:Ban hành|Kèm) ")
_BEGINS = re.compile(r"(?:Căn cứ|Điều \d|Kính gửi|Ngày \d|\d+\.\s|[-–]\s|[IVX]+\.\s)")
HEADING_LENGTH = 130
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def _head_of(lines: list[_Line]) -> int:
    """How many lines stand before the text proper: who issues what, about what."""
    return next((nth for nth, line in enumerate(lines) if line.cell or _BEGINS.match(_bare(line.text))), 0)


def _bare(text: str) -> str:
    return _HASHES.sub("", text, count=1).replace("**", "")


def _block(line: _Line, *, in_head: bool, before: Block | None, signer: str) -> Block:
    text = _HASHES.sub("", line.text, count=1)
    marked = text != line.text
    whole = text.startswith("**") and text.count("**") in (1, 2) and text.rstrip().endswith("**")
    bare = text.replace("**", "").strip() if whole or text.count("**") % 2 else text
    heading = marked or whole
    strong = whole or (text.count("**") % 2 == 1)
    if signer and bare == signer:
        return Block(Kind.CENTRED, line.start, (Run(bare, strong=True),))
    if _centred(bare, in_head=in_head, before=before):
        return Block(Kind.CENTRED, line.start, (Run(bare, strong=_is_caps(bare) or strong),))
    if found := _ARTICLE.match(bare):
        return Block(
            Kind.PARAGRAPH, line.start, (Run(f"{found[1]} ", strong=True), *_runs(bare[found.end() :]))
        )
    if (_NUMBERED.match(bare) or _GROUP.match(bare)) and (heading or _is_short(bare)):
        return Block(Kind.HEADING, line.start, (Run(bare),))
    if found := _MARK.match(bare):
        return _marked(line, bare, found, heading=heading)
    kind = Kind.HEADING if heading and _is_short(bare) else Kind.PARAGRAPH
    return Block(kind, line.start, _runs(bare, strong=strong))


def _marked(line: _Line, text: str, found: re.Match[str], *, heading: bool) -> Block:
    kind = Kind(found.lastgroup or "dash")
    mark, words = found[0].strip(), text[found.end() :]
    if kind is Kind.DASH and (inner := _MARK.match(words)) and inner.lastgroup == "letter":
        # Our copy of CV 1594 has a dash before some of its letters; the letter tells where the words belong.
        kind, mark, words = Kind.LETTER, f"{mark} {inner[0].strip()}", words[inner.end() :]
    if kind is Kind.DASH and line.raw[:2].isspace():
        kind = Kind.PLUS
    if kind is Kind.POINT and (heading or (_is_short(words) and words.endswith((":", "/")))):
        return Block(Kind.HEADING, line.start, (Run(f"{mark} {words}"),))
    if kind is Kind.POINT and _is_short(words) and not words.endswith((".", ";", ",")):
        return Block(Kind.HEADING, line.start, (Run(f"{mark} {words}"),))
    return Block(kind, line.start, _runs(words), mark=mark)


def _runs(text: str, *, strong: bool = False) -> tuple[Run, ...]:
    runs, end = [], 0
    for found in _STRONG.finditer(text):
        runs += [Run(text[end : found.start()], strong), Run(found[1], strong=True)]
        end = found.end()
    return tuple(run for run in (*runs, Run(text[end:], strong)) if run.text)


def _centred(text: str, *, in_head: bool, before: Block | None) -> bool:
    if in_head or _ANNEX.match(text) or _ENACTED.match(text):
        return True
    if before is not None and before.kind is Kind.CENTRED and before.text.count("(") > before.text.count(")"):
        return True  # "(Ban hành kèm theo ..." goes on
    return _is_caps(text) and not _NUMBERED.match(text) and not _GROUP.match(text) and not _MARK.match(text)


def _is_caps(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters)


def _is_short(text: str) -> bool:
    return _is_caps(text) or (len(text) <= HEADING_LENGTH and not text.endswith((".", ";")))
