"""What the endpoints of reference lists and programmes share: a row is made, and changed as it was read."""

from typing import Any, ClassVar

from django.db.models import Model
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import PortalViewSet
from agencies.workflow import lock
from core.api.etags import etag_of_content, require_match, tagged
from core.findings import Place


class KeptViewSet(PortalViewSet):
    """Base of the endpoints of one kind of rows that administrators keep.

    A subclass names `address`, that of one row, besides what every view set names; an answer is the row as
    `serializers["retrieve"]` says it.
    """

    address: ClassVar[str]

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    def said(self, request: Request) -> dict[str, Any]:
        """What was sent. Raises 400 with everything that cannot be read."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def matched(self, request: Request) -> Any:
        """The row that the address names, locked, when the caller has read what it says now (`If-Match`)."""
        key = {self.lookup_field: self.kwargs[self.lookup_field]}
        row = lock(get_object_or_404(self.get_queryset().model, **key))
        require_match(request, etag_of_content(self.data_of(row)))
        return row

    def data_of(self, row: Model) -> Any:
        (read,) = self.complete([self.get_queryset().get(pk=row.pk)])
        return self.serializers["retrieve"](read).data

    def made(self, request: Request, row: Model) -> Response:
        """The answer with a new row and its address."""
        data = self.data_of(row)
        url = reverse(f"api:{self.address}", args=[getattr(row, self.lookup_field)], request=request)
        return Response(data, status=201, headers={"Location": url, "ETag": etag_of_content(data)})

    def changed(self, request: Request, row: Model) -> Response:
        """The answer with a row that was changed."""
        data = self.data_of(row)
        return tagged(request, data, etag_of_content(data))
