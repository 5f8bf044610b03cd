"""What plans state of the start of an indicator, as on its page."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from agencies.api.shapes import AgencyRef
from core.api.fields import ByAttributes
from indicators.catalogue import stated_baselines
from indicators.models import Indicator
from indicators.rows import BaselineRow
from plans.api.rows import fields_of
from plans.api.shapes import PlanRef


class BaselineData(ByAttributes):
    """The status that an agency's plan states."""

    agency = AgencyRef(source="plan.agency")
    plan = PlanRef()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **fields_of(BaselineRow, "row")}


class BaselinesData(serializers.Serializer[Any]):
    baselines = BaselineData(many=True)


class IndicatorBaselines(Portal):
    """Where agencies start."""

    @extend_schema(responses=BaselinesData)
    def get(self, request: Request, code: str) -> Response:
        """By agency, of the plans that the caller may see; what is left blank is left out."""
        indicator = get_object_or_404(Indicator, code=code)
        return Response(BaselinesData({"baselines": stated_baselines(indicator, self.membership)}).data)
