"""What fills a draft from elsewhere and says how it came about: lines of another plan, the route."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core.api.lists import refused_parameter
from core.api.problems import at_fields
from core.api.schema import describes
from core.findings import Place, Refused, error
from plans.api.detail import plan_answer
from plans.api.inputs import RouteInput, TakeInput
from plans.api.plan import PlanEndpoint, visible_plans
from plans.api.shapes import PlanDetail
from plans.content.actions import set_route, take_lines
from plans.models import Plan
from plans.parts import registry
from plans.versions.taking import candidates


class CandidateData(serializers.Serializer[Any]):
    """A line of the source: why it cannot come, or what of it stays behind and what it becomes."""

    line = serializers.UUIDField()
    title = serializers.CharField()
    barred = serializers.CharField(allow_blank=True)
    left = serializers.CharField(allow_blank=True)
    becomes = serializers.CharField(allow_blank=True)


class CandidatesData(serializers.Serializer[Any]):
    """The lines of one part, and what stays behind of all that can come."""

    part = serializers.CharField(source="key")
    label = serializers.CharField()
    able = serializers.IntegerField()
    left = serializers.CharField(allow_blank=True)
    lines = CandidateData(many=True)


class TakeData(serializers.Serializer[Any]):
    parts = CandidatesData(many=True)


class TakenData(serializers.Serializer[Any]):
    """How many rows of each part came along, and the plan as it stands then."""

    added = serializers.DictField(child=serializers.IntegerField())
    plan = PlanDetail()


class PlanTake(PlanEndpoint):
    """Lines of another plan."""

    parameters = ("source",)

    @extend_schema(
        responses=TakeData,
        parameters=[
            OpenApiParameter(
                "source", str, required=True, description=_("Code and version of a plan: “605-qd-ubnd/1”.")
            )
        ],
    )
    def get(self, request: Request, code: str, version: int) -> Response:
        """The lines of another plan as they would come into this one; nothing is written."""
        require(self.membership, "plan.edit", self.plan)
        source = self._source(request.query_params.get("source", ""))
        return Response(
            TakeData({"parts": candidates(self.plan, source, registry.read_content(source))}).data
        )

    def _source(self, asked: str) -> Plan:
        code, _slash, version = asked.partition("/")
        if version.isascii() and version.isdigit() and len(version) <= 5:
            found = visible_plans(self.membership).exclude(pk=self.plan.pk)
            if plan := found.filter(code=code, version=int(version)).first():
                return plan
        text = _("“%(value)s” is no other plan that you may read. Write code and version: “605-qd-ubnd/1”.")
        raise refused_parameter("source", "source_plan", text % {"value": asked[:100]})

    @extend_schema(request=TakeInput, responses=TakenData)
    @describes(if_match=True, tagged=True)
    @idempotent
    def post(self, request: Request, code: str, version: int) -> Response:
        """Take lines over; years outside of the programme stay behind, new lines remember their origin."""
        require(self.membership, "plan.edit", self.plan)
        stated = TakeInput(data=request.data)
        stated.is_valid(raise_exception=True)
        said = stated.validated_data
        source = visible_plans(self.membership).exclude(pk=self.plan.pk).filter(**said["source"]).first()
        if source is None:
            text = _("Choose another plan that you may read.")
            raise Refused(text, [error("source_plan", text, Place(path="source"))], code="source_plan")
        chosen = _by_part(source, said["lines"])
        with self.matched() as plan, at_fields({"nothing_taken": "lines"}):
            added = take_lines(plan, source, chosen, actor=self.membership)
            answer = plan_answer(request, plan, self.membership)
            answer.data = {
                "added": {key: count for key, count in added.items() if count},
                "plan": answer.data,
            }
            return answer


def _by_part(source: Plan, lines: Sequence[UUID]) -> Mapping[str, list[UUID]]:
    """The chosen lines by part."""
    part_of = refuse_unknown_lines(lines, source, [part.key for part in registry.parts() if part.line_kind])
    chosen: dict[str, list[UUID]] = defaultdict(list)
    for line in lines:
        chosen[part_of[line]].append(line)
    return chosen


def refuse_unknown_lines(lines: Sequence[UUID], plan: Plan, parts: Sequence[str]) -> dict[UUID, str]:
    """The part of each line of a plan. Raises `Refused` with each of `lines` that is in none of `parts`."""
    content = registry.read_content(plan)
    part_of = {row.line: key for key in parts for row in content[key]}
    text = _("The plan has no such line.")
    findings = [
        error("line_unknown", text, Place(path=f"lines/{number}"), str(line))
        for number, line in enumerate(lines)
        if line not in part_of
    ]
    if findings:
        raise Refused(text, findings, code="line_unknown")
    return part_of


class PlanRouteView(PlanEndpoint):
    """How the plan came about."""

    @extend_schema(request=RouteInput, responses=PlanDetail)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str, version: int) -> Response:
        """Say which of the programme's two ways the plan goes, while it is drafted."""
        if not self.plan.programme.asks_route:
            raise Http404
        require(self.membership, "plan.edit", self.plan)
        stated = RouteInput(data=request.data)
        stated.is_valid(raise_exception=True)
        with self.matched() as plan:
            set_route(plan, stated.validated_data["route"], actor=self.membership)
            return plan_answer(request, plan, self.membership)
