"""Agencies through time: the list as of a day, one with its history, successions."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal, PortalViewSet
from agencies.api.shapes import AgencyDetail, AgencyRow, MeData, SuccessionRow
from agencies.filters import AgencyFilter
from agencies.history import build
from agencies.lineage import Lineage
from agencies.models import Agency, Role, Succession
from agencies.permissions import GRANTS, PERMISSIONS
from agencies.tree import parents_on, units_on
from agencies.views.detail import usual_day
from core.api.lists import day_parameter
from core.api.schema import describes

ON = OpenApiParameter("on", {"type": "string", "format": "date"}, description=_("As of"))


class Me(Portal):
    """Who calls."""

    @extend_schema(responses=MeData)
    def get(self, request: Request) -> Response:
        """The person of the token, for whom and as what he or she acts, and what that role may do."""
        role = Role(self.membership.role)
        rights = [
            {"permission": permission, "label": str(PERMISSIONS[permission]), "relations": sorted(relations)}
            for (granted, permission), relations in GRANTS.items()
            if granted is role
        ]
        said = {
            "person": request.user,
            "membership": self.membership,
            "rights": rights,
            "token": request.auth,
        }
        return Response(MeData(said).data)


class AgencyViewSet(PortalViewSet):
    """Agencies: ministries, provinces, their units."""

    lookup_field = "key"
    filterset_class = AgencyFilter
    serializers = {"list": AgencyRow, "retrieve": AgencyDetail}
    parameters = ("on",)

    def get_queryset(self) -> Any:
        return Agency.objects.in_order()

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Each with its parent of the day that was asked for."""
        units = [one for one in rows if one.parent_id is not None]
        parents = parents_on(units, Lineage.load(), self.filterset.day) if units else {}
        for one in rows:
            one.parent_of_day = parents.get(one.pk)
        return rows

    @extend_schema(parameters=[ON])
    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One agency: names and codes through time, parent and units of a day, lists that name it."""
        agency: Any = get_object_or_404(Agency, key=kwargs["key"])
        day = day_parameter(request) or usual_day(agency)
        successions = list(Succession.objects.select_related("predecessor", "successor").order_by("on", "id"))
        lineage = Lineage.of(successions)
        agency.day = day
        agency.history = build(agency, successions)
        agency.parent_of_day = parents_on([agency], lineage, day).get(agency.pk)
        agency.units_of_day = units_on(agency, lineage, day)
        bearer = lineage.bearer(agency.pk, day)
        agency.bearer = next(one.agency for one in agency.history.periods if one.agency.pk == bearer)
        agency.of_groups = agency.group_memberships.select_related("group").order_by(
            "group__valid_on", "group_id"
        )
        return self.answer(agency)


class SuccessionViewSet(PortalViewSet):
    """What became of agencies: renamed, merged, split, with day and document."""

    serializers = {"list": SuccessionRow}

    def get_queryset(self) -> Any:
        return Succession.objects.select_related("predecessor", "successor").order_by("on", "id")
