"""The reports of an agency over all periods, and how punctual it was, as on its page."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from agencies.api.shapes import AgencyRef
from agencies.models import Agency
from core.api.fields import ByAttributes
from reports.api.shapes import CycleRef, TimelinessData
from reports.panels import judged_of, punctuality


class JudgedData(serializers.Serializer[Any]):
    """One obligation; `agency` is another where it was taken over."""

    cycle = CycleRef(source="report.cycle")
    agency = AgencyRef(source="report.agency")
    due_on = serializers.DateField(source="report.due_on")
    first_submitted_at = serializers.DateTimeField(source="report.first_submitted_at", allow_null=True)
    timeliness = TimelinessData()


class PunctualityData(ByAttributes):
    """How many obligations stood how: lateness stays with the agency that was late."""

    agency = AgencyRef()
    obliged = serializers.IntegerField()
    on_time = serializers.IntegerField()
    late = serializers.IntegerField()
    missing = serializers.IntegerField()
    waiting = serializers.IntegerField()
    exempt = serializers.IntegerField()


class AgencyReportsData(serializers.Serializer[Any]):
    punctuality = PunctualityData(many=True)
    reports = JudgedData(many=True)


class AgencyReports(Portal):
    """The reports of an agency."""

    @extend_schema(responses=AgencyReportsData)
    def get(self, request: Request, key: str) -> Response:
        """All that the caller may see, the latest period first, with those that the agency took over."""
        agency = get_object_or_404(Agency, key=key)
        judged = judged_of(agency, self.membership)
        data = {
            "punctuality": punctuality(agency, judged),
            "reports": [{"report": report, "timeliness": one} for report, one in judged],
        }
        return Response(AgencyReportsData(data).data)
