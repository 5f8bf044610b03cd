"""The list of documents: each with the programmes, plans and directives that it became."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from agencies.models import Membership
from plans.documents.made import plans_of
from plans.models import LegalDocument, Plan, Programme


@dataclass(slots=True)
class Listed:
    """A document of the list; `lacks` counts the clauses that our copy lacks."""

    document: LegalDocument
    clauses: int
    lacks: int
    programmes: list[Programme] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def documents() -> "QuerySet[LegalDocument]":
    """Without their texts; the latest first, undated ones last."""
    return (
        LegalDocument.objects.defer("text", "corrections")
        .annotate(clause_count=Count("clauses"), lacking=Count("clauses", filter=Q(clauses__missing=True)))
        .order_by(F("issued_on").desc(nulls_last=True), "id")
    )


def listed(found: Iterable[LegalDocument], membership: Membership) -> list[Listed]:
    """The documents with what they became; two queries, however many there are."""
    rows = list(found)
    plans: dict[int, list[Plan]] = defaultdict(list)
    for plan in plans_of(rows, membership):
        plans[plan.document_id or 0].append(plan)
    programmes: dict[int, list[Programme]] = defaultdict(list)
    for programme in Programme.objects.filter(document__in=rows):
        programmes[programme.document_id or 0].append(programme)
    return [
        Listed(
            one,
            getattr(one, "clause_count", 0),
            getattr(one, "lacking", 0),
            programmes.get(one.pk, []),
            plans.get(one.pk, []),
        )
        for one in rows
    ]
