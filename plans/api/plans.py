"""The list of plans, one version of a plan, a new plan."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.api.shapes import AgencyRef
from agencies.permissions import require
from core.api.fields import ClosedSerializer
from core.api.files import XLSX, FileAnswer
from core.api.problems import at_fields
from core.api.schema import describes
from core.fields import NAME_LENGTH
from core.findings import Place, Refused, error
from plans.api.detail import plan_answer
from plans.api.plan import PlanEndpoint
from plans.api.shapes import PlanDetail, PlanRow
from plans.content.actions import create_plan
from plans.exports import plan_list_workbook
from plans.filters import PlanFilter
from plans.models import Plan, PlanRoute, Programme
from plans.versions.lineage import current_version

# What a row says; documents and programmes are wide.
LISTED = (
    *(name for name in PlanRow.Meta.fields if name not in ("agency", "programme", "document")),
    *(f"agency__{name}" for name in AgencyRef.Meta.fields),
    "programme__code",
    "document__slug",
)


class NewPlanInput(ClosedSerializer):
    """For which programme, and how the plan comes about where the programme asks; a blank title is usual."""

    programme = serializers.SlugField(help_text="Code of the programme.")
    title = serializers.CharField(required=False, allow_blank=True, max_length=NAME_LENGTH)
    route = serializers.ChoiceField(choices=PlanRoute.choices, required=False, allow_blank=True)


class PlanViewSet(PortalViewSet):
    """Plans."""

    filterset_class = PlanFilter
    serializers = {"list": PlanRow, "create": NewPlanInput}

    def get_queryset(self) -> Any:
        plans = Plan.objects.visible_to(self.membership).in_order()
        return plans.select_related("agency", "programme", "document").only(*LISTED)

    @extend_schema(responses={201: PlanDetail})
    @describes(tagged=True)
    @idempotent
    def create(self, request: Request) -> Response:
        """A draft of the caller's agency with the headings that the programme's outline asks for."""
        require(self.membership, "plan.create")
        stated = self.get_serializer(data=request.data)
        stated.is_valid(raise_exception=True)
        said = stated.validated_data
        programme = _programme(said["programme"], said.get("route", ""))
        with at_fields({"not_planning": "programme", "plan_exists": "programme"}):
            plan = create_plan(
                programme, actor=self.membership, title=said.get("title", ""), route=said.get("route", "")
            )
        return plan_answer(request, plan, self.membership, 201)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""


def _programme(code: str, route: str) -> Programme:
    """The programme, which asks for a route where one is given."""
    programme = Programme.objects.select_related("lead", "document").filter(code=code).first()
    if programme is None:
        text = _("There is no programme “%(code)s”.") % {"code": code}
        finding = error("programme_unknown", text, Place(path="programme"), code)
    elif route and not programme.asks_route:
        text = _("“%(programme)s” does not ask how a plan came about.") % {"programme": programme.short_name}
        finding = error("route_not_asked", text, Place(path="route"), route)
    else:
        return programme
    raise Refused(text, [finding], code=finding.code)


class PlanExport(FileAnswer, PortalViewSet):
    """Plans as a workbook."""

    filterset_class = PlanFilter
    pagination_class = None

    @property
    def filters_decide(self) -> bool:
        return True

    def get_queryset(self) -> Any:
        return Plan.objects.visible_to(self.membership).for_pages().in_order()

    @extend_schema(operation_id="plans_export", responses=FileAnswer.described(XLSX), filters=True)
    def export(self, request: Request) -> Any:
        """Every plan that the filters leave, as an .xlsx file in Vietnamese."""
        require(self.membership, "plan.export")
        body = plan_list_workbook(self.filter_queryset(self.get_queryset()))
        return self.file(body, XLSX, "ke-hoach.xlsx")


class PlanView(PlanEndpoint):
    """One version of a plan."""

    @extend_schema(responses=PlanDetail)
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int) -> Response:
        """Its state, whose turn it is, what the caller may do and why not, its parts and revisions."""
        return plan_answer(request, self.plan, self.membership)


class CurrentPlan(PlanEndpoint):
    """The version of a plan that is of interest now."""

    @extend_schema(operation_id="plans_current", responses=PlanDetail)
    @describes(tagged=True)
    def get(self, request: Request, code: str) -> Response:
        """The open version that the caller may see, else the one in force, else the last."""
        version = current_version(code, self.membership)
        if version is None:
            raise Http404
        self.kwargs["version"] = version
        return plan_answer(request, self.plan, self.membership)
