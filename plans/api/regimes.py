"""Reporting regimes of a programme: entering, changing and taking out."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies import audit
from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.workflow import lock
from core.api.etags import etag_of_content, require_match, tagged
from core.api.schema import describes
from core.findings import Place
from plans.api.programme_inputs import RegimeChange, RegimeInput, RemovalInput
from plans.api.programme_parts import OfProgramme
from plans.api.programme_reading import regime_data
from plans.api.programmes import RegimeData
from plans.models import ReportingRegime, with_document
from plans.programmes.regime_acts import change_regime, create_regime, regime_data_of, remove_regime


def _data(regime: ReportingRegime) -> Any:
    return RegimeData(regime).data


class RegimeViewSet(OfProgramme, PortalViewSet):
    """The reporting regimes of a programme, in the order of their days."""

    lookup_field = "pk"
    serializers = {
        "list": RegimeData,
        "retrieve": RegimeData,
        "create": RegimeInput,
        "partial_update": RegimeChange,
    }

    def get_queryset(self) -> QuerySet[ReportingRegime]:
        return with_document(ReportingRegime.objects.filter(programme=self.programme))

    @extend_schema(responses={201: RegimeData})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """A further regime. 422 where another is valid on the same days."""
        said = self.said(request, RegimeInput)
        made = create_regime(self.programme, regime_data(said), actor=self.membership)
        data = _data(made)
        url = reverse("api:regime_detail", args=[self.programme.code, made.pk], request=request)
        return Response(data, status=201, headers={"Location": url, "ETag": etag_of_content(data)})

    @extend_schema(responses=RegimeData)
    @describes(if_match=True, tagged=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change it; what periods were opened by stays (422 with the reason)."""
        found = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        said = self.said(request, RegimeChange)
        with audit.recording():
            lock(self.programme)  # before the regime, as everywhere
            row = lock(found)
            require_match(request, etag_of_content(_data(row)))
            stated = regime_data(said, before=regime_data_of(row))
            data = _data(change_regime(row, stated, actor=self.membership))
        return tagged(request, data, etag_of_content(data))

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""


class RegimeRemoval(OfProgramme):
    """Taking out a wrong entry."""

    @extend_schema(request=RemovalInput, responses={204: None})
    @idempotent
    def post(self, request: Request, code: str, pk: int) -> Response:
        """Take it out, as long as no period was opened by it."""
        found = get_object_or_404(ReportingRegime, programme=self.programme, pk=pk)
        said = self.said(request, RemovalInput)
        remove_regime(found, reason=said["reason"], actor=self.membership)
        return Response(status=204)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""
