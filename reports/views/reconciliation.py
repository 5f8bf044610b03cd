"""The documents held against themselves and each other: a page of all, a page of each, and XLSX of both."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.acting import ActingRequest, acting_required
from core.downloads import download
from plans.models import LegalDocument
from reports.reconciliation.gathering import Reconciliation, gather
from reports.reconciliation.workbook import reconciliation_workbook


@acting_required
def reconciliation(request: ActingRequest) -> HttpResponse:
    """Every document: how many sums are equal, differ, cannot be compared; and what contradicts."""
    found = gather()
    context = {
        "found": found,
        "crumbs": [(_("Documents"), reverse("document_list"))],
        "export_url": reverse("reconciliation_export"),
    }
    return render(request, "reports/reconciliation.html", context)


@acting_required
def reconciliation_export(request: ActingRequest) -> HttpResponse:
    with override("vi"):  # files are Vietnamese in either language of the pages
        return _workbook(gather(), "doi-chieu.xlsx")


@acting_required
def document_reconciliation(request: ActingRequest, slug: str) -> HttpResponse:
    """One document, line by line."""
    document = get_object_or_404(LegalDocument, slug=slug)
    found = gather().of(document)
    context = {
        "found": found,
        "document": document,
        "crumbs": [
            (_("Documents"), reverse("document_list")),
            (str(document), reverse("document_detail", args=[slug])),
        ],
        "export_url": reverse("document_reconciliation_export", args=[slug]),
    }
    return render(request, "reports/reconciliation.html", context)


@acting_required
def document_reconciliation_export(request: ActingRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(LegalDocument, slug=slug)
    with override("vi"):
        return _workbook(gather().of(document), f"doi-chieu-{slug}.xlsx")


def _workbook(found: Reconciliation, name: str) -> HttpResponse:
    return download(reconciliation_workbook(found), name)
