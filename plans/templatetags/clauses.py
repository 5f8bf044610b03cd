"""`{% clause_link document clause %}`: wherever a line shows its clause, the clause leads to its page."""

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from plans.documents.clauses import ClauseIndex, index_of, url_of
from plans.models import Clause, LegalDocument

register = template.Library()


@register.simple_tag(takes_context=True)
def clause_link(
    context: Context, document: LegalDocument | str | None, clause: str | None, words: str = ""
) -> SafeString:
    """The clause as a link to its page in the document, or as it stands where the document has none such.

    `document` is a LegalDocument or its number; `words` stand in place of the clause's number. A place below
    all clauses of the document leads to the one above it. One query a document and page.
    """
    shown = words or clause or ""
    index = _index(context, document) if document and clause else None
    found = index.resolve(clause) if index is not None and clause else None
    if index is None or found is None:
        return conditional_escape(shown)
    return format_html('<a class="clause-link" href="{}">{}</a>', url_of(found, index.document.slug), shown)


def _index(context: Context, document: LegalDocument | str) -> ClauseIndex | None:
    """The clauses of the document, kept on it and for the request: a page may hold it more than once."""
    kept, key = _kept(context), document if isinstance(document, str) else document.pk
    if key not in kept:
        kept[key] = _numbered(document) if isinstance(document, str) else index_of(document)
    return kept[key]


def _numbered(number: str) -> ClauseIndex | None:
    """The clauses of the document with this number; one query."""
    clauses = list(
        Clause.objects.filter(document__number=number).select_related("document").defer("document__text")
    )
    return ClauseIndex(clauses[0].document, clauses) if clauses else None


def _kept(context: Context) -> dict[int | str, ClauseIndex | None]:
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return {}
    if not hasattr(request, "clause_indexes"):
        request.clause_indexes = {}
    found: dict[int | str, ClauseIndex | None] = request.clause_indexes
    return found
