"""Programmes: for which years who plans, who leads, co-reviews and decides, how they are reported on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.idempotency import idempotent
from agencies.api.kept import KeptViewSet
from agencies.api.shapes import AgencyRef
from agencies.permissions import require
from core.api.fields import Shown
from core.api.schema import describes
from core.findings import Place
from plans.api.programme_inputs import ProgrammeChange, ProgrammeInput
from plans.api.programme_reading import programme_data
from plans.models import CoReviewer, OutlineItem, Programme, ReportingRegime
from plans.programmes.actions import change_programme, create_programme
from plans.programmes.filters import ProgrammeFilter, all_programmes
from plans.programmes.shapes import data_of


class CoReviewerData(Shown):
    """An agency that gives its opinion on its own scope."""

    agency = AgencyRef()

    class Meta:
        model = CoReviewer
        fields = ["agency", "scope"]


class RegimeData(Shown):
    """A reporting regime: who reports what to whom, how often, by when, from when to when."""

    document = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    obliged_classes = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ReportingRegime
        fields = [
            "id",
            "name",
            "content",
            "document",
            "basis",
            "clause",
            "obliged_classes",
            "reports_to",
            "passed_on",
            "means",
            "form",
            "cadence",
            "ad_hoc",
            "cutoff_day",
            "due_days",
            "due_printed",
            "first_cycle",
            "valid_from",
            "valid_to",
            "note",
        ]


class ProgrammeRow(Shown):
    """A programme or period of planning."""

    document = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    lead = AgencyRef()
    co_reviewers = CoReviewerData(many=True, source="review_scopes")
    reports_with = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    planning_classes = serializers.ListField(child=serializers.CharField())
    regimes = RegimeData(many=True)

    class Meta:
        model = Programme
        fields = [
            "code",
            "name",
            "short_name",
            "document",
            "year_from",
            "year_to",
            "parent",
            "lead",
            "co_reviewers",
            "decided_by",
            "deciding_body",
            "plan_deadline",
            "reports_with",
            "planning_classes",
            "asks_route",
            "note",
            "position",
            "regimes",
        ]


class OutlineData(Shown):
    """One heading of the outline, with its printed guidance."""

    class Meta:
        model = OutlineItem
        fields = ["number", "heading", "guidance"]


class ProgrammeDetail(ProgrammeRow):
    """The same with the outline that its plans follow."""

    outline = OutlineData(many=True, source="headings")

    class Meta:
        model = Programme
        fields = [*ProgrammeRow.Meta.fields, "outline"]


class ProgrammeViewSet(KeptViewSet):
    """Programmes."""

    lookup_field = "code"
    address = "programme_detail"
    filterset_class = ProgrammeFilter
    serializers = {
        "list": ProgrammeRow,
        "retrieve": ProgrammeDetail,
        "create": ProgrammeInput,
        "partial_update": ProgrammeChange,
    }

    def get_queryset(self) -> QuerySet[Programme]:
        return all_programmes()

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with its outline."""
        if self.action != "list":
            rows[0].headings = rows[0].outline.all()
        return rows

    @extend_schema(responses={201: ProgrammeDetail})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """A new programme that the caller's agency leads. 422 with everything that is wrong."""
        require(self.membership, "programme.manage")
        said = programme_data(self.said(request))
        return self.made(request, create_programme(said, actor=self.membership))

    @extend_schema(responses=ProgrammeDetail)
    @describes(if_match=True, tagged=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change its facts. 422 with everything that is wrong, and with what may no longer change."""
        found = get_object_or_404(Programme, code=kwargs["code"])
        require(self.membership, "programme.manage", found)
        said = self.said(request)
        with audit.recording():
            row = self.matched(request)
            stated = programme_data(said, before=data_of(row))
            row = change_programme(row, stated, actor=self.membership)
        return self.changed(request, row)

    def pointer_of(self, place: Place) -> str:
        """ "co_reviewers-0-agency" of the form is /co_reviewers/0/agency."""
        return "/" + place.path.replace("-", "/") if place.path else ""
