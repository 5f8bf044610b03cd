"""What an administrator does to an open period: deadline and title, agencies, and one opened by mistake."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.idempotency import idempotent
from agencies.keeping.findings import DOCUMENT_LENGTH, at, refuse
from agencies.models import Agency
from agencies.permissions import require
from agencies.workflow import lock
from core.api.fields import ClosedSerializer, Day
from core.findings import Refused
from reports.api.base import Act
from reports.api.cycles import detailed
from reports.api.shapes import CycleDetail
from reports.cycles import keeping
from reports.cycles.consequences import addable
from reports.cycles.keeping import MOST_AGENCIES, REFUSED, TITLE_LENGTH
from reports.models import Cycle, Report

KEY_LENGTH = 40


class ByDocument(ClosedSerializer):
    """The document that decides it."""

    document = serializers.CharField(max_length=DOCUMENT_LENGTH)


class CycleChangeInput(ByDocument):
    """Another deadline or title; what is left out stays."""

    due_on = Day(required=False)
    title = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    reason = serializers.CharField(max_length=10_000)


class AddAgenciesInput(ByDocument):
    """Agencies that owe a report as well, by their keys."""

    agencies = serializers.ListField(
        child=serializers.SlugField(max_length=KEY_LENGTH), min_length=1, max_length=MOST_AGENCIES
    )


class WithdrawAgencyInput(ByDocument):
    """An agency that owes no report in the period any more."""

    agency = serializers.SlugField(max_length=KEY_LENGTH)


class RemoveCycleInput(ClosedSerializer):
    """Why the period is removed."""

    reason = serializers.CharField(max_length=10_000)


class KeptCycle(Act):
    """Base of the acts on one period."""

    @cached_property
    def cycle(self) -> Cycle:
        cycles = Cycle.objects.select_related("programme__lead")
        return get_object_or_404(cycles, programme__code=self.kwargs["programme"], code=self.kwargs["code"])

    def stated(self, request: Request) -> dict[str, Any]:
        """What was sent; who may not keep the period is told so first."""
        require(self.membership, "cycle.manage", self.cycle)
        return self.said(request)

    def answer(self) -> Response:
        return Response(CycleDetail(detailed(self, self.kwargs["programme"], self.kwargs["code"])).data)


class ChangeCycle(KeptCycle):
    """Another deadline or title of a period."""

    serializer_class = CycleChangeInput

    @extend_schema(responses=CycleDetail)
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """Whoever has filed is judged by the deadline of that day; the new one counts for the others."""
        said = self.stated(request)
        with audit.recording():
            row = lock(self.cycle)  # what is left out stays as somebody else may have made it just now
            stated: dict[str, Any] = {"title": row.title, "due_on": row.due_on, **said}
            keeping.change_cycle(row, keeping.CycleChange(**stated), actor=self.membership)
        return self.answer()


class AddAgencies(KeptCycle):
    """Further agencies owe a report in an open period."""

    serializer_class = AddAgenciesInput

    @extend_schema(responses=CycleDetail)
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """Their obligations and the national lines that they lead. 422 with each that cannot be added."""
        said = self.stated(request)
        chosen = self._chosen(said["agencies"])
        keeping.add_agencies(self.cycle, chosen, document=said["document"], actor=self.membership)
        return self.answer()

    def _chosen(self, keys: Sequence[str]) -> list[Agency]:
        """The agencies that are named: those that the page offers, and those of whom it can say why not."""
        wanted = list(dict.fromkeys(keys))
        offered = {one.key: one for one in addable(self.cycle)}
        known = {one.key: one for one in Agency.objects.filter(key__in=wanted).select_related("parent")}
        found = [offered.get(key) or known.get(key) for key in wanted]
        unknown = [
            at(
                f"agencies/{keys.index(key)}",
                "agency_unknown",
                _("There is no agency “%(key)s”.") % {"key": key},
                key,
            )
            for key, one in zip(wanted, found, strict=True)
            if one is None
        ]
        refuse(unknown, REFUSED)
        return [one for one in found if one is not None]


class WithdrawAgency(KeptCycle):
    """An agency owes no report in a period any more."""

    serializer_class = WithdrawAgencyInput

    @extend_schema(responses=CycleDetail)
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """As long as nothing was begun or recorded for its report; exempt it otherwise."""
        said = self.stated(request)
        reports = Report.objects.select_related("agency").filter(cycle=self.cycle)
        report = reports.filter(agency__key=said["agency"]).first()
        if report is None:
            text = _("“%(key)s” owes no report in this period.") % {"key": said["agency"]}
            raise Refused(text, [at("agency", "no_report", text, said["agency"])], REFUSED)
        report.cycle = self.cycle
        keeping.withdraw_agency(report, document=said["document"], actor=self.membership)
        return self.answer()


class RemoveCycle(KeptCycle):
    """Removing a period that was opened by mistake."""

    serializer_class = RemoveCycleInput

    @extend_schema(responses={204: None})
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """With its obligations, as long as nothing was filed."""
        said = self.stated(request)
        keeping.delete_cycle(self.cycle, reason=said["reason"], actor=self.membership)
        return Response(status=204)
