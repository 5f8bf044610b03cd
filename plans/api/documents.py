"""Legal documents, their clauses, and what was made of both."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import PortalViewSet
from core.api.fields import Shown
from core.api.schema import describes
from plans.api.shapes import PlanRef
from plans.documents.clauses import ClauseIndex, index_of
from plans.documents.filters import DocumentFilter
from plans.documents.listing import documents, listed
from plans.documents.made import by_clause, lines_of, plans_of
from plans.models import Clause, LegalDocument


class DocumentRow(Shown):
    """A document as printed; number and dates may be unknown. `lacking` counts clauses our copy lacks."""

    clauses = serializers.IntegerField(source="clause_count")
    lacking = serializers.IntegerField()
    programmes = serializers.ListField(child=serializers.SlugField(), source="programme_codes")
    plans = PlanRef(many=True, source="visible_plans")

    class Meta:
        model = LegalDocument
        fields = [
            "slug",
            "number",
            "title",
            "kind",
            "issuer",
            "issued_on",
            "signer",
            "signer_title",
            "effective_on",
            "effective_note",
            "note",
            "clauses",
            "lacking",
            "programmes",
            "plans",
        ]


class CorrectionData(serializers.Serializer[Any]):
    """A place where our copy was corrected: as printed there, as read here."""

    printed = serializers.CharField(allow_blank=True)
    read = serializers.CharField(allow_blank=True)
    where = serializers.CharField(allow_blank=True)


class DocumentDetail(DocumentRow):
    """The same with the text and the corrections of our copy."""

    corrections = CorrectionData(many=True)

    class Meta:
        model = LegalDocument
        fields = [*DocumentRow.Meta.fields, "corrections", "text"]


class ClauseRow(Shown):
    """A place that people cite, with its own words; one that our copy lacks (`missing`) has none."""

    level = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)

    class Meta:
        model = Clause
        fields = ["number", "heading", "level", "missing", "note", "text"]


class LineAtClause(serializers.Serializer[Any]):
    """A line made of the clause; `again` where it is only named once more."""

    plan = PlanRef(source="of_plan")
    part = serializers.CharField(source="line.part")
    line = serializers.UUIDField(source="line.line", allow_null=True)
    clause = serializers.CharField(source="line.clause")
    number = serializers.CharField(source="line.number", allow_blank=True)
    again = serializers.BooleanField(source="line.again")


class ClauseDetail(ClauseRow):
    """The same with its place in the document, and every line that was made of it."""

    above = serializers.ListField(child=serializers.CharField())
    below = serializers.ListField(child=serializers.CharField())
    previous = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)
    lines = LineAtClause(many=True)

    class Meta:
        model = Clause
        fields = [*ClauseRow.Meta.fields, "above", "below", "previous", "next", "lines"]


class DocumentViewSet(PortalViewSet):
    """Legal documents."""

    lookup_field = "slug"
    filterset_class = DocumentFilter
    serializers = {"list": DocumentRow, "retrieve": DocumentDetail}

    def get_queryset(self) -> Any:
        """Text and corrections are read for one alone."""
        return documents() if self.action == "list" else documents().defer(None)

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Each with the programmes, plans and directives that it became."""
        for row, one in zip(rows, listed(rows, self.membership), strict=True):
            row.programme_codes = [programme.code for programme in one.programmes]
            row.visible_plans = one.plans
        return rows


class ClauseViewSet(PortalViewSet):
    """The clauses of one document, in printed order."""

    queryset = Clause.objects.none()
    serializers = {"list": ClauseRow, "retrieve": ClauseDetail}

    def _index(self) -> ClauseIndex:
        index = index_of(get_object_or_404(LegalDocument, slug=self.kwargs["slug"]))
        for clause in index.clauses:
            clause.document = index.document
            clause.level = index.levels[clause.pk]  # type: ignore[attr-defined]
        return index

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of the clauses with their words."""
        index = self._index()
        self.filter_queryset(self.queryset)
        rows = self.paginate_queryset(index.clauses)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One clause by its number as printed, "II.2.k" or "Phụ lục I, A.18"."""
        index = self._index()
        clause: Any = index.by_number.get(kwargs["number"])
        if clause is None:
            raise Http404
        before, after = index.beside(clause)
        clause.above = [one.number for one in index.above(clause)]
        clause.below = [one.number for one in index.below(clause)]
        clause.previous, clause.next = before and before.number, after and after.number
        clause.lines = self._lines(index, clause)
        return self.answer(clause)

    def _lines(self, index: ClauseIndex, clause: Clause) -> Sequence[dict[str, Any]]:
        plans = plans_of([index.document], self.membership)
        by_id = {plan.pk: plan for plan in plans}
        here = by_clause(index, lines_of(plans)).get(clause.pk, [])
        return [{"of_plan": by_id[line.plan], "line": line} for line in here]
