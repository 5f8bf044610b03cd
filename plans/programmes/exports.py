"""The list of programmes as a workbook: a sheet of programmes, one of regimes, one of outlines."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models.agency import CLASS_LABELS
from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook
from plans.models import OutlineItem, Programme, ReportingRegime


@override("vi")
def programmes_workbook(programmes: Sequence[Programme]) -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages, as are all files."""
    return list_workbook(
        Table(_("Programmes"), _columns(), map(_row, programmes)),
        Table(_("Reporting regimes"), _regime_columns(), _regimes(programmes)),
        Table(_("Outlines"), _outline_columns(), _outlines(programmes)),
    )


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Code"), width=24),
        SheetColumn(_("Name"), width=70),
        SheetColumn(_("Short name"), width=28),
        SheetColumn(_("First year"), CellKind.YEAR),
        SheetColumn(_("Last year"), CellKind.YEAR),
        SheetColumn(_("Document"), width=24),
        SheetColumn(_("Lead agency"), width=34),
        SheetColumn(_("Co-reviewers"), width=40),
        SheetColumn(_("Who decides"), width=34),
        SheetColumn(_("Plans are due"), CellKind.DATE),
        SheetColumn(_("Who plans"), width=40),
        SheetColumn(_("Plans"), CellKind.INTEGER),
    )


def _row(one: Programme) -> tuple[Value, ...]:
    return (
        one.code,
        one.name,
        one.short_name,
        one.year_from,
        one.year_to,
        str(one.document or ""),
        one.lead.name,
        "; ".join(
            f"{scope.agency.short_name} ({scope.get_scope_display()})" for scope in one.review_scopes.all()
        ),
        one.deciding_body or str(one.get_decided_by_display()),
        one.plan_deadline,
        _classes(one.planning_classes),
        getattr(one, "plan_count", None),
    )


def _classes(names: Sequence[str]) -> str:
    return "; ".join(str(CLASS_LABELS.get(name, name)) for name in names)


def _regime_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Programme"), width=24),
        SheetColumn(_("Regime"), width=50),
        SheetColumn(_("Basis"), width=34),
        SheetColumn(_("Who reports"), width=40),
        SheetColumn(_("To whom"), width=34),
        SheetColumn(_("Passed on to"), width=40),
        SheetColumn(_("How it is sent"), width=34),
        SheetColumn(_("Frequency"), width=16),
        SheetColumn(_("Also ad hoc"), width=12),
        SheetColumn(_("Days from window to deadline"), CellKind.INTEGER),
        SheetColumn(_("Deadline as printed"), width=24),
        SheetColumn(_("Valid from"), CellKind.DATE),
        SheetColumn(_("Valid until"), CellKind.DATE),
        SheetColumn(_("Note"), width=50),
    )


def _regimes(programmes: Sequence[Programme]) -> Iterator[tuple[Value, ...]]:
    for programme in programmes:
        for one in programme.regimes.all():
            yield _regime(programme, one)


def _regime(programme: Programme, one: ReportingRegime) -> tuple[Value, ...]:
    return (
        programme.code,
        one.name,
        one.basis_words,
        _classes(one.obliged_classes),
        one.reports_to,
        one.passed_on,
        one.means,
        str(one.get_cadence_display()),
        _("yes") if one.ad_hoc else "",
        one.due_days,
        one.due_printed,
        one.valid_from,
        one.valid_to,
        one.note,
    )


def _outline_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Programme"), width=24),
        SheetColumn(_("Number"), width=14),
        SheetColumn(_("Heading"), width=70),
        SheetColumn(_("Guidance"), width=90),
    )


def _outlines(programmes: Sequence[Programme]) -> Iterator[tuple[Value, ...]]:
    codes = {one.pk: one.code for one in programmes}
    items = OutlineItem.objects.filter(programme__in=list(codes))
    for item in items.order_by("programme__position", "programme_id", "position", "id"):
        yield (codes[item.programme_id], item.number, item.heading, item.guidance)
