"""Lists as workbooks: what a page shows, in columns that can be sorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core import clock
from core.notation import format_datetime
from core.spreadsheets.sheets import Row, Sheet, SheetColumn, SheetSpec
from core.spreadsheets.writing import write_workbook


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a list."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Row]


def list_workbook(*tables: Table, now: datetime | None = None, as_of: str = "") -> bytes:
    """An .xlsx file called as its first table; each sheet says as of when.

    `now` is the moment, that of the business clock unless given; `as_of` says it in other words.
    """
    moment = now or clock.now()
    said = _("as of %(time)s") % {"time": as_of or format_datetime(moment)}
    sheets = [
        Sheet(SheetSpec(one.title, one.columns, titles=(one.title, said), frozen_columns=1), one.rows)
        for one in tables
    ]
    return write_workbook(sheets, created=moment, title=tables[0].title)
