"""An outline pasted from Excel or Word as rows. Pure; the result is shown for correction before it is saved.

From Excel: number, heading, guidance in columns. From Word: a line for each heading that begins with its
number; what stands between headings is the guidance of the heading above it. In both "I." holds "1.", which
holds "a)", so "a)" below "1." below "II." becomes II.1.a. The title of an annex alone ("Phụ lục II") is no
heading.
"""

import csv
import re
from collections.abc import Iterator

from core.vietnamese import clean
from plans.programmes.outline import OutlineRow

_NUMBERED = re.compile(
    r"(?P<number>(?:[IVXLC]+|\d{1,2}|[a-zđ])(?:\.(?:\d{1,2}|[a-zđ]))*)[.)/]?(?:\s+|(?<=[.)/]))(?P<heading>\S.*)"
)
# "1. Giải pháp", "a) Mạng", "3.Phát triển", "II.1.b Hiện trạng"; not "10/4/2007", "2.5 lần" or "1.1 triệu".
_SEPARATED = re.compile(
    r"(?:[IVXLC]+|\d{1,2}|[a-zđ])(?:\.(?:\d{1,2}|[a-zđ]))*\s*(?:[.)/]\s+\S|[.)/](?=[^\W\d]))"
)
_WHOLE = re.compile(r"(?:[IVXLC]+|\d{1,2})(?:\.(?:\d{1,2}|[a-zđ]))+\s+(?P<first>\S)")
_PART = re.compile(
    r"(?P<number>(?:Phụ lục|Phần|Chương|Mục)\s+[IVXLC\d]+)\s*[.:)-]?\s*(?P<heading>.*)", re.IGNORECASE
)
_DASH = re.compile(r"[-–]\s+(?=[a-zđ]\s*\))")
_STEP = re.compile(r"[IVXLC]+|\d{1,2}|[a-zđ]")
_LETTERS = re.compile(r"[a-zđ]")


def read_outline(pasted: str) -> list[OutlineRow]:
    """The headings, in their order; nothing where no line has a number or a column."""
    if "\t" in pasted:
        return list(_of_columns(pasted))
    return list(_of_lines(pasted))


def _of_columns(pasted: str) -> Iterator[OutlineRow]:
    path: list[str] = []
    for cells in csv.reader(pasted.splitlines(keepends=True), delimiter="\t"):
        texts = [clean(cell, multiline=True) for cell in (*cells, "", "", "")[:3]]
        number, heading, guidance = clean(texts[0].rstrip(".)/ ")), clean(texts[1]), texts[2]
        if number:
            path = [*_above(number, path), number] if _STEP.fullmatch(number) else number.split(".")
        if any(texts):
            yield OutlineRow(".".join(path) if number else "", heading, guidance)


def _of_lines(pasted: str) -> Iterator[OutlineRow]:
    open_row: OutlineRow | None = None
    path: list[str] = []
    for line in pasted.splitlines():
        text = _DASH.sub("", clean(line.lstrip("#* \u00a0").replace("*", "")))
        if not text or _is_title(text):
            path = path if not text else []
            continue
        found = _heading(text, path)
        if found is None:
            if open_row is not None:
                guidance = f"{open_row.guidance}\n{text}".strip()
                open_row = OutlineRow(open_row.number, open_row.heading, guidance)
            continue
        if open_row is not None:
            yield open_row
        path, heading = found
        open_row = OutlineRow(".".join(path), heading)
    if open_row is not None:
        yield open_row


def _is_title(text: str) -> bool:
    part = _PART.fullmatch(text)
    return part is not None and not part["heading"]


def _heading(text: str, path: list[str]) -> tuple[list[str], str] | None:
    """The whole number of a heading's line, by the headings above it; None for any other line."""
    part = _PART.fullmatch(text)
    if part:
        return [clean(part["number"])], part["heading"]
    found = _NUMBERED.fullmatch(text) if _begins_with_number(text) else None
    if found is None:
        return None
    steps = found["number"].split(".")
    if len(steps) > 1:
        return steps, found["heading"]
    return [*_above(steps[0], path), steps[0]], found["heading"]


def _begins_with_number(text: str) -> bool:
    whole = _WHOLE.match(text)
    return bool(_SEPARATED.match(text)) or (whole is not None and whole["first"].isupper())


def _above(step: str, path: list[str]) -> list[str]:
    """What a number stands below: a letter below the last digit, a digit below the last Roman number."""
    level = _level(step, path)
    return [one for one in path if _level(one, path) < level]


def _level(step: str, path: list[str]) -> int:
    """1 for a Roman number or a part, 2 for digits, 3 for a letter."""
    if step.isdecimal():
        return 2
    if _LETTERS.fullmatch(step):
        return 3
    return 0 if " " in step else 1
