"""Reports that were returned and not submitted again: it is the agency's turn, without a deadline."""

from collections.abc import Sequence

from reports.models import Filing, FilingState, Report


def returned_filings(reports: Sequence[Report]) -> dict[int, Filing]:
    """By id of the report the filing that was returned, where nothing was submitted since; one query."""
    filings = (
        Filing.objects.filter(report__in=[one.pk for one in reports])
        .exclude(state=FilingState.DRAFT)
        .only("report_id", "number", "state", "returned_at", "return_reason")
        .order_by("number")
    )
    newest = {one.report_id: one for one in filings}
    return {report: one for report, one in newest.items() if one.state == FilingState.RETURNED}
