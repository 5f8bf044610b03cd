"""The catalogue of indicators, and the targets that documents set for them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers

from agencies.api.base import PortalViewSet
from core.api.fields import ByAttributes, Shown
from indicators.api.filters import TargetFilter
from indicators.catalogue import targets_in_catalogue
from indicators.conflicts import read_targets
from indicators.filters import IndicatorFilter
from indicators.models import Indicator, OutlineIndicator
from indicators.rows import TargetRow
from plans.api.rows import fields_of
from plans.api.shapes import PlanRef


class AskedData(Shown):
    """A programme whose outline asks every plan for the status; `classes`: of whom, [] of all."""

    programme = serializers.SlugRelatedField(slug_field="code", read_only=True)
    classes = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = OutlineIndicator
        fields = ["programme", "number", "classes", "guidance"]


class IndicatorData(Shown):
    """What is measured, in which unit, and which direction is better."""

    asked_by = AskedData(many=True)

    class Meta:
        model = Indicator
        fields = [
            "code",
            "name",
            "unit",
            "kind",
            "direction",
            "numerator",
            "denominator",
            "may_exceed_whole",
            "definition",
            "asked_by",
        ]


class TargetData(ByAttributes):
    """A value to reach, as the plan or directive of a document sets it; `scope` says in words for whom."""

    scope = serializers.CharField(source="label")
    plan = PlanRef()
    document = serializers.SlugField(source="plan.document.slug", allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **fields_of(TargetRow, "row")}


class IndicatorViewSet(PortalViewSet):
    """Indicators in the order of the documents."""

    lookup_field = "code"
    filterset_class = IndicatorFilter
    serializers = {"list": IndicatorData, "retrieve": IndicatorData}

    def get_queryset(self) -> Any:
        asked = OutlineIndicator.objects.select_related("programme").order_by("position", "id")
        found = Indicator.objects.order_by("position", "id")
        return found.prefetch_related(Prefetch("asked_by", asked))


class TargetViewSet(PortalViewSet):
    """The targets of all approved plans and directives, whether they are in force yet or not."""

    filterset_class = TargetFilter
    serializers = {"list": TargetData}

    def get_queryset(self) -> Any:
        return targets_in_catalogue().order_by("plan__document__issued_on", "plan_id", "position", "id")

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The same targets with all that is told of them; one query."""
        return read_targets(targets_in_catalogue().filter(pk__in=[one.pk for one in rows]))
