"""What waits for the caller, what an administrator keeps, and what is missing there: as on the pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import worklist
from agencies.administration import missing_for, subjects_for
from agencies.api.addresses import endpoint_of, page_of
from agencies.api.base import Portal, PortalViewSet
from agencies.worklist import Item
from core.api.lists import PAGING, refuse_unknown
from core.findings import NotAllowed


class Linked(serializers.Serializer[Any]):
    """Where it stands: the `page` for people, the `endpoint` for programs, null where there is none."""

    page = serializers.URLField()
    endpoint = serializers.URLField(allow_null=True)


def linked(url: str, request: Request) -> dict[str, str | None]:
    return {"page": page_of(url, request), "endpoint": endpoint_of(url, request)}


class WorkItemData(Linked):
    """One thing to do: `mine`, with the next `action`, or one that waits for somebody else."""

    title = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    mine = serializers.BooleanField()
    action = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField(allow_null=True)
    since = serializers.DateField(allow_null=True)
    in_charge = serializers.CharField(allow_blank=True)


class WorkViewSet(PortalViewSet):
    """My work."""

    serializers = {"list": WorkItemData}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What waits for the caller, the nearest deadline first; behind it what waits for others."""
        refuse_unknown(request, PAGING)
        rows = self.paginate_queryset(worklist.items(self.membership))
        return self.get_paginated_response(WorkItemData([self._said(one) for one in rows], many=True).data)

    def _said(self, item: Item) -> dict[str, Any]:
        names = ("title", "detail", "state", "mine", "action", "due_on", "since", "in_charge")
        return {name: getattr(item, name) for name in names} | linked(item.url, self.request)


class SubjectData(Linked):
    """One thing that the caller keeps; `count` is null where it is not counted."""

    title = serializers.CharField()
    text = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)


class MissingData(Linked):
    """Something without which the portal does not work for somebody, and where it is mended."""

    text = serializers.CharField()
    remedy = serializers.CharField()


class AdministrationData(serializers.Serializer[Any]):
    """What is kept, and what is missing that the caller can mend."""

    subjects = SubjectData(many=True)
    missing = MissingData(many=True)


class Administration(Portal):
    """What an administrator keeps."""

    @extend_schema(responses=AdministrationData)
    def get(self, request: Request) -> Response:
        """Everything that the caller keeps, and what is missing; 403 for who keeps nothing."""
        subjects = subjects_for(self.membership)
        if not subjects:
            raise NotAllowed(_("Your role keeps nothing here. Administrators do."), code="not_allowed")
        said = {
            "subjects": [
                {
                    "title": one.title,
                    "text": one.text,
                    "count": one.count(self.membership) if one.count else None,
                    **linked(reverse(one.url_name), request),
                }
                for one in subjects
            ],
            "missing": [
                {"text": one.text, "remedy": one.remedy, **linked(one.url, request)}
                for one in missing_for(self.membership)
            ],
        }
        return Response(AdministrationData(said).data)
