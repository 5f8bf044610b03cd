"""What the endpoints of reporting rest on: the period, obligation and filing that the caller may see."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.base import Portal
from agencies.models import Membership
from agencies.workflow import lock
from core.api.etags import etag_of, extended, require_match, tagged
from core.findings import Place
from plans.api.inputs import NothingInput
from reports.api.rows import FilingDetail
from reports.filing.content import read_filing
from reports.models import (
    Filing,
    FilingDraftValue,
    IndicatorResult,
    ProjectResult,
    Report,
    TaskResult,
)
from reports.views.access import own_or_led_report, report_of


class Act(Portal):
    """Base of acts: what is sent is read by `serializer_class`, and refusals point into it."""

    serializer_class: Any = NothingInput

    @property
    def request_bodies(self) -> dict[str, Any]:
        """For the schema: what may be sent."""
        told = self.serializer_class
        return {} if told is NothingInput else {"application/json": told}

    def said(self, request: Request) -> dict[str, Any]:
        """What was sent, as the action takes it. Raises 400 with everything that cannot be read."""
        sent = self.serializer_class(data=request.data)
        sent.is_valid(raise_exception=True)
        values: dict[str, Any] = sent.validated_data
        return values

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path and place.part != "filing" else ""


class OfReport(Portal):
    """Base of the endpoints of one obligation, `cycles/<programme>/<code>/reports/<agency>/...`."""

    def find_report(self) -> Report:
        """What the caller may read."""
        return report_of(self, self.kwargs["programme"], self.kwargs["code"], self.kwargs["agency"])

    @cached_property
    def report(self) -> Report:
        """What the caller may work on: the own agency's, or one that it leads."""
        return own_or_led_report(self, self.kwargs["programme"], self.kwargs["code"], self.kwargs["agency"])


class OfFiling(OfReport):
    """Base of the endpoints of one filing, `.../filings/<number>/...`.

    `self.read` is the filing as the caller may read it, `self.filing` the one that it may work on.
    """

    @cached_property
    def read(self) -> Filing:
        return self._of(self.find_report())

    @cached_property
    def filing(self) -> Filing:
        return self._of(self.report)

    def _of(self, report: Report) -> Filing:
        filings = report.filings.visible_to(self.membership).select_related("submitted_by")
        found = get_object_or_404(filings, number=self.kwargs["number"])
        found.report = report
        return found

    @contextmanager
    def matched(self) -> Iterator[Filing]:
        """The filing, locked and still as the caller read it (`If-Match`), until the transaction ends."""
        with audit.recording():
            lock(self.filing)
            require_match(self.request, filing_etag(self.filing))
            yield self.filing

    def answer_filing(self, filing: Filing, status: int = 200) -> Response:
        """All of the filing under its tag, which is read first: what was read is never older."""
        current = filing_etag(filing)
        (seen,) = as_seen([filing], self.membership)
        data = FilingDetail(completed(seen)).data
        return tagged(self.request, data, extended(current, data), status)


def as_seen(filings: Iterable[Filing], membership: Membership) -> list[Filing]:
    """Filings with what only their own agency is told, which nobody else needs to know."""
    found = list(filings)
    for one in found:
        own = one.report.agency_id in membership.agency_ids
        one.shown_note = one.hand_back_note if own and one.is_editable else ""  # type: ignore[attr-defined]
    return found


def completed(filing: Filing) -> Filing:
    """The filing with the lines that it reports on."""
    filing.content = read_filing(filing)  # type: ignore[attr-defined]
    filing.unreadable = list(filing.draft_values.order_by("id"))  # type: ignore[attr-defined]
    return filing


_OWN = tuple(field.attname for field in Filing._meta.concrete_fields)


def _versions(model: Any) -> Subquery:
    """The sum of the versions of a filing's rows: rows are never removed, so it only grows."""
    rows: QuerySet[Any] = model.objects.filter(filing=OuterRef("pk")).order_by().values("filing")
    return Subquery(rows.annotate(said=Sum("row_version")).values("said"), output_field=IntegerField())


def _kept() -> Subquery:
    rows = FilingDraftValue.objects.filter(filing=OuterRef("pk")).order_by().values("filing")
    return Subquery(rows.annotate(said=Count("id")).values("said"), output_field=IntegerField())


def filing_etag(filing: Filing) -> str:
    """The tag of a filing as it stands now: its own fields and the versions of its rows; one query."""
    said = Filing.objects.filter(pk=filing.pk).values_list(
        *_OWN, *map(_versions, (TaskResult, ProjectResult, IndicatorResult)), _kept()
    )
    return etag_of("filing", *said.get())
