"""The only ways in which templates write numbers and dates: `{{ amount|money|blank }}`.

The notation is the same in both languages and does not follow the locale. Words stay as they are: a cell may
hold a printed value such as "<=2".
"""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.notation import (
    Number,
    format_date,
    format_datetime,
    format_long_date,
    format_money,
    format_number,
    format_percent,
)

register = template.Library()


@register.filter
def money(value: Number | str | None) -> str:
    """Triệu đồng: 1.234.567,8. The unit stands in the column head or beside it."""
    return value if isinstance(value, str) else format_money(value)


@register.filter
def number(value: Number | str | None, places: int | None = None) -> str:
    """1.234.567,8; `|number:1` keeps one decimal."""
    return value if isinstance(value, str) else format_number(value, places=places)


@register.filter
def percent(value: Number | str | None, places: int = 1) -> str:
    """80,2 %; `|percent:0` shows none."""
    return value if isinstance(value, str) else format_percent(value, places)


@register.filter
def date_vn(value: date | str | None) -> str:
    """07/03/2008; of a moment its day in Hà Nội."""
    return value if isinstance(value, str) else format_date(value)


@register.filter
def datetime_vn(value: datetime | str | None) -> str:
    """07/03/2008 14:02, the time in Hà Nội."""
    return value if isinstance(value, str) else format_datetime(value)


@register.filter
def long_date_vn(value: date | str | None) -> str:
    """Ngày 07 tháng 3 năm 2008."""
    return value if isinstance(value, str) else format_long_date(value)


@register.filter
def blank(value: object) -> object:
    """A dash, read aloud as "not stated", for what is blank; anything else, and 0 above all, as it is."""
    if value is None or value == "":
        return format_html('<span aria-hidden="true">—</span><span class="aloud">{}</span>', _("not stated"))
    return value
