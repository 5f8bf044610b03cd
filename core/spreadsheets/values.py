"""How one value becomes the content and the number format of a cell."""

import re
from datetime import date, datetime

from core.clock import HANOI
from core.findings import Text
from core.spreadsheets.sheets import CellKind

NUMBERS = frozenset(CellKind) - {CellKind.TEXT, CellKind.DATE, CellKind.DATETIME}
RUNS = ("=", "+", "-", "@", "\t", "\r")  # with these a program may take a text for a formula
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TEXT = 32_767
WIDTHS = {  # in characters
    CellKind.TEXT: 30,
    CellKind.NUMBER: 14,
    CellKind.MONEY: 14,
    CellKind.INTEGER: 10,
    CellKind.PERCENT: 10,
    CellKind.YEAR: 8,
    CellKind.DATE: 12,
    CellKind.DATETIME: 17,
}


def plain_text(text: Text) -> str:
    """The text without what XML cannot hold, cut visibly where a cell ends."""
    plain = _UNWRITABLE.sub("", str(text).replace("\r\n", "\n"))
    return plain if len(plain) <= _LONGEST_TEXT else plain[: _LONGEST_TEXT - 1] + "…"


def sheet_date(kind: CellKind, value: date) -> date:
    """Sheets know no time zones: a moment is written as the clocks of Hà Nội show it, or as its day there."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(HANOI).replace(tzinfo=None) if value.tzinfo else value
    return local.date() if kind is CellKind.DATE else local


_FORMATS = {
    CellKind.TEXT: "General",
    CellKind.YEAR: "0",
    CellKind.DATE: "dd/mm/yyyy",
    CellKind.DATETIME: "dd/mm/yyyy hh:mm",
}


def number_format(kind: CellKind, places: int | None) -> str:
    """Grouped, with the decimals that the value has; for a blank cell, with as many as will be typed."""
    if kind in _FORMATS:
        return _FORMATS[kind]
    blank = "" if kind is CellKind.INTEGER else "######"
    places_shown = blank if places is None else "0" * places
    unit = '" %"' if kind is CellKind.PERCENT else ""
    return "#,##0" + (f".{places_shown}" if places_shown else "") + unit
