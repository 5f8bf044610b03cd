"""Words that were looked for, marked in what was found; and the part of a long text that holds them."""

import re
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agencies.search.words import Words
from core.vietnamese import search_key

EXCERPT = 240
_ALIKE, _LONG_ENOUGH = 0.7, 3
_JOINING = " -/.\u00a0"
# A word with its marks: decomposed text keeps a letter's marks behind it.
_WORD = re.compile("[^\\W_][\\w\u0300-\u036f]*")


def marked(text: str, words: Words) -> SafeString:
    """The text as HTML in which whole words are marked, so that no letter is parted from its diacritics."""
    pieces, end = [], 0
    for start, stop in _runs(text, words):
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - every piece is escaped


def excerpt(text: str, words: Words, length: int = EXCERPT) -> str:
    """About so many letters of a text around the first run of words that were looked for."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    runs = _runs(flat, words)
    # The longest run is the words side by side, where they stand so.
    start = max(runs, key=lambda run: run[1] - run[0])[0] if runs else 0
    begin = max(0, min(start - length // 4, len(flat) - length))
    begin = flat.rfind(" ", 0, begin) + 1 if begin else 0
    end = begin + length
    if end >= len(flat):
        return f"… {flat[begin:]}"
    end = max(flat.rfind(" ", begin, end), begin + 1)
    return f"{'… ' if begin else ''}{flat[begin:end]} …"


def _runs(text: str, words: Words) -> list[tuple[int, int]]:
    """Where words that were looked for stand, neighbours taken together."""
    standing = [(match.start(), match.end(), search_key(match[0])) for match in _WORD.finditer(text)]
    keys = [key for _start, _end, key in standing]
    meant = _meant(keys, words) or _looking_so(keys, words)
    runs: list[tuple[int, int]] = []
    for start, end, _key in (standing[i] for i in sorted(meant)):
        if runs and not text[runs[-1][1] : start].strip(_JOINING):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _meant(keys: list[str], words: Words) -> set[int]:
    """Places of the words typed; the last may be unfinished, and "II.2.k" is three of them in a row."""
    found: set[int] = set()
    unfinished = words.words[-1]
    for word in words.words:
        *before, last = re.split("[ -]", word)
        if not before and len(words.words) == 1:
            found.update(i for i, key in enumerate(keys) if last in key)
            continue
        length = len(before)
        found.update(
            i + place
            for i in range(len(keys) - length)
            if keys[i : i + length] == before
            and (keys[i + length].startswith(last) if word is unfinished else keys[i + length] == last)
            for place in range(length + 1)
        )
    return found


def _looking_so(keys: list[str], words: Words) -> set[int]:
    """Places of the words that a typing error may have turned into one typed."""
    pieces = {piece for word in words.words for piece in re.split("[ -]", word) if len(piece) >= _LONG_ENOUGH}
    return {
        i
        for i, key in enumerate(keys)
        for piece in pieces
        if SequenceMatcher(None, key, piece).ratio() >= _ALIKE
    }
