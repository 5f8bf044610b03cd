"""The catalogue as a workbook: one sheet of indicators, one of all their targets."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook
from indicators.catalogue import Entry, decided_targets, entries, in_force
from indicators.conflicts import SetTarget
from indicators.models import Comparator, Indicator
from plans.content.origins import source_label
from plans.models import PlanState


@override("vi")
def catalogue_workbook(indicators: Iterable[Indicator]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    listed = list(indicators)
    return list_workbook(
        Table(_("Indicators"), _entry_columns(), map(_entry, entries(listed))),
        Table(_("Targets"), _target_columns(), _targets(listed)),
    )


def _entry_columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn(_("Indicator"), width=60),
        SheetColumn(_("Code"), width=30),
        SheetColumn(_("Kind"), width=20),
        SheetColumn(_("Unit"), width=12),
        SheetColumn(_("Better"), width=20),
        SheetColumn(_("Numerator"), width=40),
        SheetColumn(_("Denominator"), width=40),
        SheetColumn(_("Definition"), width=50),
        SheetColumn(_("Targets"), CellKind.INTEGER),
        SheetColumn(_("Documents"), width=40),
        SheetColumn(pgettext("target", "For"), width=50),
        SheetColumn(_("Years"), width=14),
        SheetColumn(_("Contradictions"), CellKind.INTEGER),
    )


def _entry(entry: Entry) -> Sequence[Value]:
    one = entry.indicator
    return (
        one.name,
        one.code,
        one.get_kind_display(),
        one.unit,
        one.get_direction_display(),
        one.numerator,
        one.denominator,
        one.definition,
        entry.targets,
        "; ".join(entry.documents),
        "; ".join(map(str, entry.scopes)),
        entry.span,
        entry.contradictions,
    )


def _target_columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn(_("Indicator"), width=60),
        SheetColumn(_("Unit"), width=12),
        SheetColumn(_("Document"), width=24),
        SheetColumn(_("Clause"), width=20),
        SheetColumn(_("Adopted or guidance"), width=16),
        SheetColumn(_("In force"), width=26),
        SheetColumn(pgettext("target", "For"), width=40),
        SheetColumn(_("Year"), CellKind.YEAR),
        SheetColumn(_("To be reached by"), CellKind.DATE),
        SheetColumn(_("Comparator"), width=12),
        SheetColumn(_("Value"), CellKind.NUMBER),
        SheetColumn(_("Up to"), CellKind.NUMBER),
        SheetColumn(_("Value in words"), width=30),
        SheetColumn(_("As printed"), width=70),
        SheetColumn(_("Note"), width=40),
    )


def _targets(indicators: Sequence[Indicator]) -> Iterator[Sequence[Value]]:
    order = {one.pk: at for at, one in enumerate(indicators)}
    found = [one for one in decided_targets(order) if one.plan.state == PlanState.APPROVED]
    for target in sorted(found, key=lambda one: order[one.indicator.pk]):
        yield _target(target)


def _target(target: SetTarget) -> Sequence[Value]:
    row = target.row
    return (
        target.indicator.name,
        target.indicator.unit,
        source_label(target.plan),
        row.clause,
        _("guidance") if row.guidance else _("adopted"),
        in_force(target.plan),
        str(target.label),
        row.year,
        row.due_on,
        str(Comparator(row.comparator).label),
        row.value,
        row.value_to,
        row.words,
        row.printed,
        row.note,
    )
