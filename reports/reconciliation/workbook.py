"""The reconciliation as a workbook: one sheet for sums, one across documents, one for targets."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from budgets.printed import ComparisonView
from core import clock
from core.notation import format_datetime
from core.spreadsheets import CellKind, GroupRow, Row, Sheet, SheetColumn, SheetSpec, Value, write_workbook
from indicators.conflicts import TargetConflict
from reports.reconciliation.gathering import AcrossView, DocumentCheck, Reconciliation


def reconciliation_workbook(found: Reconciliation) -> bytes:
    """An .xlsx file; amounts in triệu đồng, words in the language of the moment, as those of `found`."""
    now = clock.now()
    titles = (_("Reconciliation of the documents"), _("as of %(time)s") % {"time": format_datetime(now)})
    sheets = [
        _sheet(_("Sums"), titles, _SUMS(), _sums(found.documents)),
        _sheet(_("Across documents"), titles, _ACROSS(), (_across(one) for one in found.across)),
        _sheet(_("Targets"), titles, _TARGETS(), _conflicts(found)),
    ]
    return write_workbook(sheets, created=now, title=_("Reconciliation of the documents"))


def _sheet(
    name: str, titles: tuple[str, ...], columns: tuple[SheetColumn, ...], rows: Iterable[Row]
) -> Sheet:
    money = any(column.kind is CellKind.MONEY for column in columns)
    unit = _("(Unit: million VND)") if money else ""
    return Sheet(SheetSpec(name, columns, titles=titles, unit=unit, frozen_columns=1), rows)


def _amounts() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Clause"), width=26),
        SheetColumn(_("Covers"), width=34),
        SheetColumn(_("Printed"), CellKind.MONEY),
        SheetColumn(_("Computed"), CellKind.MONEY),
        SheetColumn(_("Difference"), CellKind.MONEY),
        SheetColumn(_("Result"), width=40),
    )


def _SUMS() -> tuple[SheetColumn, ...]:  # noqa: N802 - a table of the file, made when the language is known
    return (SheetColumn(_("As printed"), width=60), *_amounts())


def _ACROSS() -> tuple[SheetColumn, ...]:  # noqa: N802
    documents = (SheetColumn(_("Document"), width=24), SheetColumn(_("Lines of"), width=24))
    return (SheetColumn(_("As printed"), width=60), *documents, *_amounts())


def _TARGETS() -> tuple[SheetColumn, ...]:  # noqa: N802
    return (
        SheetColumn(_("Indicator"), width=60),
        SheetColumn(_("Year"), CellKind.YEAR),
        SheetColumn(_("For"), width=34),
        SheetColumn(_("Document"), width=24),
        SheetColumn(_("Clause"), width=22),
        SheetColumn(_("Target"), width=16),
        SheetColumn(_("As printed"), width=40),
        SheetColumn(_("Standing"), width=18),
    )


def _sums(checks: Iterable[DocumentCheck]) -> Iterator[Row]:
    for check in checks:
        for kind in check.sums:
            yield _heading(f"{check.document}: {kind.label}", len(_SUMS()))
            yield from ((view.comparison.stated.label, *_cells(view)) for view in kind.views)


def _heading(text: str, columns: int) -> GroupRow:
    return GroupRow((text, *[None] * (columns - 1)))


def _cells(view: ComparisonView) -> tuple[Value, ...]:
    comparison = view.comparison
    return (
        comparison.stated.clause,
        view.where,
        comparison.stated.amount,
        comparison.computed,
        comparison.difference,
        view.word,
    )


def _across(one: AcrossView) -> Row:
    return (one.view.comparison.stated.label, str(one.document), str(one.about), *_cells(one.view))


def _conflicts(found: Reconciliation) -> Iterator[Row]:
    inside = [one for check in found.documents for one in check.conflicts]
    for heading, conflicts in ((_("Between documents"), found.conflicts), (_("Inside a document"), inside)):
        if conflicts:
            yield _heading(heading, len(_TARGETS()))
            for conflict in conflicts:
                yield from _sides(conflict)


def _sides(conflict: TargetConflict) -> Iterator[Row]:
    for side in conflict.sides:
        row = side.row
        yield (
            conflict.indicator.name,
            conflict.year,
            str(side.label),
            str(side.document),
            row.clause,
            row.shown,
            row.printed,
            _("guidance") if side.guidance else _("adopted"),
        )
