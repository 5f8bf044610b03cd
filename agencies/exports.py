"""The list of agencies as a workbook: what the page shows, in columns that can be sorted and counted."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency
from agencies.tree import Branch, Node, flat
from core.notation import format_date
from core.spreadsheets import CellKind, GroupRow, Row, SheetColumn, Table, Value, list_workbook


@override("vi")
def agency_list_workbook(agencies: Iterable[Agency], parents: Mapping[int, Agency], day: date) -> bytes:
    """An .xlsx file with one row an agency; Vietnamese in either language of the pages, as are all files."""
    rows = (_row(agency, parents.get(agency.pk)) for agency in agencies)
    return _workbook(rows, day)


@override("vi")
def agency_tree_workbook(branches: Iterable[Branch], day: date) -> bytes:
    """The same with heads and their counts, each agency under its parent of the day."""
    return _workbook(_tree_rows(branches), day)


def _workbook(rows: Iterable[Row], day: date) -> bytes:
    columns = (
        SheetColumn(_("Agency"), width=48),
        SheetColumn(_("Short name"), width=30),
        SheetColumn(_("Kind"), width=26),
        SheetColumn(_("Parent agency"), width=34),
        SheetColumn(_("Province code"), width=12),
        SheetColumn(_("Valid from"), CellKind.DATE),
        SheetColumn(_("Valid to"), CellKind.DATE),
    )
    return list_workbook(Table(_("Agencies"), columns, rows), as_of=format_date(day))


def _tree_rows(branches: Iterable[Branch]) -> Iterable[Row]:
    above: list[str] = []
    for level, one in flat(branches):
        if isinstance(one, Branch):
            yield GroupRow((f"{one.label} ({one.count})", "", "", "", "", None, None))
            continue
        del above[level - 1 :]
        yield _tree_row(one, level, above[-1] if above else one.formerly)
        above.append(one.agency.name)


def _tree_row(node: Node, level: int, parent: str) -> tuple[Value, ...]:
    name, *rest = _row(node.agency, None)
    rest[2] = parent
    return ("\u2003" * (level - 1) + str(name), *rest)


def _row(agency: Agency, parent: Agency | None) -> tuple[Value, ...]:
    return (
        agency.name,
        agency.short_name,
        agency.get_kind_display(),
        parent.name if parent else "",
        agency.province_code,
        agency.valid_from,
        agency.valid_to,
    )
