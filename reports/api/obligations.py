"""Obligations: who owes a report and how it stands, one with what is asked, what is granted by a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.answering import answering
from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core import clock
from core.api.lists import PAGING, refuse_unknown, refused_parameter
from core.api.problems import BadParameters, at_fields
from core.api.schema import describes
from plans.api.detail import act_name
from reports.api.base import Act, OfReport, as_seen
from reports.api.bulk_shapes import LetterOptions
from reports.api.figures import ObligationData
from reports.api.inputs import ReportExemptionInput, ReportExtensionInput, ReportReceiptInput
from reports.api.rows import ReportDetail
from reports.cycles.granting import exempt, extend, record_receipt
from reports.cycles.timeliness import timeliness_of
from reports.figures.obligations import standings
from reports.filing.acts import ACTS, offered
from reports.filing.asked import asked_of
from reports.filing.band import live_filing
from reports.forms import FIELDS, ObligationFilter
from reports.models import Report
from reports.reminders.actions import remind
from reports.views.access import cycle_of

FILTERS: dict[str, Any] = dict(ObligationFilter.base_fields)


def described_filters() -> list[OpenApiParameter]:
    """The filters of the page in the schema, without choices that come of the data."""
    return [
        OpenApiParameter(
            name,
            str,
            description=str(one.label),
            enum=[value for value, _label in getattr(one, "choices", ()) if value] or None,
        )
        for name, one in FILTERS.items()
    ]


class ReportViewSet(OfReport, PortalViewSet):
    """The obligations of a period that the caller may see."""

    queryset = Report.objects.none()
    serializers = {"list": ObligationData, "retrieve": ReportDetail}

    @extend_schema(parameters=described_filters())
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of how the agencies stand by what counts now; the filters are those of the page."""
        cycle = cycle_of(kwargs["programme"], kwargs["code"])
        whole = standings(cycle, clock.now())
        form = self._filters([one.agency_class for one in whole.classes])
        seen = set(cycle.reports.visible_to(self.membership).values_list("agency__key", flat=True))
        rows = self.paginate_queryset([one for one in form.narrowed(whole.obligations) if one.agency in seen])
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def _filters(self, classes: Any) -> ObligationFilter:
        """The page's form, filled in; what it cannot read is refused by name."""
        asked = self.request.query_params
        refuse_unknown(self.request, {*FILTERS, *PAGING})
        for name in FILTERS:
            if name != "q" and asked.get(name) == "":
                raise refused_parameter(name, "blank", _("Nothing is asked for. Leave the parameter out."))
        form = ObligationFilter(asked, classes=classes)
        if not form.is_valid():
            errors = form.errors.as_data().items()
            raise BadParameters(
                {
                    name: [ErrorDetail(str(text), one.code) for one in said for text in one]
                    for name, said in errors
                }
            )
        return form

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One agency's obligation with its filings, what the caller may do, and every line that is asked."""
        return self.answer(detailed(self.find_report(), self))


def detailed(report: Any, view: OfReport) -> Any:
    """The obligation as `ReportDetail` says it."""
    live = live_filing(report, view.membership)
    report.timeliness = timeliness_of(report, clock.now())
    report.answered_for_by = answering(report.agency).bearer
    filings = report.filings.visible_to(view.membership).order_by("number")
    report.shown_filings = as_seen(filings, view.membership)
    report.acts = [
        {"name": act_name(one.name), "label": one.label, "next": one.next, "refused": one.refused}
        for one in offered(report, live, view.membership)
    ]
    report.asked = asked_of(report)
    return report


@dataclass(frozen=True, slots=True)
class Granting:
    """What is granted or recorded by a document; `act` is its name in the table of acts."""

    act: str
    perform: Callable[..., object]
    told: Any


GRANTS: Mapping[str, Granting] = {
    "extend": Granting("extend", extend, ReportExtensionInput),
    "exempt": Granting("exempt", exempt, ReportExemptionInput),
    "receipt": Granting("receipt", record_receipt, ReportReceiptInput),
    "remind": Granting("remind", remind, LetterOptions),
}


class ReportAct(Act, OfReport):
    """Extend the deadline, exempt, remind, record the receipt of a paper: as the address says."""

    granting = GRANTS["extend"]

    @extend_schema(responses=ReportDetail)
    @idempotent
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Do it by the document that is named."""
        require(self.membership, ACTS[self.granting.act].permission, self.report)
        said = self.said(request)
        with at_fields(FIELDS):
            self.granting.perform(self.report, actor=self.membership, **said)
        return Response(ReportDetail(detailed(self.find_report(), self)).data)
