"""The catalogue of indicators: reading for everybody, changing for who keeps the reference lists."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.idempotency import idempotent
from agencies.api.kept import KeptViewSet
from agencies.keeping.forms import BASIS_LENGTH
from agencies.permissions import require
from core.api.fields import ClosedSerializer, Day
from core.api.schema import describes
from indicators.api.shapes import IndicatorData
from indicators.filters import IndicatorFilter
from indicators.keeping.actions import (
    change_indicator,
    create_indicator,
    remove_indicator,
    retire_indicator,
    revive_indicator,
)
from indicators.keeping.checks import CODE_LENGTH, LENGTHS, MOST_POSITION
from indicators.keeping.shapes import IndicatorStated
from indicators.models import Indicator, OutlineIndicator


def _text(name: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=LENGTHS[name], required=False, allow_blank=True, **more)


class IndicatorChange(ClosedSerializer):
    """What is to change; what is left out stays."""

    name = serializers.CharField(max_length=LENGTHS["name"], required=False)
    definition = _text("definition")
    unit = _text("unit")
    kind = serializers.ChoiceField(choices=Indicator.Kind.choices, required=False)
    direction = serializers.ChoiceField(choices=Indicator.Direction.choices, required=False)
    numerator = _text("numerator")
    denominator = _text("denominator")
    may_exceed_whole = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=MOST_POSITION, required=False)
    basis = serializers.CharField(max_length=BASIS_LENGTH, required=False, allow_blank=True)


class IndicatorInput(IndicatorChange):
    """A new indicator; without a code one is made of the name."""

    code = serializers.SlugField(max_length=CODE_LENGTH, required=False, allow_blank=True, default="")
    name = serializers.CharField(max_length=LENGTHS["name"])
    kind = serializers.ChoiceField(choices=Indicator.Kind.choices)
    basis = None


class RetireIndicatorInput(ClosedSerializer):
    """The last day, and the document or the reason."""

    valid_to = Day()
    basis = serializers.CharField(max_length=BASIS_LENGTH)


class ReviveInput(ClosedSerializer):
    """Nothing has to be stated."""


class IndicatorViewSet(KeptViewSet):
    """Indicators in the order of the documents."""

    lookup_field = "code"
    address = "indicator_detail"
    filterset_class = IndicatorFilter
    serializers = {
        "list": IndicatorData,
        "retrieve": IndicatorData,
        "create": IndicatorInput,
        "partial_update": IndicatorChange,
        "retire": RetireIndicatorInput,
        "revive": ReviveInput,
        "destroy": IndicatorData,
    }

    def get_queryset(self) -> Any:
        asked = OutlineIndicator.objects.select_related("programme").order_by("position", "id")
        found = Indicator.objects.order_by("position", "id")
        return found.prefetch_related(Prefetch("asked_by", asked))

    @extend_schema(responses={201: IndicatorData})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """A new indicator. 422 with everything that is wrong."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        code = said.pop("code")
        made = create_indicator(IndicatorStated(**said), code=code, actor=self.membership)
        return self.made(request, made)

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change an indicator; kind, direction and unit are fast once it is used."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        with audit.recording():
            indicator = self.matched(request)
            basis, before = said.pop("basis", ""), IndicatorStated.of(indicator)
            stated = {name: said.get(name, getattr(before, name)) for name in before.texts()}
            indicator = change_indicator(
                indicator,
                IndicatorStated(**stated),
                basis=basis,
                version=indicator.row_version,
                actor=self.membership,
            )
        return self.changed(request, indicator)

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    @idempotent
    def retire(self, request: Request, **kwargs: Any) -> Response:
        """Give an indicator its last day; targets and figures stay."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        with audit.recording():
            indicator = self.matched(request)
            indicator = retire_indicator(
                indicator,
                said["valid_to"],
                basis=said["basis"],
                version=indicator.row_version,
                actor=self.membership,
            )
        return self.changed(request, indicator)

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    @idempotent
    def revive(self, request: Request, **kwargs: Any) -> Response:
        """Take a retired indicator up again."""
        require(self.membership, "reference.manage")
        self.said(request)
        with audit.recording():
            indicator = self.matched(request)
            indicator = revive_indicator(indicator, version=indicator.row_version, actor=self.membership)
        return self.changed(request, indicator)

    @extend_schema(responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove an indicator to which nothing refers. 422 with what does."""
        require(self.membership, "reference.manage")
        with audit.recording():
            remove_indicator(self.matched(request), actor=self.membership)
        return Response(status=204)
