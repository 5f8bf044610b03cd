"""Dated lists of agencies: reading for everybody, changing for who keeps the list of agencies."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies import audit
from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.api.shapes import GroupDetail, GroupRow
from agencies.groups.actions import change_group, create_group, remove_group
from agencies.groups.checks import DOCUMENT_LENGTH, KEY_LENGTH
from agencies.groups.filters import GroupFilter
from agencies.groups.shapes import GroupStated
from agencies.groups.views import counting_members
from agencies.keeping.forms import BASIS_LENGTH
from agencies.models import AgencyGroup, GroupMember
from agencies.permissions import require
from agencies.workflow import lock
from core.api.etags import etag_of_content, require_match, tagged
from core.api.fields import ClosedSerializer, Day
from core.api.schema import describes
from core.fields import NAME_LENGTH
from core.findings import Place

MOST_MEMBERS = 2000
MEMBERS = "members"


class GroupChange(ClosedSerializer):
    """What is to change; what is left out stays. `members` is the whole list in its order."""

    name = serializers.CharField(max_length=NAME_LENGTH, required=False)
    valid_on = Day(required=False)
    document_number = serializers.CharField(max_length=DOCUMENT_LENGTH, required=False, allow_blank=True)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    derived = serializers.BooleanField(required=False)
    members = serializers.ListField(
        child=serializers.SlugField(max_length=40), max_length=MOST_MEMBERS, required=False
    )
    basis = serializers.CharField(max_length=BASIS_LENGTH, required=False, allow_blank=True)


class GroupInput(ClosedSerializer):
    """A new list; without a key one is made of the name."""

    key = serializers.SlugField(max_length=KEY_LENGTH, required=False, allow_blank=True, default="")
    name = serializers.CharField(max_length=NAME_LENGTH)
    valid_on = Day()
    document_number = serializers.CharField(
        max_length=DOCUMENT_LENGTH, required=False, allow_blank=True, default=""
    )
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    derived = serializers.BooleanField(required=False, default=False)
    members = serializers.ListField(
        child=serializers.SlugField(max_length=40), max_length=MOST_MEMBERS, required=False, default=list
    )


class GroupViewSet(PortalViewSet):
    """Dated lists of agencies, such as the 49 provinces that QĐ 43 supports."""

    lookup_field = "key"
    filterset_class = GroupFilter
    serializers = {
        "list": GroupRow,
        "retrieve": GroupDetail,
        "create": GroupInput,
        "partial_update": GroupChange,
        "destroy": GroupDetail,
    }

    def get_queryset(self) -> Any:
        return counting_members()

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with its members."""
        if self.action != "list":
            members = GroupMember.objects.filter(group__in=rows).select_related("agency")
            rows[0].listed_members = list(members.order_by("position", "id"))
        return rows

    @extend_schema(responses={201: GroupDetail})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """A new list with its members in order. 422 with everything that is wrong."""
        require(self.membership, "agency.manage")
        said = self._said(request)
        key, members = said.pop("key"), said.pop(MEMBERS)
        group = create_group(GroupStated(**said), members, key=key, actor=self.membership)
        data = self._data(group)
        url = reverse("api:group_detail", args=[group.key], request=request)
        return Response(data, status=201, headers={"Location": url, "ETag": etag_of_content(data)})

    @extend_schema(responses=GroupDetail)
    @describes(if_match=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a list; where plans or reports rest on it, with the basis of the change."""
        require(self.membership, "agency.manage")
        said = self._said(request)
        with audit.recording():
            group = self._matched(request, kwargs["key"])
            basis, members = said.pop("basis", ""), said.pop(MEMBERS, None)
            before = GroupStated.of(group)
            stated = GroupStated(**{name: said.get(name, getattr(before, name)) for name in before.texts()})
            group = change_group(
                group,
                stated=stated,
                members=members,
                basis=basis,
                version=group.row_version,
                actor=self.membership,
            )
        data = self._data(group)
        return tagged(request, data, etag_of_content(data))

    @extend_schema(responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a list to which nothing refers. 422 with what does."""
        require(self.membership, "agency.manage")
        with audit.recording():
            remove_group(self._matched(request, kwargs["key"]), actor=self.membership)
        return Response(status=204)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    def _said(self, request: Request) -> dict[str, Any]:
        said = self.get_serializer(data=request.data)
        said.is_valid(raise_exception=True)
        return dict(said.validated_data)

    def _matched(self, request: Request, key: str) -> AgencyGroup:
        """The list, locked, when the caller has read what it says now."""
        group = lock(get_object_or_404(AgencyGroup, key=key))
        require_match(request, etag_of_content(self._data(group)))
        return group

    def _data(self, group: AgencyGroup) -> Any:
        [row] = self.complete([counting_members().get(pk=group.pk)])
        return GroupDetail(row).data
