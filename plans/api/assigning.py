"""Who reports on the lines of a national plan that its document gives no lead."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core.api.problems import at_fields
from plans.api.content import refuse_unknown_lines
from plans.api.inputs import AssignInput
from plans.api.plan import PlanEndpoint
from plans.api.rows import PartyToken
from plans.content.assigning import (
    Assignment,
    assign_reporters,
    assigned_lines,
    lines_without_lead,
    read_assignments,
    withdraw_reporter,
)
from plans.models import LineReporter, PlanKind
from plans.parts import registry
from plans.parts.columns import Party
from plans.parts.texts import TaskRow

# Of a refusal that names no place: the field that it speaks of.
FIELDS = {
    "party_does_not_report": "party",
    **dict.fromkeys(("basis_missing", "basis_long"), "basis"),
    **dict.fromkeys(("assigned_in_future", "assigned_before_plan"), "on"),
    **dict.fromkeys(("not_national", "line_twice", "line_has_lead", "assigned_already"), "lines"),
}


class AssignmentData(serializers.Serializer[Any]):
    """Who reports on a line, by which document or decision, since which day."""

    id = serializers.IntegerField(source="pk")
    line = serializers.UUIDField()
    party = PartyToken()
    name = serializers.CharField(source="called")
    basis = serializers.CharField()
    on = serializers.DateField()


class FreeLineData(serializers.Serializer[Any]):
    """A line without a lead: its clause or number in the document, and the assignments that stand."""

    line = serializers.UUIDField()
    part = serializers.CharField()
    label = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    assigned = AssignmentData(many=True)


class FreeLines(serializers.Serializer[Any]):
    lines = FreeLineData(many=True)


class AssignedData(serializers.Serializer[Any]):
    assigned = AssignmentData(many=True)


class OfNationalPlan(PlanEndpoint):
    """Base: only lines of a national plan are assigned."""

    def free_lines(self) -> list[Any]:
        """The lines without a lead; a plan that is not national is a 404."""
        if self.plan.kind != PlanKind.NATIONAL:
            raise Http404
        return lines_without_lead(registry.read_content(self.plan))


class PlanAssignments(OfNationalPlan):
    """Lines without a lead."""

    @extend_schema(responses=FreeLines)
    def get(self, request: Request, code: str, version: int) -> Response:
        """The lines to which the document gives no lead, with who is assigned to report on them."""
        lines = self.free_lines()
        assigned = assigned_lines(self.plan, registry.read_content(self.plan))
        shown = [
            {
                "line": row.line,
                "part": "tasks" if isinstance(row, TaskRow) else "projects",
                "label": row.clause if isinstance(row, TaskRow) else row.label,
                "name": row.name,
                "assigned": assigned.get(row.line, ()),
            }
            for row in lines
        ]
        return Response(FreeLines({"lines": shown}).data)

    @extend_schema(request=AssignInput, responses={201: AssignedData})
    @idempotent
    def post(self, request: Request, code: str, version: int) -> Response:
        """Assign one party to all the lines, or to none of them when anything bars it."""
        require(self.membership, "line.assign", self.plan)
        self.free_lines()
        stated = AssignInput(data=request.data)
        stated.is_valid(raise_exception=True)
        said = stated.validated_data
        with at_fields(FIELDS):
            refuse_unknown_lines(said["lines"], self.plan, ("tasks", "projects"))
            made = assign_reporters(
                said["lines"],
                Party.parse(said["party"]),
                basis=said["basis"],
                actor=self.membership,
                on=said.get("on"),
            )
        return Response(AssignedData({"assigned": _shown(made)}).data, status=201)


class AssignmentWithdraw(OfNationalPlan):
    """One assignment."""

    @extend_schema(request=None, responses=AssignedData)
    @idempotent
    def post(self, request: Request, code: str, version: int, pk: int) -> Response:
        """Take it back: it counts in no period opened from today on. The answer: what stands on the line."""
        require(self.membership, "line.assign", self.plan)
        lines = [row.line for row in self.free_lines()]
        reporter = get_object_or_404(LineReporter, pk=pk, line__in=lines)
        withdraw_reporter(reporter, actor=self.membership)
        standing = assigned_lines(self.plan, registry.read_content(self.plan)).get(reporter.line_id, [])
        return Response(AssignedData({"assigned": standing}).data)


def _shown(made: list[LineReporter]) -> list[Assignment]:
    found = read_assignments(LineReporter.objects.filter(pk__in=[one.pk for one in made]))
    return [one for of_line in found.values() for one in of_line]
