"""The tree of sources as a workbook: what the page shows, in columns that can be sorted."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from budgets.sources.tree import Node
from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook


@override("vi")
def sources_workbook(found: Iterable[Node]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    columns = (
        SheetColumn(_("Funding source"), width=60),
        SheetColumn(_("Code"), width=20),
        SheetColumn(_("Short name"), width=24),
        SheetColumn(_("Stands under"), width=20),
        SheetColumn(_("Tier"), width=24),
        SheetColumn(_("Nature"), width=16),
        SheetColumn(_("Valid from"), CellKind.DATE),
        SheetColumn(_("Valid to"), CellKind.DATE),
        SheetColumn(_("Who may use it"), width=60),
        SheetColumn(_("In the first grid of"), width=60),
        SheetColumn(_("Amounts"), CellKind.INTEGER),
        SheetColumn(_("Note"), width=50),
    )
    return list_workbook(Table(_("Funding sources"), columns, map(_row, found)))


def _row(node: Node) -> tuple[Value, ...]:
    one = node.source
    return (
        "\u2003" * node.depth + one.name,
        one.code,
        one.short_name,
        one.parent.code if one.parent else "",
        one.get_tier_display(),
        one.get_nature_display(),
        one.valid_from,
        one.valid_to,
        "; ".join(node.who),
        "; ".join(map(str, node.opens_for)),
        node.amounts,
        one.note,
    )
