"""Programmes: for which years whom plans, who leads, co-reviews and decides, how often they report."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers

from agencies.api.base import PortalViewSet
from agencies.api.shapes import AgencyRef
from core.api.fields import Shown
from plans.models import CoReviewer, OutlineItem, Programme


class CoReviewerData(Shown):
    """An agency that gives its opinion on its own scope."""

    agency = AgencyRef()

    class Meta:
        model = CoReviewer
        fields = ["agency", "scope"]


class ProgrammeRow(Shown):
    """A programme or period of planning."""

    document = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    lead = AgencyRef()
    co_reviewers = CoReviewerData(many=True, source="review_scopes")
    reports_with = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    obliged_classes = serializers.ListField(child=serializers.CharField())
    planning_classes = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Programme
        fields = [
            "code",
            "name",
            "short_name",
            "document",
            "year_from",
            "year_to",
            "cadence",
            "parent",
            "lead",
            "co_reviewers",
            "decided_by",
            "deciding_body",
            "plan_deadline",
            "reports_with",
            "obliged_classes",
            "planning_classes",
            "cycle_due_days",
            "first_cycle",
            "asks_route",
            "note",
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


class ProgrammeViewSet(PortalViewSet):
    """Programmes."""

    lookup_field = "code"
    serializers = {"list": ProgrammeRow, "retrieve": ProgrammeDetail}

    def get_queryset(self) -> Any:
        scopes = CoReviewer.objects.select_related("agency").order_by("id")
        return (
            Programme.objects.select_related("document", "parent", "lead")
            .defer("document__text", "document__corrections")
            .prefetch_related(Prefetch("review_scopes", scopes), "reports_with")
            .order_by("position", "id")
        )

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with its outline."""
        if self.action == "retrieve":
            rows[0].headings = rows[0].outline.all()
        return rows
