"""Reporting periods: their list, one of them, opening, compiling, and the figures of what counts now."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import Portal, PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.lineage import Attribution
from agencies.models import Agency
from agencies.permissions import require
from core import clock
from core.api.schema import describes
from core.findings import Place, Refused, error
from plans.models import Programme
from reports.api.base import Act
from reports.api.compilations import ON, attribution_of, compiled
from reports.api.figures import ComplianceData
from reports.api.inputs import CycleOpenAdHocInput, CycleOpenInput
from reports.api.shapes import CompilationDetail, CycleDetail, CycleRow
from reports.compiling import compile_cycle
from reports.cycles.actions import open_ad_hoc, open_cycle
from reports.cycles.listing import OwnReport, cycle_rows, cycles_for, stage_of
from reports.cycles.timeliness import timeliness_of
from reports.figures.attributed import attributed
from reports.figures.compliance import live
from reports.figures.obligations import standings
from reports.filters import CycleFilter
from reports.models import Cycle
from reports.views.access import Reader, led_cycle
from reports.views.opening import choosable


class CycleViewSet(PortalViewSet):
    """Reporting periods, the newest first: everybody knows which are open."""

    filterset_class = CycleFilter
    serializers = {"list": CycleRow, "retrieve": CycleDetail}

    def get_queryset(self) -> Any:
        return cycles_for(self.membership)

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Each with its stage and the obligations of the caller's agency; one query for the page."""
        for row in cycle_rows(list(rows), self.membership):
            noted(row.cycle, row.own, led=row.led)
        return rows

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One period; who reported, class by class, is told to the lead."""
        return self.answer(detailed(self, kwargs["programme"], kwargs["code"]))


def noted(cycle: Any, own: Sequence[OwnReport], *, led: bool) -> None:
    """What a row says of a period beside its own fields."""
    cycle.stage = stage_of(cycle, compiled=cycle.compiled, issued=cycle.issued)
    cycle.shown_filed = cycle.filed if led or cycle.issued else None
    now = clock.now()
    cycle.own = [{"report": one.report, "timeliness": timeliness_of(one.report, now)} for one in own]


def detailed(reader: Reader, programme: str, code: str) -> Any:
    """A period as `CycleDetail` says it."""
    cycles = cycles_for(reader.membership).select_related("programme__lead")
    cycle: Any = get_object_or_404(cycles, programme__code=programme, code=code)
    (row,) = cycle_rows([cycle], reader.membership)
    noted(cycle, row.own, led=row.led)
    cycle.classes = cycle.total = None
    if row.led:
        whole = standings(cycle, clock.now())
        cycle.classes, cycle.total = whole.classes, whole.total
    cycle.shown_compilations = cycle.compilations.visible_to(reader.membership).with_issue()
    return cycle


class Opening(Act):
    """Base of the two ways to open a period."""

    def opened(self, cycle: Cycle) -> Response:
        address = {"programme": cycle.programme.code, "code": cycle.code}
        data = CycleDetail(detailed(self, **address)).data
        url = reverse("api:cycle_detail", kwargs=address, request=self.request)
        return Response(data, status=201, headers={"Location": url})

    def programme(self, code: str) -> Programme:
        found = Programme.objects.filter(code=code).first()
        if found is None:
            text = _("There is no programme “%(code)s”.") % {"code": code}
            raise Refused(text, [error("programme_unknown", text, Place(path="programme"), code)], "opening")
        return found


class OpenCycle(Opening):
    """Open a regular period of a programme."""

    serializer_class = CycleOpenInput

    @extend_schema(responses={201: CycleDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        """Every agency that is obliged then owes a report. 201 with the address of the period."""
        require(self.membership, "cycle.open")
        said = self.said(request)
        programme = self.programme(said.pop("programme"))
        return self.opened(open_cycle(programme, said.pop("code"), actor=self.membership, **said))


class OpenAdHoc(Opening):
    """Open a report outside of the cadence."""

    serializer_class = CycleOpenAdHocInput

    @extend_schema(responses={201: CycleDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        """The agencies that are named owe a report. 201 with the address of the period."""
        require(self.membership, "cycle.open")
        said = self.said(request)
        programme = self.programme(said.pop("programme"))
        require(self.membership, "cycle.open", programme)
        chosen = self._chosen(programme, said.pop("agencies"))
        return self.opened(open_ad_hoc(programme, agencies=chosen, actor=self.membership, **said))

    def _chosen(self, programme: Programme, keys: Sequence[str]) -> list[Agency]:
        """The agencies that are named, of those that the page offers."""
        offered = {one.key: one for one in choosable(programme)}
        findings = [
            error(
                "agency_unknown",
                _("“%(key)s” is no agency that a report can be asked of.") % {"key": key},
                Place(path=f"agencies/{number}"),
                key,
            )
            for number, key in enumerate(keys)
            if key not in offered
        ]
        if findings:
            raise Refused(str(findings[0].text), findings, code="opening")
        return [offered[key] for key in dict.fromkeys(keys)]


class CompileCycle(Act):
    """Compile the report of a period."""

    @extend_schema(responses={201: CompilationDetail})
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """Freeze what counts now and the figures made of it. 201 with the address of the compilation."""
        cycle = led_cycle(self, programme, code)
        require(self.membership, "report.compile", cycle)
        self.said(request)
        made = compile_cycle(cycle, actor=self.membership)
        url = reverse("api:compilation_detail", args=[made.pk], request=request)
        data = CompilationDetail(compiled(self, made.pk, Attribution.then())).data
        return Response(data, status=201, headers={"Location": url})


class Compliance(Portal):
    """The figures of a period as they stand now."""

    parameters = ("on",)

    @extend_schema(parameters=[ON], responses=ComplianceData)
    def get(self, request: Request, programme: str, code: str) -> Response:
        """The figures that page, PDF and XLSX print; with `on` under the agencies of that day."""
        cycle = led_cycle(self, programme, code)
        figures = attributed(live(cycle, clock.now()), cycle, attribution_of(request))
        return Response(ComplianceData(figures).data)
