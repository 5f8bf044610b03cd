"""The list of agencies as a workbook: what the page shows, in columns that can be sorted and counted."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency
from agencies.models.agency import AgencyQuerySet
from core import clock
from core.notation import format_date
from core.spreadsheets import CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook


@override("vi")
def agency_list_workbook(agencies: AgencyQuerySet, day: date) -> bytes:
    """An .xlsx file with one row an agency; Vietnamese in either language of the pages, as are all files."""
    columns = (
        SheetColumn(_("Agency"), width=44),
        SheetColumn(_("Short name"), width=30),
        SheetColumn(_("Kind"), width=26),
        SheetColumn(_("Parent agency"), width=34),
        SheetColumn(_("Province code"), width=12),
        SheetColumn(_("Valid from"), CellKind.DATE),
        SheetColumn(_("Valid to"), CellKind.DATE),
    )
    as_of = _("as of %(time)s") % {"time": format_date(day)}
    spec = SheetSpec(_("Agencies"), columns, titles=(_("Agencies"), as_of), frozen_columns=1)
    rows = (_row(agency) for agency in agencies.iterator(chunk_size=500))
    return write_workbook([Sheet(spec, rows)], created=clock.now(), title=_("Agencies"))


def _row(agency: Agency) -> tuple[Value, ...]:
    return (
        agency.name,
        agency.short_name,
        agency.get_kind_display(),
        agency.parent.name if agency.parent else "",
        agency.province_code,
        agency.valid_from,
        agency.valid_to,
    )
