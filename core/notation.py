"""Numbers, money and dates: Vietnamese notation in both languages, read strictly, never guessed.

1.234.567,8 and 07/03/2008. Money is a Decimal of triệu đồng. A blank is None, "not stated"; it is not zero.
What a `format_` function writes, the `parse_` function beside it reads back as the same value.
"""

import calendar
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.clock import HANOI
from core.findings import Text
from core.vietnamese import clean

MONEY_LIMIT = Decimal(10_000_000)
"""triệu đồng: ten thousand tỷ; more in one cell is a slip of the unit."""

FIRST_YEAR, LAST_YEAR = 1900, 2100

Number = Decimal | int | float


class NotationError(ValueError):
    """What was typed cannot be read: `message` names the value, `remedy` says what to write instead."""

    def __init__(self, code: str, value: str, message: Text, remedy: Text) -> None:
        super().__init__(code, value, message, remedy)
        self.code = code
        self.value = value
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


_REQUIRED = (_("Nothing was entered."), _("Enter a value; where it is nought, enter 0."))
_ENGLISH = (_("“{value}” is a number in English notation."), _("Write “{vietnamese}”."))
_BLANK_INSIDE = (
    _("“{value}” has a blank inside the number."),
    _("Take out the blank; thousands are grouped by points, as in 2.500."),
)
_NOT_A_NUMBER = (
    _("“{value}” is not a number in Vietnamese notation."),
    _("Write digits only, thousands grouped by points, a comma before decimals, as in 1.234,5."),
)
_YEAR_REMEDY = _("Write the year with four digits, as in 2008.")
_DATE_REMEDY = _("Write day/month/year, as in 07/03/2008.")

MESSAGES = {
    "money_required": _REQUIRED,
    "money_english_notation": _ENGLISH,
    "money_ambiguous": (
        _("“{value}” can be read in two ways."),
        _("Write “{grouped}” if the comma groups thousands, “{decimal}” if it stands before decimals."),
    ),
    "money_blank_inside": _BLANK_INSIDE,
    "money_notation": _NOT_A_NUMBER,
    "money_negative": (_("“{value}” is negative."), _("Enter an amount of 0 or more.")),
    "money_too_fine": (_("“{value}” million đồng is finer than one đồng."), _("Write at most six decimals.")),
    "money_too_large": (
        _("“{value}” is more than {limit} million đồng."),
        _("Check the unit: amounts are in million đồng, not in đồng."),
    ),
    "number_required": _REQUIRED,
    "number_english_notation": _ENGLISH,
    "number_blank_inside": _BLANK_INSIDE,
    "number_notation": _NOT_A_NUMBER,
    "number_too_small": (_("“{value}” is less than {limit}."), _("Enter {limit} or more.")),
    "number_too_large": (_("“{value}” is more than {limit}."), _("Enter {limit} or less.")),
    "integer_required": _REQUIRED,
    "integer_notation": (
        _("“{value}” is not a whole number."),
        _("Write digits only, thousands grouped by points, as in 1.250."),
    ),
    "date_required": (_("No date was entered."), _DATE_REMEDY),
    "date_iso": (_("“{value}” begins with the year."), _DATE_REMEDY),
    "date_short_year": (_("“{value}” has a year of two digits."), _YEAR_REMEDY),
    "date_notation": (_("“{value}” is not a date."), _DATE_REMEDY),
    "date_month_impossible": (
        _("“{value}”: there is no month {month}."),
        _("The day comes first, then the month; write day/month/year, as in 07/03/2008."),
    ),
    "date_impossible": (_("“{value}”: month {month}/{year} has {days} days."), _("Correct the day.")),
    "date_out_of_range": (_("The year of “{value}” must be {first} to {last}."), _("Correct the year.")),
    "year_required": (_("No year was entered."), _YEAR_REMEDY),
    "year_notation": (_("“{value}” is not a year."), _YEAR_REMEDY),
    "year_out_of_range": (_("“{value}” is not a year from {first} to {last}."), _("Correct the year.")),
}
"""Every finding of this module: code -> what is wrong, what to write instead."""


def _error(code: str, value: str, **said: object) -> NotationError:
    message, remedy = MESSAGES[code]
    shown = value if len(value) <= 40 else value[:39] + "…"
    return NotationError(
        code, value, format_lazy(message, value=shown, **said), format_lazy(remedy, value=shown, **said)
    )


# --- Reading numbers ----------------------------------------------------------------------------------------

# A group never begins with 0: "0.500" is half a unit in English, and nobody writes five hundred so.
_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
_VIETNAMESE = re.compile(rf"-?(?:{_GROUPED}|[0-9]+)(?:,[0-9]+)?")
_VIETNAMESE_INTEGER = re.compile(rf"-?(?:{_GROUPED}|[0-9]+)")
_ENGLISH_NUMBER = re.compile(r"-?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,})")
_NUMBER_IN_PIECES = re.compile(r"-?[0-9]+(?:[., ]+[0-9]+)*")
_TWO_READINGS = re.compile(r"-?[0-9]{1,3},[0-9]{3}")
_LONGEST = 40  # longer than any amount; keeps a pasted page from being read as a number


def parse_money(text: str | None, *, allow_blank: bool = True) -> Decimal | None:
    """An amount in triệu đồng: 0 to 10.000.000, not finer than one đồng; None when blank.

    "2,500" is refused although it is good notation: in these documents it mostly means 2.500.
    """
    typed = _typed(text, "money_required", allow_blank)
    if typed is None:
        return None
    if _TWO_READINGS.fullmatch(typed):
        raise _error(
            "money_ambiguous",
            typed,
            grouped=format_money(Decimal(typed.replace(",", ""))),
            decimal=format_money(Decimal(typed.replace(",", "."))),
        )
    amount = _decimal(typed, "money")
    if amount < 0:
        raise _error("money_negative", typed)
    if amount > MONEY_LIMIT:
        raise _error("money_too_large", typed, limit=format_number(MONEY_LIMIT))
    if len(format_number(amount).partition(",")[2]) > 6:
        raise _error("money_too_fine", typed)
    return amount


def parse_number(
    text: str | None,
    *,
    minimum: Number | None = None,
    maximum: Number | None = None,
    allow_blank: bool = True,
) -> Decimal | None:
    """A number that is no money, such as a percentage: "2,500" is two and a half here; None when blank."""
    typed = _typed(text, "number_required", allow_blank)
    return None if typed is None else _within(_decimal(typed, "number"), typed, minimum, maximum)


def parse_integer(
    text: str | None, *, minimum: int | None = None, maximum: int | None = None, allow_blank: bool = True
) -> int | None:
    """A whole number, "1.250" or "1250"; None when blank."""
    typed = _typed(text, "integer_required", allow_blank)
    if typed is None:
        return None
    if len(typed) > _LONGEST or not _VIETNAMESE_INTEGER.fullmatch(typed):
        raise _error("integer_notation", typed)
    return int(_within(Decimal(typed.replace(".", "")), typed, minimum, maximum))


def _typed(text: str | None, required: str, allow_blank: bool) -> str | None:
    """What was typed, without blanks and invisible characters around it; None when nothing was."""
    if (typed := clean(text or "")) or allow_blank:
        return typed or None
    raise _error(required, "")


def _decimal(typed: str, kind: str) -> Decimal:
    if len(typed) <= _LONGEST:
        if _VIETNAMESE.fullmatch(typed):
            number = Decimal(typed.replace(".", "").replace(",", "."))
            return number or Decimal(0)  # "-0" has no sign
        if _ENGLISH_NUMBER.fullmatch(typed):
            number = Decimal(typed.replace(",", ""))
            write = format_money if kind == "money" else format_number
            raise _error(f"{kind}_english_notation", typed, vietnamese=write(number))
        if " " in typed and _NUMBER_IN_PIECES.fullmatch(typed):
            raise _error(f"{kind}_blank_inside", typed)
    raise _error(f"{kind}_notation", typed)


def _within(number: Decimal, typed: str, minimum: Number | None, maximum: Number | None) -> Decimal:
    if minimum is not None and number < minimum:
        raise _error("number_too_small", typed, limit=format_number(minimum))
    if maximum is not None and number > maximum:
        raise _error("number_too_large", typed, limit=format_number(maximum))
    return number


# --- Reading dates ------------------------------------------------------------------------------------------

_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_YEAR_FIRST = re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?:[T ].*)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}")


def parse_date(text: str | None, *, allow_blank: bool = True) -> date | None:
    """A day written 07/03/2008 or 7/3/2008, day first; None when blank."""
    typed = _typed(text, "date_required", allow_blank)
    if typed is None:
        return None
    if not (parts := _DATE.fullmatch(typed)):
        if _YEAR_FIRST.fullmatch(typed):
            raise _error("date_iso", typed)
        raise _error("date_short_year" if _SHORT_YEAR.fullmatch(typed) else "date_notation", typed)
    day, month, year = map(int, parts.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _error("date_out_of_range", typed, first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= month <= 12:
        raise _error("date_month_impossible", typed, month=month)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise _error("date_impossible", typed, month=month, year=year, days=days)
    return date(year, month, day)


def parse_year(
    text: str | None, *, minimum: int = FIRST_YEAR, maximum: int = LAST_YEAR, allow_blank: bool = True
) -> int | None:
    """A year of four digits; None when blank."""
    typed = _typed(text, "year_required", allow_blank)
    if typed is None:
        return None
    if not re.fullmatch("[0-9]{4}", typed):
        raise _error("year_notation", typed)
    if not minimum <= int(typed) <= maximum:
        raise _error("year_out_of_range", typed, first=minimum, last=maximum)
    return int(typed)


# --- Writing ------------------------------------------------------------------------------------------------

_SIGNS = str.maketrans(",.", ".,")
_EXACT = Context(prec=100)  # sums of any size are rounded to the wanted place, never to a number of digits


def format_number(value: Number | None, *, places: int | None = None) -> str:
    """1234567.8 as "1.234.567,8", None as "". With `places` rounded half up, without it no closing zeros."""
    if value is None:
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    written = f"{number.copy_abs() if number.is_zero() else number:,f}"
    if places is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(_SIGNS)


def format_money(value: Number | None) -> str:
    """Triệu đồng as "1.234.567,8", blank as "", zero as "0".

    Where three decimals could be taken for a group of thousands a zero follows: 2.125 is "2,1250", because
    "2,125" is what `parse_money` refuses to guess.
    """
    written = format_number(value)
    return f"{written}0" if _TWO_READINGS.fullmatch(written) else written


def format_percent(value: Number | None, places: int = 1) -> str:
    """A percentage (80.2, not 0.802) as "80,2 %"; blank as ""."""
    return "" if value is None else f"{format_number(value, places=places)} %"


def format_date(value: date | None) -> str:
    """07/03/2008; a moment is shown as its day in Hà Nội; blank as ""."""
    return "" if value is None else "{0.day:02}/{0.month:02}/{0.year:04}".format(_local(value))


def format_datetime(value: datetime | None) -> str:
    """07/03/2008 14:02, the time in Hà Nội; blank as ""."""
    return "" if value is None else f"{format_date(value)} {_local(value):%H:%M}"


def format_long_date(value: date | None) -> str:
    """ "ngày 07 tháng 3 năm 2008": a leading 0 for days under 10 and months 1 and 2 (Nghị định 30/2020)."""
    if value is None:
        return ""
    day = _local(value)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _local(value: date) -> date:
    """A moment as the clocks of Hà Nội show it; a naive one is taken to be that already."""
    return value.astimezone(HANOI) if isinstance(value, datetime) and value.tzinfo else value


def decimal_string(value: Decimal | int | None) -> str | None:
    """The one canonical text of a number in JSON: "1234.5", no exponent, no closing zeros, no "-0"."""
    if value is None:
        return None
    number = Decimal(value)
    written = f"{number.copy_abs() if number.is_zero() else number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
