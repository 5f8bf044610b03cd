"""Dated lists of agencies: reading for everybody, changing for who keeps the list of agencies."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.idempotency import idempotent
from agencies.api.kept import KeptViewSet
from agencies.api.shapes import GroupDetail, GroupRow
from agencies.groups.actions import change_group, create_group, remove_group
from agencies.groups.checks import DOCUMENT_LENGTH, KEY_LENGTH
from agencies.groups.filters import GroupFilter
from agencies.groups.shapes import GroupStated
from agencies.groups.views import counting_members
from agencies.keeping.forms import BASIS_LENGTH
from agencies.models import GroupMember
from agencies.permissions import require
from core.api.fields import ClosedSerializer, Day
from core.api.schema import describes
from core.fields import NAME_LENGTH

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


class GroupViewSet(KeptViewSet):
    """Dated lists of agencies, such as the 49 provinces that QĐ 43 supports."""

    lookup_field = "key"
    address = "group_detail"
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
        said = self.said(request)
        key, members = said.pop("key"), said.pop(MEMBERS)
        return self.made(request, create_group(GroupStated(**said), members, key=key, actor=self.membership))

    @extend_schema(responses=GroupDetail)
    @describes(if_match=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a list; where plans or reports rest on it, with the basis of the change."""
        require(self.membership, "agency.manage")
        said = self.said(request)
        with audit.recording():
            group = self.matched(request)
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
        return self.changed(request, group)

    @extend_schema(responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a list to which nothing refers. 422 with what does."""
        require(self.membership, "agency.manage")
        with audit.recording():
            remove_group(self.matched(request), actor=self.membership)
        return Response(status=204)
