"""The receipt of an act on many agencies as a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.notation import format_datetime
from core.spreadsheets import (
    CellKind,
    Sheet,
    SheetColumn,
    SheetSpec,
    Table,
    Value,
    list_workbook,
    write_workbook,
)
from reports.bulk.acts import BULK
from reports.bulk.wording import after_words, before_words, reason_words
from reports.cycles.granting import cited
from reports.models import BulkAct, BulkRow

DAYS = (BulkAct.Name.EXTEND,)


@override("vi")
def receipt_workbook(act: BulkAct, rows: Sequence[BulkRow]) -> bytes:
    """An .xlsx file with one row an agency; Vietnamese in either language of the pages."""
    kind = BULK[act.name]
    day = CellKind.DATE if act.name in DAYS else CellKind.TEXT
    columns = (
        SheetColumn(_("Agency"), width=44),
        SheetColumn(_("Done"), width=10),
        SheetColumn(kind.before, day, width=18),
        SheetColumn(kind.after, day, width=18),
        SheetColumn(_("Why not"), width=46),
    )
    spec = SheetSpec(_("Receipt"), columns, titles=titles_of(act), frozen_columns=1)
    body = [_row(act.name, one) for one in rows]
    return write_workbook([Sheet(spec, body)], created=act.at, title=str(act))


def titles_of(act: BulkAct) -> tuple[str, ...]:
    said = [str(act), f"{format_datetime(act.at)}, {act.by}"]
    if act.document:
        said.append(_("Document: %(document)s") % {"document": document_words(act)})
    if act.reason:
        said.append(_("Reason: %(reason)s") % {"reason": " ".join(act.reason.split())})
    return tuple(said)


def document_words(act: BulkAct) -> str:
    return cited(act.document, act.document_on)


def _row(name: str, one: BulkRow) -> Sequence[Value]:
    values = (one.before, one.after)
    if name in DAYS:
        before, after = (date.fromisoformat(value) if value else None for value in values)
    else:
        before, after = before_words(name, one.before), after_words(name, one.after)  # type: ignore[assignment]
    done = _("yes") if not one.refusal else _("no")
    return (one.agency.name, done, before, after, reason_words(one.refusal))


@override("vi")
def acts_workbook(acts: Iterable[BulkAct]) -> bytes:
    """The list of acts on many agencies, one a row."""
    columns = (
        SheetColumn(_("Act"), width=24),
        SheetColumn(_("Of"), width=34),
        SheetColumn(_("Programme"), width=28),
        SheetColumn(_("Time"), CellKind.DATETIME),
        SheetColumn(_("By"), width=26),
        SheetColumn(_("Document"), width=24),
        SheetColumn(_("Date of the document"), CellKind.DATE),
        SheetColumn(_("Reason"), width=40),
        SheetColumn(_("Done for"), CellKind.INTEGER),
        SheetColumn(_("Left out"), CellKind.INTEGER),
    )
    rows = [
        (
            one.get_name_display(),
            str(one.cycle or _("plans")),
            one.programme.short_name,
            one.at,
            str(one.by),
            one.document,
            one.document_on,
            " ".join(one.reason.split()),
            one.done,  # type: ignore[attr-defined]
            one.left_out,  # type: ignore[attr-defined]
        )
        for one in acts
    ]
    return list_workbook(Table(_("Acts on many agencies"), columns, rows))
