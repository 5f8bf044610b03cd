"""How a clause is cited in an official paper: the place in words, then its document."""

from core.notation import format_date
from plans.documents.clauses import ClauseIndex
from plans.documents.numbers import cited
from plans.models import Clause, LegalDocument


def cited_document(document: LegalDocument) -> str:
    """ "Quyết định số 43/2008/QĐ-TTg ngày 24/03/2008 của Thủ tướng Chính phủ"; without a number its title."""
    if not document.number:
        return document.title
    # In Vietnamese whatever the language of the page: it is copied into official papers.
    day = f" ngày {format_date(document.issued_on)}" if document.issued_on else ""
    return f"{document.kind or 'Văn bản'} số {document.number}{day} của {document.issuer}"


def cited_clause(index: ClauseIndex, clause: Clause) -> str:
    """ "điểm k khoản 2 mục II Điều 1 Quyết định số ...", or the number where the words are not certain."""
    place = cited(clause.number, index.article_of(clause))
    glue = ", " if place == clause.number else " "
    return f"{place}{glue}{cited_document(index.document)}"
