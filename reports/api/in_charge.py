"""Who is in charge of a report that is drafted, or submitted and not accepted yet."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.api.people.in_charge import charge
from agencies.api.people.inputs import ChargeInput
from agencies.api.people.shapes import ChargeData
from agencies.permissions import can, require
from core.findings import Place
from reports.api.base import OfFiling
from reports.keeping import OPEN_FILINGS
from reports.models import Filing


class FilingInCharge(OfFiling):
    """Of the own agency's reports; administrators of those of every agency that they keep."""

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    @extend_schema(request=ChargeInput, responses=ChargeData)
    @idempotent
    def post(self, request: Request, programme: str, code: str, agency: str, number: int) -> Response:
        """Say who is in charge, or that nobody is."""
        filings = Filing.objects.filter(
            report__cycle__programme__code=programme,
            report__cycle__code=code,
            report__agency__key=agency,
            number=number,
        )
        filing = filings.select_related("report__agency", "report__cycle__programme").first()
        if filing is None or not can(self.membership, "people.manage", filing.report.agency):
            filing = self.read
        require(self.membership, "work.assign", filing.report.agency)
        return charge(OPEN_FILINGS, filing, request.data, self.membership)
