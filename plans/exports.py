"""The lists of plans and of documents as workbooks: what the pages show, to be sorted and counted."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.spreadsheets import CellKind, SheetColumn, Table, Value, list_workbook
from plans.documents.listing import Listed
from plans.models import Plan
from plans.models.plan import PlanQuerySet


@override("vi")
def plan_list_workbook(plans: PlanQuerySet) -> bytes:
    """An .xlsx file with one row a plan; Vietnamese in either language of the pages, as are all files."""
    columns = (
        SheetColumn(_("Agency"), width=30),
        SheetColumn(_("Plan"), width=60),
        SheetColumn(_("Code"), width=28),
        SheetColumn(_("Version"), CellKind.INTEGER),
        SheetColumn(_("Programme"), width=26),
        SheetColumn(_("Kind"), width=20),
        SheetColumn(_("State"), width=18),
        SheetColumn(_("Document"), width=24),
        SheetColumn(_("Decision"), width=24),
        SheetColumn(_("Date of the decision"), CellKind.DATE),
        SheetColumn(_("Issued by"), width=30),
        SheetColumn(_("In force from"), CellKind.DATE),
        SheetColumn(_("In force until"), CellKind.DATE),
        SheetColumn(_("Illustrative"), width=12),
    )
    return list_workbook(Table(_("Plans"), columns, _rows(plans)))


def _rows(plans: PlanQuerySet) -> Iterator[Sequence[Value]]:
    for plan in plans.iterator(chunk_size=500):
        yield _row(plan)


def _row(plan: Plan) -> Sequence[Value]:
    return (
        plan.agency.name,
        plan.title,
        plan.code,
        plan.version,
        plan.programme.short_name,
        plan.get_kind_display(),
        plan.get_state_display(),
        plan.document.number if plan.document else "",
        plan.decision_number,
        plan.decision_on,
        plan.decision_issuer,
        plan.in_force_from,
        plan.in_force_to,
        _("yes") if plan.illustrative else "",
    )


@override("vi")
def document_list_workbook(documents: Iterable[Listed]) -> bytes:
    """An .xlsx file with one row a document, and what it became."""
    columns = (
        SheetColumn(_("Number"), width=24),
        SheetColumn(_("Title"), width=70),
        SheetColumn(_("Kind"), width=16),
        SheetColumn(_("Issued by"), width=34),
        SheetColumn(_("Issued on"), CellKind.DATE),
        SheetColumn(_("Signer"), width=24),
        SheetColumn(_("Takes effect on"), CellKind.DATE),
        SheetColumn(_("When it takes effect, as printed"), width=40),
        SheetColumn(_("Programmes"), width=30),
        SheetColumn(_("Plans"), width=60),
        SheetColumn(_("Clauses"), CellKind.INTEGER),
        SheetColumn(_("Clauses that our copy lacks"), CellKind.INTEGER),
    )
    rows = (_document_row(one) for one in documents)
    return list_workbook(Table(_("Documents"), columns, rows))


def _document_row(one: Listed) -> Sequence[Value]:
    document = one.document
    return (
        document.number,
        document.title,
        document.kind,
        document.issuer,
        document.issued_on,
        document.signer,
        document.effective_on,
        document.effective_note,
        "; ".join(programme.short_name for programme in one.programmes),
        "; ".join(f"{plan.get_kind_display()}: {plan.title}" for plan in one.plans),
        one.clauses,
        one.lacks,
    )
