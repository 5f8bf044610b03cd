"""What every endpoint rests on: who calls and in which membership, how much, and in which language.

README.md of this app says how an endpoint is added.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from agencies.models import ApiToken, Membership
from core.api.etags import etag_of_content, tagged
from core.api.lists import refuse_unknown
from core.api.reading import refuse_large
from core.api.schema import describes
from core.findings import Place


class ScopeAllows(BasePermission):
    """A token of scope `read` reads; what the membership may do is asked by the action itself."""

    message = gettext_lazy("This token may only read. Make one of scope “read and write”.")
    code = "scope_missing"

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            raise exceptions.NotAuthenticated
        return request.method in SAFE_METHODS or token.scope == ApiToken.Scope.WRITE


class PerToken(BaseThrottle):
    """At most `API_REQUESTS_PER_MINUTE` requests a token, counted in its own row."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        return ApiToken.objects.count_use(token, int(time.time() // 60), settings.API_REQUESTS_PER_MINUTE)

    def wait(self) -> float:
        return 60 - time.time() % 60


class Portal(APIView):
    """Base of all endpoints."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    permission_classes = [ScopeAllows]
    throttle_classes = [PerToken]
    # Parameters of the query string; any other is refused. A list's are its FilterSet's.
    parameters: ClassVar[Collection[str]] = ()
    # Secrets in an answer, such as a link: what repeats the answer later does not hold them.
    told_once: ClassVar[Collection[str]] = ()
    # The longest body, where a file comes with it; without one the setting holds.
    most_bytes: ClassVar[int | None] = None

    @property
    def membership(self) -> Membership:
        """In which the caller acts: every action asks its rights."""
        token = self.request.auth
        assert isinstance(token, ApiToken)
        return token.membership

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """In which language, who calls, may they, how often; then what is refused before anything is read."""
        translation.activate(asked_language(request.headers.get("Accept-Language", "")))
        super().initial(request, *args, **kwargs)
        # FilterSets and what is read once a page find it where pages put it.
        request._request.membership = self.membership
        self.membership.__dict__["read_for_page"] = {}
        refuse_large(request, self.most_bytes)
        if not self.filters_decide:
            refuse_unknown(request, self.parameters)

    @property
    def filters_decide(self) -> bool:
        """Whether `StrictFilters` judges the parameters."""
        return False

    def pointer_of(self, place: Place) -> str:
        """Where in the request's body stands what a finding speaks of; "" where it is not of the body."""
        return ""

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Content-Language", translation.get_language())
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


def asked_language(header: str) -> str:
    """What `Accept-Language` asks for of the portal's languages; Vietnamese without one. No cookie counts."""
    known = dict(settings.LANGUAGES)
    for language, _weight in parse_accept_lang_header(header):
        if (found := language.partition("-")[0]) in known:
            return found
    return settings.LANGUAGE_CODE


class PortalViewSet(Portal, GenericViewSet[Any]):
    """Base of the endpoints of one kind of row.

    A subclass names `get_queryset()`, `filterset_class`, the `serializers` of its actions and the
    `lookup_field`; it writes `complete(rows)` where rows need more than their own query.
    """

    serializers: ClassVar[Mapping[str, Any]] = {}

    @property
    def filters_decide(self) -> bool:
        return self.action == "list"

    def get_serializer_class(self) -> Any:
        return self.serializers[self.action]

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows of a page with what is read for all of them at once."""
        return rows

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of what the caller may see and the filters leave."""
        found: QuerySet[Any] = self.filter_queryset(self.get_queryset())
        rows = self.complete(self.paginate_queryset(found))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One row that the caller may see; anything else is a 404."""
        row = get_object_or_404(self.get_queryset(), **{self.lookup_field: kwargs[self.lookup_field]})
        return self.answer(self.complete([row])[0])

    def answer(self, row: Any) -> Response:
        """One row with the tag of what it says; 304 when the caller has just that."""
        data = self.get_serializer(row).data
        return tagged(self.request, data, etag_of_content(data))
