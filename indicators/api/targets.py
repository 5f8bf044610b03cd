"""The targets that documents set."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from agencies.api.base import PortalViewSet
from core.api.fields import ByAttributes
from indicators.api.filters import TargetFilter
from indicators.catalogue import targets_in_catalogue
from indicators.conflicts import read_targets
from indicators.rows import TargetRow
from plans.api.rows import fields_of
from plans.api.shapes import PlanRef


class TargetData(ByAttributes):
    """A value to reach, as the plan or directive of a document sets it; `scope` says in words for whom."""

    scope = serializers.CharField(source="label")
    plan = PlanRef()
    document = serializers.SlugField(source="plan.document.slug", allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **fields_of(TargetRow, "row")}


class TargetViewSet(PortalViewSet):
    """The targets of all approved plans and directives, whether they are in force yet or not."""

    filterset_class = TargetFilter
    serializers = {"list": TargetData}

    def get_queryset(self) -> Any:
        return targets_in_catalogue().order_by("plan__document__issued_on", "plan_id", "position", "id")

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The same targets with all that is told of them; one query."""
        return read_targets(targets_in_catalogue().filter(pk__in=[one.pk for one in rows]))
