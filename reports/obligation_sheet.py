"""The list of obligations as a workbook: what the page shows, in columns that can be sorted and counted."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models.agency import CLASS_LABELS
from core.notation import format_datetime
from core.spreadsheets import CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook
from reports.cycles.timeliness import LABELS
from reports.figures.names import FILING_STATES
from reports.figures.shapes import Obligation
from reports.models import Cycle


@override("vi")
def obligations_workbook(cycle: Cycle, obligations: Sequence[Obligation], as_of: datetime) -> bytes:
    """An .xlsx file with one row an agency; Vietnamese in either language of the pages."""
    columns = (
        SheetColumn(_("Agency"), width=40),
        SheetColumn(_("Class"), width=34),
        SheetColumn(_("Timeliness"), width=16),
        SheetColumn(_("Days late"), CellKind.INTEGER),
        SheetColumn(_("Deadline"), CellKind.DATE),
        SheetColumn(_("Filed on"), CellKind.DATE),
        SheetColumn(_("Submissions"), CellKind.INTEGER),
        SheetColumn(_("Returns"), CellKind.INTEGER),
        SheetColumn(_("State"), width=18),
        SheetColumn(_("Nothing to report"), width=14),
    )
    spec = SheetSpec(
        _("Obligations"),
        columns,
        titles=(cycle.title, _("as of %(time)s") % {"time": format_datetime(as_of)}),
        mark=_("Illustrative figures, not those of a real report") if cycle.illustrative else "",
        frozen_columns=1,
    )
    rows = [_row(one) for one in obligations]
    return write_workbook([Sheet(spec, rows)], created=as_of, title=cycle.title)


def _row(one: Obligation) -> Sequence[Value]:
    return (
        one.name,
        CLASS_LABELS.get(one.agency_class, ""),
        LABELS[one.standing],
        one.days or None,
        one.due_on,
        one.filed_on,
        one.filings,
        one.returned,
        FILING_STATES[one.state],
        _("yes") if one.nothing else "",
    )
