"""Files as the pages give them: a plan, and the figures of a period before they are compiled."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from agencies.api.base import Portal
from agencies.permissions import require
from core.api.files import FileAnswer
from plans.api.plan import PlanEndpoint
from plans.parts import registry
from reports.api.compilations import ON, attribution_of
from reports.drafts import draft_bytes
from reports.exports import CONTENT_TYPES, export_plan_bytes
from reports.issued import MEDIA_TYPES
from reports.models import Cycle, IssuedFile
from reports.views.access import led_cycle


class PlanFile(FileAnswer, PlanEndpoint):
    """One version of a plan as a file."""

    def made(self, form: str) -> HttpResponse:
        require(self.membership, "plan.export", self.plan)
        return self.file(*export_plan_bytes(self.plan, registry.read_content(self.plan), form))


class ComplianceFile(FileAnswer, Portal):
    """The figures of a period as they stand now, as a file."""

    parameters = ("on",)

    def made(self, cycle: Cycle, form: IssuedFile.Format) -> HttpResponse:
        require(self.membership, "report.export", cycle)
        body = draft_bytes(cycle, attribution_of(self.request), form)
        return self.file(body, MEDIA_TYPES[form], f"bao-cao-{cycle.code}.{form}")


def plan_file(form: str) -> Any:
    """The endpoint of one of the forms of a plan."""
    kind = CONTENT_TYPES[form]
    described = {(200, kind): OpenApiTypes.OBJECT} if form == "json" else FileAnswer.described(kind)

    class View(PlanFile):
        """One version of a plan as a file."""

        @extend_schema(operation_id=f"plans_export_{form}", responses=described)
        def get(self, request: Request, code: str, version: int) -> HttpResponse:
            """The version as it stands: a document in the official layout, a workbook, or its JSON."""
            return self.made(form)

    return View.as_view()


def compliance_file(form: IssuedFile.Format) -> Any:
    """The endpoint of one of the forms of a period's figures."""
    described = FileAnswer.described(MEDIA_TYPES[form])

    class View(ComplianceFile):
        """The figures of a period as they stand now, as a file."""

        @extend_schema(operation_id=f"cycles_compliance_{form}", parameters=[ON], responses=described)
        def get(self, request: Request, programme: str, code: str) -> HttpResponse:
            """The draft of the report, before it is compiled; with `on` under the agencies of that day."""
            return self.made(led_cycle(self, programme, code), form)

    return View.as_view()
