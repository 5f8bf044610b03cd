"""The catalogue as it is kept, as a workbook."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook
from indicators.models import Indicator


@override("vi")
def kept_workbook(indicators: Iterable[Indicator], uses: Mapping[int, int]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    columns = (
        SheetColumn(_("Indicator"), width=60),
        SheetColumn(_("Code"), width=30),
        SheetColumn(_("Kind"), width=20),
        SheetColumn(_("Unit"), width=12),
        SheetColumn(_("Better"), width=20),
        SheetColumn(_("Numerator"), width=40),
        SheetColumn(_("Denominator"), width=40),
        SheetColumn(_("May exceed 100 %"), width=14),
        SheetColumn(_("Definition"), width=50),
        SheetColumn(_("Valid to"), CellKind.DATE),
        SheetColumn(_("Targets and figures"), CellKind.INTEGER),
    )
    rows = (_row(one, uses.get(one.pk, 0)) for one in indicators)
    return list_workbook(Table(_("Indicators"), columns, rows))


def _row(one: Indicator, uses: int) -> tuple[Value, ...]:
    return (
        one.name,
        one.code,
        one.get_kind_display(),
        one.unit,
        one.get_direction_display(),
        one.numerator,
        one.denominator,
        _("yes") if one.may_exceed_whole else "",
        one.definition,
        one.valid_to,
        uses,
    )
