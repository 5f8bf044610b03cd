"""The reference texts of letters, for who keeps the reference lists."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.letters.actions import edit_letter, kind_or_none, restore_letter, stored
from agencies.letters.kinds import LetterKind
from agencies.letters.views import Listed, listed
from agencies.models.letters import BODY_LENGTH, SUBJECT_LENGTH
from agencies.permissions import require
from core.api.etags import etag_of, require_match, tagged
from core.api.fields import ByAttributes, ClosedSerializer
from core.api.lists import PAGING
from core.api.schema import describes
from core.findings import Place


class PlaceholderData(serializers.Serializer[Any]):
    """What can stand in braces in the text; without a required one the letter is of no use."""

    name = serializers.CharField()
    help = serializers.CharField()
    required = serializers.BooleanField()


class LetterData(ByAttributes):
    """A kind of letter with its text, the default one or an edited one, and who changed it when."""

    key = serializers.SlugField(source="kind.key")
    label = serializers.CharField(source="kind.label")
    subject = serializers.CharField()
    body = serializers.CharField()
    is_edited = serializers.BooleanField()
    placeholders = PlaceholderData(many=True)
    changed_by = serializers.CharField(allow_null=True)
    changed_at = serializers.DateTimeField(source="row.changed_at", allow_null=True)


class LetterInput(ClosedSerializer):
    """Another text for a kind of letter."""

    subject = serializers.CharField(max_length=SUBJECT_LENGTH)
    body = serializers.CharField(max_length=BODY_LENGTH)


class RestoreInput(ClosedSerializer):
    """Nothing has to be stated."""


class LetterViewSet(PortalViewSet):
    """The kinds of letters that the portal writes."""

    lookup_field = "key"
    serializers = {
        "every": LetterData,
        "retrieve": LetterData,
        "update": LetterInput,
        "restore": RestoreInput,
    }
    parameters = PAGING  # of `every`: the kinds are few and stand in the code, so nothing filters them

    @extend_schema(responses=LetterData(many=True))
    def every(self, request: Request, **kwargs: Any) -> Response:
        """All kinds of letters, the frame first."""
        require(self.membership, "reference.manage")
        rows = self.paginate_queryset(listed())
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @extend_schema(responses=LetterData)
    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One kind of letter."""
        require(self.membership, "reference.manage")
        return self._answer(self._kind(kwargs["key"]))

    @extend_schema(responses=LetterData)
    @describes(if_match=True)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Another text. 422 with every placeholder that is unknown or missing."""
        require(self.membership, "reference.manage")
        kind = self._kind(kwargs["key"])
        version = self._matched(kind)
        said = self.get_serializer(data=request.data)
        said.is_valid(raise_exception=True)
        edit_letter(kind, **said.validated_data, version=version, actor=self.membership)
        return self._answer(kind)

    @extend_schema(responses=LetterData)
    @describes(if_match=True)
    @idempotent
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Put the default text back."""
        require(self.membership, "reference.manage")
        kind = self._kind(kwargs["key"])
        version = self._matched(kind)
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        restore_letter(kind, version=version, actor=self.membership)
        return self._answer(kind)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    def _kind(self, key: str) -> LetterKind:
        kind = kind_or_none(key)
        if kind is None:
            raise Http404(_("There is no such letter."))
        return kind

    def _matched(self, kind: LetterKind) -> int:
        """The version that the caller read; the action's lock holds that it is still the one."""
        version = stored(kind.key).row_version
        require_match(self.request, _tag(kind, version))
        return version

    def _answer(self, kind: LetterKind) -> Response:
        row = stored(kind.key)
        data = self.serializers["retrieve"](Listed(kind, row if row.row_version else None)).data
        return tagged(self.request, data, _tag(kind, row.row_version))


def _tag(kind: LetterKind, version: int) -> str:
    """The default text counts too: a new release may bring another one."""
    return etag_of("letter", kind.key, version, kind.subject, kind.body)
