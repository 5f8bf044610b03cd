"""What went and what came in a text, word by word, for people to read."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""An operation, "same", "ins" or "del", and the text that it concerns."""

_WORDS = re.compile(r"\s+|[^\W_]+|.")
# Matching words is quadratic in the worst case; a paragraph longer than this is shown as replaced whole.
_LONGEST = 4000


def diff_words(old: str, new: str) -> list[Piece]:
    """Pieces that give `old` without the insertions and `new` without the removals.

    Paragraphs are matched first and words inside the changed ones only, so that long texts stay quick.
    """
    pieces: list[Piece] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for operation, i, j, k, m in _opcodes(before, after):
        if operation == "equal":
            pieces.append(("same", "".join(before[i:j])))
        else:
            pieces.extend(_inside("".join(before[i:j]), "".join(after[k:m])))
    return list(_joined(pieces))


def _inside(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if not before or not after or len(before) + len(after) > _LONGEST:
        yield from _replaced(old, new)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.3:  # hardly a word stayed: two texts side by side read better than confetti
        yield from _replaced(old, new)
        return
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            yield "same", "".join(before[i:j])
        else:
            yield from _replaced("".join(before[i:j]), "".join(after[k:m]))


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield "del", old
    if new:
        yield "ins", new


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one operation as one piece; a lone blank between two changes goes with them."""
    merged: list[Piece] = []
    for operation, text in pieces:
        if merged and merged[-1][0] == operation:
            merged[-1] = (operation, merged[-1][1] + text)
        else:
            merged.append((operation, text))
    yield from merged
