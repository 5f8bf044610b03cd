"""The one search: what the words name, and what holds them, kind by kind."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import finding
from agencies.api.base import Portal
from agencies.api.work import Linked, linked
from agencies.finding import Hit
from agencies.search.marking import excerpt
from agencies.search.results import search
from agencies.search.words import MOST_LETTERS, Words
from core.api.lists import page_parameter, refused_parameter


class HitData(Linked):
    """One thing found: its `label` is a number or clause, `where` says in what it stands."""

    title = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)
    where = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField(allow_blank=True)
    excerpt = serializers.CharField(allow_blank=True)


class FoundOfKind(serializers.Serializer[Any]):
    """What was found of one kind. With `more` there are more than `count`: counting stopped there."""

    kind = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    more = serializers.BooleanField()
    hits = HitData(many=True)


class SearchData(serializers.Serializer[Any]):
    """`named` is what the words name, such as a clause by its number. With `similar` nothing holds the words.

    `kinds` are those of which something was found, each with its first hits, or of the kind that was asked
    for one page.
    """

    q = serializers.CharField()
    similar = serializers.BooleanField()
    named = HitData(many=True)
    kinds = FoundOfKind(many=True)


def described() -> list[OpenApiParameter]:
    """The kinds are registered when the portal starts, so the schema does not list them."""
    words = {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS}
    number = {"type": "integer", "minimum": 1}
    return [
        OpenApiParameter("q", words, required=True, description=gettext_lazy("Words to look for")),
        OpenApiParameter("kind", str, description=gettext_lazy("One kind alone, page by page")),
        OpenApiParameter("page", number, description=gettext_lazy("Number of the page of that kind")),
    ]


class Search(Portal):
    """One search over everything."""

    parameters = ("q", "kind", "page")

    @extend_schema(parameters=described(), responses=SearchData)
    def get(self, request: Request) -> Response:
        """The first five of every kind that the caller may see, or with `kind` fifty of that one."""
        words, kind = self._words(request), self._kind(request)
        page = page_parameter(request)
        if page > 1 and not kind:
            raise refused_parameter("page", "page", _("Name the kind whose pages are asked for."))
        found = search(words, self.membership, whole=kind, page=page)
        if page > 1 and found.group(kind) is None:
            raise NotFound(_("The list ends before this page."), "page_missing")
        named = [] if kind else finding.named(words.typed, self.membership, whole=True)
        groups = [
            {
                "kind": group.kind.key,
                "label": group.kind.label,
                "count": group.total,
                "more": group.more,
                "hits": [self._said(hit, words) for hit in group.hits],
            }
            for group in found.groups
        ]
        said = {"q": words.typed, "similar": found.similar, "kinds": groups}
        return Response(SearchData({**said, "named": [self._said(one, words) for one in named]}).data)

    def _words(self, request: Request) -> Words:
        asked = request.query_params.get("q", "")
        if len(asked) > MOST_LETTERS:
            text = _("At most %(n)d characters are looked for.") % {"n": MOST_LETTERS}
            raise refused_parameter("q", "max_length", text)
        words = Words.read(asked)
        if not words:
            raise refused_parameter("q", "blank", _("Say what to look for: a letter or a digit at least."))
        return words

    def _kind(self, request: Request) -> str:
        asked = request.query_params.get("kind")
        known = [one.key for one in finding.kinds()]
        if asked is not None and asked not in known:
            text = _("There is no such kind. Known: %(known)s.") % {"known": ", ".join(known)}
            raise refused_parameter("kind", "kind", text)
        return asked or ""

    def _said(self, hit: Hit, words: Words) -> dict[str, Any]:
        return {
            "title": hit.title,
            "label": hit.label,
            "where": hit.where,
            "state": hit.tag[2] if hit.tag else "",
            "excerpt": excerpt(hit.excerpt, words) if hit.excerpt else "",
            **linked(hit.url, self.request),
        }
