"""The catalogue of indicators: reading for everybody, changing for who keeps the reference lists."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies import audit
from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.keeping.forms import BASIS_LENGTH
from agencies.permissions import require
from agencies.workflow import lock
from core.api.etags import etag_of_content, require_match, tagged
from core.api.fields import ClosedSerializer, Day
from core.api.schema import describes
from core.findings import Place
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


class IndicatorViewSet(PortalViewSet):
    """Indicators in the order of the documents."""

    lookup_field = "code"
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
        said = self._said(request)
        code = said.pop("code")
        made = create_indicator(IndicatorStated(**said), code=code, actor=self.membership)
        data = self._data(made)
        url = reverse("api:indicator_detail", args=[made.code], request=request)
        return Response(data, status=201, headers={"Location": url, "ETag": etag_of_content(data)})

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change an indicator; kind, direction and unit are fast once it is used."""
        require(self.membership, "reference.manage")
        said = self._said(request)
        with audit.recording():
            indicator = self._matched(request, kwargs["code"])
            basis, before = said.pop("basis", ""), IndicatorStated.of(indicator)
            stated = {name: said.get(name, getattr(before, name)) for name in before.texts()}
            indicator = change_indicator(
                indicator,
                IndicatorStated(**stated),
                basis=basis,
                version=indicator.row_version,
                actor=self.membership,
            )
        return self._answer(request, indicator)

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    @idempotent
    def retire(self, request: Request, **kwargs: Any) -> Response:
        """Give an indicator its last day; targets and figures stay."""
        require(self.membership, "reference.manage")
        said = self._said(request)
        with audit.recording():
            indicator = self._matched(request, kwargs["code"])
            indicator = retire_indicator(
                indicator,
                said["valid_to"],
                basis=said["basis"],
                version=indicator.row_version,
                actor=self.membership,
            )
        return self._answer(request, indicator)

    @extend_schema(responses=IndicatorData)
    @describes(if_match=True)
    @idempotent
    def revive(self, request: Request, **kwargs: Any) -> Response:
        """Take a retired indicator up again."""
        require(self.membership, "reference.manage")
        self._said(request)
        with audit.recording():
            indicator = self._matched(request, kwargs["code"])
            indicator = revive_indicator(indicator, version=indicator.row_version, actor=self.membership)
        return self._answer(request, indicator)

    @extend_schema(responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove an indicator to which nothing refers. 422 with what does."""
        require(self.membership, "reference.manage")
        with audit.recording():
            remove_indicator(self._matched(request, kwargs["code"]), actor=self.membership)
        return Response(status=204)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    def _said(self, request: Request) -> dict[str, Any]:
        said = self.get_serializer(data=request.data)
        said.is_valid(raise_exception=True)
        return dict(said.validated_data)

    def _matched(self, request: Request, code: str) -> Indicator:
        """The indicator, locked, when the caller has read what it says now."""
        indicator = lock(get_object_or_404(Indicator, code=code))
        require_match(request, etag_of_content(self._data(indicator)))
        return indicator

    def _data(self, indicator: Indicator) -> Any:
        return IndicatorData(self.get_queryset().get(pk=indicator.pk)).data

    def _answer(self, request: Request, indicator: Indicator) -> Response:
        data = self._data(indicator)
        return tagged(request, data, etag_of_content(data))
