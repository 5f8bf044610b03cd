"""Filings: the numbers of a report, begin one, read it whole, write its rows, see what is wrong with it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.permissions import require
from agencies.workflow import lock
from core.api.etags import etag_of, extended, require_match, tagged
from core.api.problems import FindingData, finding_data
from core.api.schema import describes
from core.findings import Place
from reports.api.base import Act, OfFiling, OfReport, as_seen, filing_etag
from reports.api.inputs import CHANGES, FilingChange
from reports.api.rows import (
    FilingDetail,
    FilingTextsData,
    IndicatorResultData,
    ProjectResultData,
    TaskResultData,
)
from reports.api.shapes import FilingRow
from reports.api.writing import Sent, sent_row, sent_rows
from reports.filing.actions import begin_filing
from reports.filing.checks import check_filing
from reports.filing.content import read_filing
from reports.filing.writing import write_rows
from reports.models import Filing, FilingState

ROWS: dict[str, Any] = {
    "text": FilingTextsData,
    "tasks": TaskResultData,
    "projects": ProjectResultData,
    "indicators": IndicatorResultData,
}
"""How a row of each section is read."""

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy("The ETag that was read; without it each row is judged by its own version."),
)


class FilingViewSet(Act, OfReport, PortalViewSet):
    """The filings of an obligation: a return opens the next number."""

    queryset = Filing.objects.none()
    serializers = {"list": FilingRow, "create": FilingRow}

    def get_queryset(self) -> Any:
        return self.find_report().filings.visible_to(self.membership).order_by("number")

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        return as_seen(rows, self.membership)

    @extend_schema(request=None, responses={200: FilingRow, 201: FilingRow})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Begin the report: 201 with the address of the draft, 200 with what is open or counts already."""
        require(self.membership, "filing.edit", self.report)
        self.said(request)
        known = self.report.filings.exclude(state=FilingState.RETURNED).exists()
        filing = begin_filing(self.report, actor=self.membership)
        url = reverse("api:filing_detail", kwargs={**kwargs, "number": filing.number}, request=request)
        return Response(
            FilingRow(*as_seen([filing], self.membership)).data,
            status=200 if known else 201,
            headers={"Location": url},
        )


class Writing(OfFiling):
    """Base of what writes rows: a finding leads back to the value that was sent."""

    sent = Sent()

    def pointer_of(self, place: Place) -> str:
        return self.sent.pointers.get(place.path, "")

    def write(self) -> None:
        write_rows(self.filing, self.sent.rows, actor=self.membership, versions=self.sent.versions)


class FilingView(Writing):
    """One filing with everything that it says."""

    @extend_schema(responses=FilingDetail)
    @describes(tagged=True)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Each row with its version. A draft is its agency's own affair."""
        return self.answer_filing(self.read)

    @extend_schema(request=FilingChange, responses=FilingDetail, parameters=[IF_MATCH])
    @describes(tagged=True)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Write rows, all of them or none; each names the version that was read.

        409 names the rows that somebody else saved since, 422 every value that cannot be taken. With
        `If-Match` it is refused (412) when anything of the filing has changed.
        """
        require(self.membership, "filing.edit", self.filing)
        change = FilingChange(data=request.data)
        change.is_valid(raise_exception=True)
        self.sent = sent_rows(change.validated_data)
        with transaction.atomic():
            if "If-Match" in request.headers:
                lock(self.filing)
                require_match(request, filing_etag(self.filing))
            self.write()
        del self.filing
        return self.answer_filing(self.filing)


class RowView(Writing):
    """One row of a filing; its section is said by the address."""

    section = ""
    key = ""  # what the address calls that which names the row

    @property
    def name(self) -> str:
        return f"{self.section}/{self.kwargs[self.key]}" if self.key else self.section

    @describes(tagged=True)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The row with what is asked and what is said; 404 for a line that the report does not ask for."""
        return self._answer(self.read)

    @describes(if_match=True, tagged=True)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Write what is named, the rest stays; 422 leads to every value that cannot be taken."""
        require(self.membership, "filing.edit", self.filing)
        with transaction.atomic():
            row = lock(self.filing)
            row.report = self.filing.report
            line = self._line(row)
            require_match(request, self._etag(line))
            change = CHANGES[self.section](data=request.data)
            change.is_valid(raise_exception=True)
            self.sent = sent_row(self.name, change.validated_data, line.row_version)
            self.write()
        del self.filing
        return self._answer(self.filing)

    def _line(self, filing: Filing) -> Any:
        """The row of the filing, which for the texts is the filing itself."""
        if self.section == "text":
            return filing
        lines = getattr(read_filing(filing, {self.section}), self.section)
        found = next((line for line in lines if line.name == self.name), None)
        if found is None:
            raise Http404
        return found

    def _etag(self, line: Any) -> str:
        return etag_of("filing row", self.kwargs["number"], self.name, line.row_version)

    def _answer(self, filing: Filing) -> Response:
        line = self._line(filing)
        data = ROWS[self.section](line).data
        return tagged(self.request, data, extended(self._etag(line), data))


def _of(section: str) -> Any:
    """The shapes of the rows of one section, for the schema."""
    shape = ROWS[section]
    return extend_schema_view(
        get=extend_schema(responses=shape), patch=extend_schema(request=CHANGES[section], responses=shape)
    )


@_of("text")
class TextsView(RowView):
    """The texts of a filing."""

    section = "text"


@_of("tasks")
class TaskView(RowView):
    """What a filing says of one task."""

    section, key = "tasks", "task"


@_of("projects")
class ProjectView(RowView):
    """What a filing says of one project and its money."""

    section, key = "projects", "project"


@_of("indicators")
class IndicatorView(RowView):
    """What a filing says of one indicator."""

    section, key = "indicators", "indicator"


class FilingCheck(OfFiling):
    """What is wrong or doubtful in a filing."""

    @extend_schema(responses=inline_serializer("FilingFindings", {"findings": FindingData(many=True)}))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All findings at once, errors first: these bar that the report is handed over or submitted."""
        return Response({"findings": [finding_data(one) for one in check_filing(self.filing)]})
