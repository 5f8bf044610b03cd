"""Compilations with their frozen figures, issuing them, the issued files, and copies held against these."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal, PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.lineage import Attribution
from agencies.permissions import require
from core import clock
from core.api.etags import etag_of, tagged
from core.api.lists import day_parameter, refused_parameter
from core.api.problems import at_fields
from core.api.schema import describes
from reports.api.base import Act
from reports.api.inputs import CompilationIssueInput
from reports.api.shapes import CompilationDetail, CompilationRow, CopyData, IssuedFileRow
from reports.compiling import differences, issue_report
from reports.figures.attributed import attributed
from reports.figures.compliance import frozen
from reports.filters import CompilationFilter, IssuedFileFilter
from reports.forms import FIELDS
from reports.issued import MEDIA_TYPES, file_name, issued_as, stored_bytes
from reports.models import Compilation, IssuedFile
from reports.views.access import Reader, compilation_of, issued_file_of, leads

ON = OpenApiParameter(
    "on",
    {"type": "string", "format": "date"},
    description=gettext_lazy("Under the agencies of this day; without it as it was then."),
)
SHA256 = OpenApiParameter("sha256", {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"}, OpenApiParameter.PATH)
_SHA256 = re.compile("[0-9a-f]{64}")


def attribution_of(request: Request) -> Attribution:
    """Under which agencies figures are asked for."""
    day = day_parameter(request)
    return Attribution.then() if day is None else Attribution.as_of(day)


class CompilationViewSet(PortalViewSet):
    """Compiled reports: the lead's own, and everything that was issued."""

    filterset_class = CompilationFilter
    serializers = {"list": CompilationRow, "retrieve": CompilationDetail}
    parameters = ("on",)

    def get_queryset(self) -> Any:
        found = Compilation.objects.visible_to(self.membership)
        found = found.select_related("cycle__programme", "by").prefetch_related("issued_files")
        return found.defer("figures").order_by("-as_of", "-id")

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        for row in rows:
            of_row(row)
        return rows

    @extend_schema(parameters=[ON])
    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One compilation with its frozen figures; the lead is told what arrived since."""
        return self.answer(compiled(self, kwargs["compilation"], attribution_of(request)))


def of_row(found: Any) -> None:
    """Its files in the order of the page; they know of which period they are."""
    found.files = sorted(found.issued_files.all(), key=lambda one: one.format)
    for file in found.files:
        file.compilation = found


def compiled(reader: Reader, pk: int, attribution: Attribution) -> Any:
    """A compilation as `CompilationDetail` says it."""
    found: Any = compilation_of(reader, pk)
    of_row(found)
    found.shown_figures = attributed(frozen(found), found.cycle, attribution)
    found.intact = hashlib.sha256(found.figures.encode()).hexdigest() == found.sha256
    led = leads(reader.membership, found.cycle)
    found.differences = differences(found, clock.now()) if led else None
    return found


class IssueCompilation(Act):
    """Issue a compilation."""

    serializer_class = CompilationIssueInput

    @extend_schema(responses=CompilationDetail)
    @idempotent
    def post(self, request: Request, compilation: int) -> Response:
        """PDF and XLSX are made and stored for good; everybody may read them from then on."""
        found = compilation_of(self, compilation)
        require(self.membership, "report.issue", found)
        said = self.said(request)
        with at_fields(FIELDS):
            issue_report(found, actor=self.membership, **said)
        return Response(CompilationDetail(compiled(self, compilation, Attribution.then())).data)


class IssuedFileViewSet(PortalViewSet):
    """Issued files, the newest first: readable by everyone who may call."""

    filterset_class = IssuedFileFilter
    serializers = {"list": IssuedFileRow, "retrieve": IssuedFileRow}

    def get_queryset(self) -> Any:
        return IssuedFile.objects.select_related("compilation__cycle__programme").order_by("-id")

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One issued file."""
        return self.answer(issued_file_of(kwargs["file"]))


class AsStored(BaseRenderer):
    """Bytes go out as they are."""

    media_type = "application/octet-stream"
    format = "file"
    charset = None
    render_style = "binary"

    def render(self, data: Any, media_type: str | None = None, context: Any = None) -> bytes:
        body: bytes = data or b""
        return body


class Whatever(BaseContentNegotiation):
    """There is one representation, whatever is accepted."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class IssuedFileContent(Portal):
    """The bytes of an issued file."""

    renderer_classes = [AsStored]
    content_negotiation_class = Whatever

    @extend_schema(responses={(200, kind): OpenApiTypes.BINARY for kind in MEDIA_TYPES.values()})
    @describes(tagged=True)
    def get(self, request: Request, file: int) -> Response:
        """The file as it was stored; one that no longer has its SHA-256 is refused (409)."""
        found = issued_file_of(file)
        answer = tagged(request, stored_bytes(found), etag_of(found.sha256))
        if answer.status_code == 200:
            answer.content_type = MEDIA_TYPES[IssuedFile.Format(found.format)]
            disposition = content_disposition_header(True, file_name(found))
            answer.headers["Content-Disposition"] = disposition or "attachment"
        return answer


class VerifyCopy(Portal):
    """Whether a copy is a true one."""

    @extend_schema(parameters=[SHA256], responses=CopyData)
    def get(self, request: Request, sha256: str) -> Response:
        """By the SHA-256 of the copy: of which issued file it is one, or null."""
        digest = sha256.lower()
        if not _SHA256.fullmatch(digest):
            text = _("“%(value)s” is no SHA-256: send its 64 hexadecimal digits.") % {"value": sha256[:80]}
            raise refused_parameter("sha256", "sha256", text)
        return Response(CopyData({"sha256": digest, "issued": issued_as(digest)}).data)
