"""The lists of agencies as a workbook: one sheet of lists, one of who is on them."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import AgencyGroup, GroupMember
from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook


@override("vi")
def groups_workbook(groups: QuerySet[AgencyGroup]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    listed = list(groups)
    return list_workbook(
        Table(_("Lists of agencies"), _columns(), map(_row, listed)),
        Table(_("Members"), _member_columns(), _members(listed)),
    )


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("List"), width=50),
        SheetColumn(_("Code"), width=28),
        SheetColumn(_("As of"), CellKind.DATE),
        SheetColumn(_("Document"), width=34),
        SheetColumn(_("Derived"), width=12),
        SheetColumn(_("Note"), width=50),
        SheetColumn(_("Members"), CellKind.INTEGER),
    )


def _row(group: AgencyGroup) -> tuple[Value, ...]:
    return (
        group.name,
        group.key,
        group.valid_on,
        group.document_number,
        _("yes") if group.derived else "",
        group.note,
        getattr(group, "member_count", None),
    )


def _member_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("List"), width=50),
        SheetColumn(_("No."), CellKind.INTEGER),
        SheetColumn(_("Agency"), width=48),
        SheetColumn(_("Code"), width=20),
        SheetColumn(_("Province code"), width=12),
        SheetColumn(_("Note"), width=40),
    )


def _members(groups: Iterable[AgencyGroup]) -> Iterator[tuple[Value, ...]]:
    """In the order of the lists; one query."""
    found: dict[int, list[GroupMember]] = {one.pk: [] for one in groups}
    for member in GroupMember.objects.filter(group__in=list(found)).select_related("agency"):
        found[member.group_id].append(member)
    for group in groups:
        for member in found[group.pk]:
            one = member.agency
            yield (group.name, member.position, one.name, one.key, one.province_code, member.note)
