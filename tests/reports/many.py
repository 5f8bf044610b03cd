"""Reports of all agencies of a period, submitted at one stroke: for acts on many at once."""

from collections.abc import Sequence
from datetime import datetime

from agencies.models import Membership
from core.clock import HANOI
from reports.models import Cycle, Filing, FilingState, Report

SUBMITTED_AT = datetime(2008, 7, 10, 9, tzinfo=HANOI)


def submitted(cycle: Cycle, by: Membership, agencies: Sequence[str] = ()) -> list[Filing]:
    """A submitted filing for each agency of the period (or those named), all made by one person."""
    reports = Report.objects.filter(cycle=cycle)
    if agencies:
        reports = reports.filter(agency__key__in=agencies)
    made = Filing.objects.bulk_create(
        Filing(
            report=one,
            state=FilingState.SUBMITTED,
            nothing_to_report=True,
            created_at=SUBMITTED_AT,
            submitted_at=SUBMITTED_AT,
            submitted_by=by.user,
            sha256="0" * 64,
        )
        for one in reports.order_by("id")
    )
    makers = Filing.drafted_by.through
    makers.objects.bulk_create(makers(filing_id=one.pk, user_id=by.user_id) for one in made)
    reports.update(first_submitted_at=SUBMITTED_AT)
    return made


def keys_of(cycle: Cycle) -> list[str]:
    """The keys of all agencies of the period."""
    return list(cycle.reports.order_by("agency__key").values_list("agency__key", flat=True))
