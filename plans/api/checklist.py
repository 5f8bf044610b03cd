"""What a reviewer checks: the programme's list with the ticks of the open review, or what the last kept."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.permissions import require
from agencies.workflow import lock
from core.api.etags import etag_of, extended, require_match, tagged
from core.api.fields import ClosedSerializer
from core.api.schema import describes
from plans.api.inputs import checked_field
from plans.api.plan import PlanEndpoint
from plans.models import Plan, PlanState
from plans.review.checklist import Check, checks_of, last_checked, tick
from plans.views.frame import steps_of


class CheckedInput(ClosedSerializer):
    """All that is ticked: what is left out is ticked no more."""

    checked = checked_field()


class CheckItemData(serializers.Serializer[Any]):
    """One item of the programme's list, and who ticked it when."""

    id = serializers.IntegerField(source="item.pk")
    text = serializers.CharField(source="item.text")
    basis = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField(source="item.required", help_text="An approval needs it.")
    ticked = serializers.BooleanField()
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)


class KeptData(serializers.Serializer[Any]):
    """An item as the step that ended a review kept it."""

    text = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()
    ticked = serializers.BooleanField()


class ChecklistData(serializers.Serializer[Any]):
    """The list while the plan is in review, and what the last review that ended kept of it."""

    items = CheckItemData(many=True)
    kept = KeptData(many=True)


class PlanChecklist(PlanEndpoint):
    """What is checked in a review."""

    @extend_schema(responses=ChecklistData)
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int) -> Response:
        """The list, for the agency and for those who review; others are shown none (404)."""
        if self.plan.relation_to(self.membership) == {"foreign"}:
            raise Http404
        return self._answer(self.plan)

    @extend_schema(request=CheckedInput, responses=ChecklistData)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str, version: int) -> Response:
        """Tick just these items. `If-Match` names the list as it was read: others tick it too."""
        require(self.membership, "plan.review", self.plan)
        stated = CheckedInput(data=request.data)
        stated.is_valid(raise_exception=True)
        with audit.recording():
            row = lock(self.plan)
            require_match(request, _etag(row, checks_of(row)))
            tick(row, stated.validated_data["checked"], actor=self.membership)
            return self._answer(row)

    def _answer(self, plan: Plan) -> Response:
        checks = checks_of(plan)
        step = last_checked(steps_of(plan))
        in_review = plan.state == PlanState.IN_REVIEW
        data = ChecklistData({"items": checks if in_review else [], "kept": step.checks if step else []}).data
        return tagged(self.request, data, extended(_etag(plan, checks), data))


def _etag(plan: Plan, checks: list[Check]) -> str:
    """Of the list, its words, and what is ticked on it; a plan that has left its review is another."""
    items = ((one.item.pk, one.item.text, one.item.required, one.ticked) for one in checks)
    return etag_of("checklist", plan.pk, plan.state, *items)
