"""The tree of funding sources: reading for everybody, changing for who keeps the reference lists."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.idempotency import idempotent
from agencies.api.kept import KeptViewSet
from agencies.keeping.forms import BASIS_LENGTH
from agencies.models.agency import CLASS_CHOICES
from agencies.permissions import require
from budgets.models import FundingSource, SourceUse
from budgets.sources.actions import change_source, create_source, remove_source
from budgets.sources.checks import CODE_LENGTH, LENGTHS, MOST_POSITION, MOST_USES
from budgets.sources.filters import SourceFilter
from budgets.sources.retiring import retire_source
from budgets.sources.shapes import SourceStated, UseStated
from budgets.sources.uses import lock_tree
from core.api.fields import ClosedSerializer, Day, Shown
from core.api.schema import describes


class UseData(Shown):
    """Who may plan money of a source: a class, "" being everybody; a programme, null being every one."""

    programme = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    agency_class = serializers.CharField(allow_blank=True)

    class Meta:
        model = SourceUse
        fields = ["programme", "agency_class", "opens"]


class SourceData(Shown):
    """A node of the tree. Leaves carry money; a parent's figure is the sum of its leaves."""

    parent = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    uses = UseData(many=True)

    class Meta:
        model = FundingSource
        fields = [
            "code",
            "name",
            "short_name",
            "parent",
            "tier",
            "nature",
            "position",
            "note",
            "valid_from",
            "valid_to",
            "uses",
        ]


class UseInput(ClosedSerializer):
    """One use; `opens` puts the source into the first grid of these agencies."""

    programme = serializers.SlugField(max_length=40, allow_null=True, required=False, default=None)
    agency_class = serializers.ChoiceField(
        choices=CLASS_CHOICES, required=False, allow_blank=True, default=""
    )
    opens = serializers.BooleanField(required=False, default=False)


class SourceChange(ClosedSerializer):
    """What is to change; what is left out stays. `uses` is the whole list."""

    name = serializers.CharField(max_length=LENGTHS["name"], required=False)
    short_name = serializers.CharField(max_length=LENGTHS["short_name"], required=False, allow_blank=True)
    parent = serializers.SlugField(max_length=CODE_LENGTH, required=False, allow_null=True)
    tier = serializers.ChoiceField(choices=FundingSource.Tier.choices, required=False)
    nature = serializers.ChoiceField(choices=FundingSource.Nature.choices, required=False, allow_blank=True)
    position = serializers.IntegerField(min_value=0, max_value=MOST_POSITION, required=False)
    note = serializers.CharField(max_length=LENGTHS["note"], required=False, allow_blank=True)
    valid_from = Day(required=False, allow_null=True)
    valid_to = Day(required=False, allow_null=True)
    uses = UseInput(many=True, required=False, max_length=MOST_USES)
    basis = serializers.CharField(max_length=BASIS_LENGTH, required=False, allow_blank=True)


class SourceInput(SourceChange):
    """A new source; without uses it is offered to nobody."""

    code = serializers.SlugField(max_length=CODE_LENGTH)
    name = serializers.CharField(max_length=LENGTHS["name"])
    tier = serializers.ChoiceField(choices=FundingSource.Tier.choices)
    basis = None


class RetireInput(ClosedSerializer):
    """The last day, also of what stands under it, and the document or the reason."""

    valid_to = Day()
    basis = serializers.CharField(max_length=BASIS_LENGTH)


class SourceViewSet(KeptViewSet):
    """Funding sources in the order of the documents."""

    lookup_field = "code"
    address = "funding_source_detail"
    filterset_class = SourceFilter
    serializers = {
        "list": SourceData,
        "retrieve": SourceData,
        "create": SourceInput,
        "partial_update": SourceChange,
        "destroy": SourceData,
        "retire": RetireInput,
    }

    def get_queryset(self) -> Any:
        found = FundingSource.objects.select_related("parent").prefetch_related("uses__programme")
        return found.order_by("position", "id")

    @extend_schema(responses={201: SourceData})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """A new source in its place in the tree. 422 with everything that is wrong."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        code = said.pop("code")
        source = create_source(code, SourceStated(**_stated(said)), actor=self.membership)
        return self.made(request, source)

    @extend_schema(responses=SourceData)
    @describes(if_match=True)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a source; where there is money of it, what gives that its meaning only on a basis."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        with audit.recording():
            source = self.matched(request)
            basis, before = said.pop("basis", ""), SourceStated.of(source)
            names = (*before.texts(), "uses")
            stated = {name: getattr(before, name) for name in names} | _stated(said)
            source = change_source(
                source,
                SourceStated(**stated),
                basis=basis,
                version=source.row_version,
                actor=self.membership,
            )
        return self.changed(request, source)

    @extend_schema(responses=SourceData)
    @describes(if_match=True)
    @idempotent
    def retire(self, request: Request, **kwargs: Any) -> Response:
        """Give a source, and what stands under it, its last day; figures keep it."""
        require(self.membership, "reference.manage")
        said = self.said(request)
        with audit.recording():
            source = self.matched(request)
            source = retire_source(
                source,
                said["valid_to"],
                basis=said["basis"],
                version=source.row_version,
                actor=self.membership,
            )
        return self.changed(request, source)

    @extend_schema(responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a source without money and without anything under it. 422 with what refers to it."""
        require(self.membership, "reference.manage")
        with audit.recording():
            remove_source(self.matched(request), actor=self.membership)
        return Response(status=204)

    def matched(self, request: Request) -> Any:
        lock_tree()
        return super().matched(request)


def _stated(said: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as `SourceStated` takes it."""
    found = dict(said)
    if "parent" in found:
        found["parent"] = found["parent"] or ""
    if "uses" in found:
        found["uses"] = tuple(UseStated(**use) for use in found["uses"])
    return found
