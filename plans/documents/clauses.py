"""The clauses of a document: at which one a line stands, what is above and below it, finding one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import cast

from django.db.models import Q
from django.urls import reverse

from core.vietnamese import clause_key, search_key
from plans.documents.numbers import Typed, is_article, read_typed, same_number, upwards
from plans.models import Clause, LegalDocument

FOUND = 20
"""How many clauses a search by number gives at most."""


class ClauseIndex:
    """All clauses of one document, in the order of its text."""

    def __init__(self, document: LegalDocument, clauses: Iterable[Clause]) -> None:
        self.document = document
        self.clauses = sorted(clauses, key=lambda one: (one.position, one.pk))
        self.by_number = {clause.number: clause for clause in self.clauses}

    def resolve(self, number: str) -> Clause | None:
        """The clause that a line cites: it itself, else the nearest one above it that the document has."""
        return next((self.by_number[one] for one in upwards(number) if one in self.by_number), None)

    def parent(self, clause: Clause) -> Clause | None:
        above = upwards(clause.number)
        next(above)
        return next((self.by_number[one] for one in above if one in self.by_number), None)

    def above(self, clause: Clause) -> list[Clause]:
        """Those that the clause stands in, the outermost first."""
        found: list[Clause] = []
        parent = self.parent(clause)
        while parent is not None:
            found.insert(0, parent)
            parent = self.parent(parent)
        return found

    @cached_property
    def _below(self) -> Mapping[int, list[Clause]]:
        found: dict[int, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            if (parent := self.parent(clause)) is not None:
                found[parent.pk].append(clause)
        return found

    def below(self, clause: Clause) -> list[Clause]:
        """Those directly below it, in printed order."""
        return self._below.get(clause.pk, [])

    @cached_property
    def levels(self) -> Mapping[int, int]:
        """By id: 1 for what stands below nothing, 2 for what stands directly below that, ..."""
        return {clause.pk: len(self.above(clause)) + 1 for clause in self.clauses}

    def beside(self, clause: Clause) -> tuple[Clause | None, Clause | None]:
        """The clauses before and after it in the text."""
        place = self.clauses.index(clause)
        before = self.clauses[place - 1] if place else None
        return before, self.clauses[place + 1] if place + 1 < len(self.clauses) else None

    def article_of(self, clause: Clause) -> str:
        """The article that a clause lies in though its number does not say so: "Điều 1" of "II.2.k".

        Only where a further article follows it: what follows the last one is an enclosure of the decision.
        """
        outermost = next(iter(self.above(clause)), clause)
        if is_article(outermost.number):
            return outermost.number
        place = self.clauses.index(outermost)
        before = [one.number for one in self.clauses[:place] if is_article(one.number)]
        follows = any(is_article(one.number) for one in self.clauses[place:])
        return before[-1] if before and follows else ""


def index_of(document: LegalDocument) -> ClauseIndex:
    """The clauses of the document; one query, kept on the object."""
    kept = cast("ClauseIndex | None", document.__dict__.get("clause_index"))
    if kept is None:
        kept = ClauseIndex(document, document.clauses.all())
        document.__dict__["clause_index"] = kept
    return kept


def prepare(documents: Iterable[LegalDocument]) -> None:
    """Read the clauses of several documents at once, so that `index_of` asks nothing more; one query."""
    wanted = {document.pk: document for document in documents if "clause_index" not in document.__dict__}
    found: dict[int, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.filter(document__in=wanted) if wanted else ():
        clause.document = wanted[clause.document_id]
        found[clause.document_id].append(clause)
    for pk, document in wanted.items():
        document.__dict__["clause_index"] = ClauseIndex(document, found[pk])


def index_all(documents: Iterable[LegalDocument]) -> None:
    """Keep the clauses of several documents on them, for pages that link to many; one query."""
    wanted: dict[int, list[LegalDocument]] = defaultdict(list)
    for document in documents:
        wanted[document.pk].append(document)
    found: dict[int, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.filter(document__in=list(wanted)).order_by("position", "id"):
        found[clause.document_id].append(clause)
    for key, same in wanted.items():
        for document in same:
            document.__dict__["clause_index"] = ClauseIndex(document, found[key])


def url_of(clause: Clause, slug: str = "") -> str:
    """The page of a clause; `slug` where the document itself is not at hand."""
    return reverse("clause_detail", args=[slug or clause.document.slug, clause.number])


# --- Finding a clause by its number


def find(text: str) -> list[Clause]:
    """The clauses that "II.2.k", "điểm k mục II.2", "dieu 2.3.g" or "2.3.g QĐ 1605" names, best match first.

    Case and the marks of words do not matter, but đ and d are different points. Other words find nothing. Two
    queries; the clauses of one document share it, so that `clause.text` asks no more.
    """
    typed = read_typed(text)
    if typed is None:
        return []
    wanted = Q(number_key__in={clause_key(number) for number in typed.numbers})
    for number in _inner(typed):
        wanted |= Q(number_key__contains=f"{_BREAK}{clause_key(number)}")
    clauses = list(Clause.objects.filter(wanted).order_by("document_id", "position", "id")[:200])
    documents = LegalDocument.objects.in_bulk({clause.document_id for clause in clauses})
    ranked = []
    for clause in clauses:
        clause.document = documents[clause.document_id]
        rank = _rank(clause, typed)
        if rank is not None:
            ranked.append((*rank, clause.document.issued_on or date.max, clause.position, clause.pk, clause))
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:-1])[:FOUND]]


_BREAK = "01"  # what stands between two parts in a key of `core.vietnamese.sort_key`
_WORD_FIRST = re.compile(r"[^\W\d_]{2,} ")


def _inner(typed: Typed) -> list[str]:
    """The numbers that may stand at the end of a longer one, as "II.1.b" does in "Phụ lục II, II.1.b"."""
    return [number for number in typed.numbers if "." in number and not _WORD_FIRST.match(number)]


def _rank(clause: Clause, typed: Typed) -> tuple[bool, int, bool] | None:
    """What puts one match before another: the document named, how the number fits, whether we have it."""
    number = same_number(clause.number)
    wanted = [same_number(one) for one in typed.numbers]
    other_document = bool(typed.document) and not search_key(clause.document.number).startswith(
        typed.document
    )
    if number in wanted:
        fit = wanted.index(number)
    elif any(number.endswith(f"-{one}") for one in map(same_number, _inner(typed))):
        fit = 10
    elif any(one.count(".") > 1 and number.endswith(f".{one}") for one in map(same_number, _inner(typed))):
        fit = 11
    elif clause.number_key in {clause_key(one) for one in typed.numbers}:
        fit = 12  # "2.2.k" for "II.2.k"
    else:
        return None
    return other_document, fit, clause.missing
