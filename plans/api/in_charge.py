"""Who is in charge of an open plan."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.api.people.in_charge import charge
from agencies.api.people.inputs import ChargeInput
from agencies.api.people.shapes import ChargeData
from agencies.permissions import can, require
from core.findings import Place
from plans.api.plan import PlanEndpoint
from plans.keeping import OPEN_PLANS
from plans.models import Plan


class PlanInCharge(PlanEndpoint):
    """Of the own agency's plans; administrators of those of every agency that they keep."""

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    @extend_schema(request=ChargeInput, responses=ChargeData)
    @idempotent
    def post(self, request: Request, code: str, version: int) -> Response:
        """Say who is in charge, or that nobody is."""
        plan = Plan.objects.for_pages().filter(code=code, version=version).first()
        if plan is None or not can(self.membership, "people.manage", plan.agency):
            plan = self.plan
        require(self.membership, "work.assign", plan.agency)
        return charge(OPEN_PLANS, plan, request.data, self.membership)
