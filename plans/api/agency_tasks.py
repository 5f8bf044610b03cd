"""The tasks that plans in force give an agency, as on its page."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from agencies.models import Agency
from core.api.fields import ByAttributes
from core.api.lists import refused_parameter
from plans.api.shapes import PlanRef
from plans.documents.panel import assignments_of


class LineStateData(ByAttributes):
    """One thing that is known of a line: how far it is, and by which report."""

    text = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    illustrative = serializers.BooleanField()


class AgencyTaskData(ByAttributes):
    """A task that the agency leads: named in the document, `through` a list or class, or `assigned` to it."""

    plan = PlanRef(source="task.plan")
    document = serializers.SlugField(source="document.slug", allow_null=True)
    line = serializers.UUIDField(source="task.line_id")
    clause = serializers.CharField(source="task.clause", allow_blank=True)
    name = serializers.CharField(source="task.name")
    date_phrase = serializers.CharField(source="task.date_phrase", allow_blank=True)
    due_on = serializers.DateField(allow_null=True)
    superseded_by = serializers.UUIDField(source="task.superseded_by_id", allow_null=True)
    through = serializers.CharField(allow_blank=True)
    assigned = serializers.BooleanField()
    states = LineStateData(many=True, help_text="Empty unless asked for")


class AgencyTasksData(serializers.Serializer[Any]):
    tasks = AgencyTaskData(many=True)


class AgencyTasks(Portal):
    """The tasks of an agency."""

    parameters = ("states",)

    @extend_schema(parameters=[OpenApiParameter("states", bool)], responses=AgencyTasksData)
    def get(self, request: Request, key: str) -> Response:
        """Those that plans in force today give it, the latest document first; `states` says how far."""
        told = request.query_params.get("states", "false")
        if told not in ("true", "false"):
            raise refused_parameter("states", "boolean", _("Write true or false."))
        agency = get_object_or_404(Agency, key=key)
        found = assignments_of(agency, self.membership, told=told == "true")
        return Response(AgencyTasksData({"tasks": [one for group in found for one in group.tasks]}).data)
