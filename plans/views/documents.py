"""Legal documents: the list, one document with its text, and one clause with every line made of it."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from core.downloads import download
from core.findings import Text
from plans.context import programmes_of
from plans.documents import page
from plans.documents.citing import cited_clause, cited_document
from plans.documents.clauses import ClauseIndex, index_of, url_of
from plans.documents.filters import DocumentFilter
from plans.documents.lines import groups_at
from plans.documents.listing import documents, listed
from plans.documents.made import by_clause, is_in_force, lines_of, marks_of, plans_of
from plans.documents.numbers import anchor_of, same_number
from plans.exports import document_list_workbook
from plans.models import Clause, LegalDocument
from plans.review.workflow import LOOK

PAGE_SIZE = 50


@acting_required
def document_list(request: ActingRequest) -> HttpResponse:
    """Documents with what they became, the latest first."""
    found = DocumentFilter(request.GET, queryset=documents())
    shown = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = shown.paginator.count
    context = {
        "filter": found,
        "exports": [(_("As XLSX"), reverse("document_list_export"))],
        "page": shown,
        "rows": listed(shown.object_list, request.membership),
        "count": ngettext("%(n)d document", "%(n)d documents", total) % {"n": total},
        "filtered": bool(urlencode({key: one for key, one in request.GET.items() if one and key != "page"})),
    }
    return render(request, "plans/documents/list.html", context)


@acting_required
def document_list_export(request: ActingRequest) -> HttpResponse:
    """Every document that the filters leave, as XLSX."""
    found = DocumentFilter(request.GET, queryset=documents())
    body = document_list_workbook(listed(found.qs, request.membership))
    return download(body, "van-ban.xlsx")


@acting_required
def document_detail(request: ActingRequest, slug: str) -> HttpResponse:
    """Its data, what was made of it, and the text itself with the lines beside their clauses."""
    document = get_object_or_404(LegalDocument, slug=slug)
    index = index_of(document)
    plans = plans_of([document], request.membership)
    lines = lines_of(plans)
    marks = {clause: marks_of(found) for clause, found in by_clause(index, lines).items()}
    passages = page.passages_of(index, marks)
    typed = request.GET.get("q", "")
    context = {
        "document": document,
        "crumbs": _crumbs(),
        "plans": [(plan, LOOK[plan.state], is_in_force(plan)) for plan in plans],
        "programmes": [one for one in programmes_of(request) if one.document_id == document.pk],
        "citation": cited_document(document),
        "passages": passages,
        "contents": page.contents_of(index),
        "lacking": [(clause, anchor_of(clause.number)) for clause in index.clauses if clause.missing],
        "typed": typed,
        "found": page.search(passages, typed),
    }
    return render(request, "plans/documents/detail.html", context)


@acting_required
def clause_detail(request: ActingRequest, slug: str, number: str) -> HttpResponse:
    """The words of one clause, those around it, and every line made of it."""
    document = get_object_or_404(LegalDocument, slug=slug)
    index = index_of(document)
    clause = index.by_number.get(number)
    if clause is None:
        return _nearest(index, number)
    plans = plans_of([document], request.membership)
    at = by_clause(index, lines_of(plans))
    groups = groups_at(clause, at.get(clause.pk, ()), plans, request.membership)
    above, (before, after) = index.above(clause), index.beside(clause)
    context = {
        "document": document,
        "clause": clause,
        "anchor": anchor_of(clause.number),
        "crumbs": [*_crumbs(), (_short(document), reverse("document_detail", args=[document.slug]))],
        "above": [(one, page.opening_of(one), url_of(one)) for one in above],
        "blocks": [page.view_of(one) for one in page.with_head(page.blocks_of(clause), above)],
        "below": [
            (one, page.label_of(one), url_of(one), marks_of(at.get(one.pk, ())))
            for one in index.below(clause)
        ],
        "citation": cited_clause(index, clause),
        "groups": groups,
        "illustrative": any(card.illustrative for group in groups for card in group.cards),
        "previous": _neighbour(before),
        "next": _neighbour(after),
    }
    return render(request, "plans/documents/clause.html", context)


def _crumbs() -> list[tuple[Text, str]]:
    return [(_("Documents"), reverse("document_list"))]


def _short(document: LegalDocument) -> str:
    """Its number; one whose number is not known by the first words of its title."""
    return document.number or Truncator(document.title).words(10)


def _neighbour(clause: Clause | None) -> dict[str, Any] | None:
    return {"url": url_of(clause), "label": page.label_of(clause)} if clause else None


def _nearest(index: ClauseIndex, number: str) -> HttpResponse:
    """The clause of an address typed by hand ("ii.2.k"), or that above a place without one of its own."""
    wanted = same_number(number)
    typed = next((one for one in index.clauses if same_number(one.number) == wanted), None)
    found = typed or index.resolve(number)
    if found is None:
        raise Http404
    return redirect(url_of(found))
