"""The tree of funding sources."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import PortalViewSet
from budgets.models import FundingSource
from core.api.fields import Shown


class SourceData(Shown):
    """A node of the tree. Leaves carry money; a parent's figure is the sum of its leaves."""

    parent = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = FundingSource
        fields = ["code", "name", "short_name", "parent", "tier", "nature", "note"]


class SourceViewSet(PortalViewSet):
    """Funding sources in the order of the documents."""

    lookup_field = "code"
    serializers = {"list": SourceData, "retrieve": SourceData}

    def get_queryset(self) -> Any:
        return FundingSource.objects.select_related("parent").order_by("position", "id")
