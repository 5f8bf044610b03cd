"""The list of periods as a workbook."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook
from reports.cycles.listing import CycleRow


@override("vi")
def cycles_workbook(rows: Iterable[CycleRow]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    return list_workbook(Table(_("Reporting periods"), _columns(), map(_row, rows)))


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Period"), width=34),
        SheetColumn(_("Code"), width=14),
        SheetColumn(_("Programme"), width=26),
        SheetColumn(_("Regime"), width=44),
        SheetColumn(_("From"), CellKind.DATE),
        SheetColumn(_("To"), CellKind.DATE),
        SheetColumn(_("Deadline"), CellKind.DATE),
        SheetColumn(_("Basis"), width=34),
        SheetColumn(_("State"), width=20),
        SheetColumn(_("Agencies"), CellKind.INTEGER),
    )


def _row(row: CycleRow) -> tuple[Value, ...]:
    cycle = row.cycle
    return (
        cycle.title,
        cycle.code,
        cycle.programme.short_name,
        cycle.regime.name if cycle.regime else _("ad hoc"),
        cycle.window_from,
        cycle.window_to,
        cycle.due_on,
        cycle.basis,
        str(row.word),
        cycle.obliged,  # type: ignore[attr-defined]
    )
