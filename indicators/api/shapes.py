"""What the endpoints of indicators say. Declarations only."""

from rest_framework import serializers

from core.api.fields import Shown
from indicators.models import Indicator, OutlineIndicator


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
            "position",
            "valid_to",
            "asked_by",
        ]
