"""Planned money by agency as a workbook."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock
from core.spreadsheets import CellKind, Row, Sheet, SheetColumn, SheetSpec, TotalRow, write_workbook
from reports.figures.agency_money import ProgrammeAgencies


@override("vi")
def agency_money_workbook(found: ProgrammeAgencies) -> bytes:
    """An .xlsx file with one row an agency, then what is not divided, then the totals; triệu đồng."""
    columns = (
        SheetColumn(_("Agency"), width=44),
        SheetColumn(_("National projects it leads"), CellKind.MONEY, width=18),
        SheetColumn(_("Shares of national group lines"), CellKind.MONEY, width=18),
        SheetColumn(_("National plan, together"), CellKind.MONEY, width=18),
        SheetColumn(_("Its own plan"), CellKind.MONEY, width=18),
        SheetColumn(_("Note"), width=44),
    )
    spec = SheetSpec(
        _("Money by agency"),
        columns,
        titles=(found.programme.name, found.attribution.words),
        unit=_("(Unit: million VND)"),
        mark=_("Illustrative figures, not those of a real report") if found.illustrative else "",
        frozen_columns=1,
    )
    return write_workbook([Sheet(spec, _rows(found))], created=clock.now(), title=_("Money by agency"))


def _rows(found: ProgrammeAgencies) -> Iterator[Row]:
    for row in found.rows:
        amounts = row.amounts
        yield (row.name, amounts.led, amounts.shares, amounts.national, amounts.own, row.note)
    for one in found.undivided:
        yield (
            one.name or _("no lead printed"),
            None,
            None,
            one.amount,
            None,
            _("not divided among agencies"),
        )
    total = found.total
    yield TotalRow((_("Total"), total.led, total.shares, found.national, total.own, ""))
