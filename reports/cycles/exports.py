"""The list of periods as a workbook."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock
from core.notation import format_datetime
from core.spreadsheets import CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook
from reports.cycles.listing import CycleRow


@override("vi")
def cycles_workbook(rows: Iterable[CycleRow]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    as_of = _("as of %(time)s") % {"time": format_datetime(clock.now())}
    spec = SheetSpec(
        _("Reporting periods"), _columns(), titles=(_("Reporting periods"), as_of), frozen_columns=1
    )
    sheets = [Sheet(spec, (_row(one) for one in rows))]
    return write_workbook(sheets, created=clock.now(), title=_("Reporting periods"))


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
