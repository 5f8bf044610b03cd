"""Reporting periods by cadence. Pure: a code such as `2008-Q2`, `2011-H1` or `2012` gives window and title.

The calendar quarter, half-year or year is the window: no cut-off rule was seen for 2008-2015. With a cut-off
day (NĐ 09/2019/NĐ-CP: 14) the window ends on that day of its last month, and begins on the day after the
cut-off before it.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.notation import FIRST_YEAR, LAST_YEAR
from core.vietnamese import roman

MONTHS = {"quarter": 3, "half_year": 6, "year": 12}
# What the portal proposes where neither a document nor an administrator has set a deadline.
USUAL_DUE_DAYS = 15
_SIGNS = {"quarter": "Q", "half_year": "H"}
_CODE = re.compile(r"(?P<year>\d{4})(?:-(?P<sign>[QH])(?P<number>[1-4]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a cadence: first and last day, code, and its title in Vietnamese."""

    code: str
    cadence: str
    first: date
    last: date
    title: str

    def due_on(self, days: int) -> date:
        return self.last + timedelta(days=days)


def period(code: str, cadence: str, cutoff_day: int | None = None) -> Period:
    """The period that `code` names in a regime of this cadence. Raises ValueError when it names none."""
    match = _CODE.fullmatch(code)
    if match is None or cadence not in MONTHS or match["sign"] != _SIGNS.get(cadence):
        raise ValueError(code)
    year, number, months = int(match["year"]), int(match["number"] or 1), MONTHS[cadence]
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= 12 // months:
        raise ValueError(code)
    last_month = number * months
    return Period(
        code=code,
        cadence=cadence,
        first=_closed_on(year, last_month - months, cutoff_day) + timedelta(days=1),
        last=_closed_on(year, last_month, cutoff_day),
        title=_title(cadence, year, number),
    )


def _closed_on(year: int, month: int, cutoff_day: int | None) -> date:
    """The last day of a window that ends in the month; month 0 is December of the year before."""
    if month == 0:
        year, month = year - 1, 12
    return date(year, month, cutoff_day or calendar.monthrange(year, month)[1])


def ad_hoc_period(first: date, last: date, title: str, number: int) -> Period:
    """A period outside any cadence; its code, such as `2008-A1`, counts those of the year."""
    return Period(f"{last.year}-A{number}", "", first, last, title)


def _title(cadence: str, year: int, number: int) -> str:
    if cadence == "quarter":
        return f"Quý {roman(number)} năm {year}"
    if cadence == "half_year":
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    return f"Năm {year}"


def codes_of_year(year: int, cadence: str) -> list[str]:
    """The codes of one year in order; none without a cadence."""
    if cadence not in MONTHS:
        return []
    sign = _SIGNS.get(cadence)
    return [f"{year}-{sign}{n}" for n in range(1, 12 // MONTHS[cadence] + 1)] if sign else [str(year)]


def next_code(code: str, cadence: str) -> str:
    """The code after `code`, over the end of the year."""
    year = int(code[:4])
    codes = codes_of_year(year, cadence)
    index = codes.index(code) + 1
    return codes[index] if index < len(codes) else codes_of_year(year + 1, cadence)[0]
