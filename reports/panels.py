"""What an agency's page shows of its reports, and what hangs on agencies that end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.answering import taken_over_from
from agencies.changes.consequences import Fact
from agencies.models import Agency, Membership
from agencies.panels import AgencyPanel
from core import clock
from core.findings import Text
from reports.cycles.timeliness import LOOK, Standing, Timeliness, timeliness_of, words
from reports.models import FilingState, Report

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How an agency's reports stood against their deadlines, over all periods that the reader may see."""

    agency: Agency
    taken_over: Text  # "" for the agency itself
    obliged: int
    on_time: int
    late: int
    missing: int
    waiting: int
    exempt: int


def reports_of(agency: Agency, membership: Membership) -> AgencyPanel | None:
    """The agency's last reports and those that it took over, with the timeliness of each; one query.

    Lateness stays with the agency that was late: what was taken over is counted apart.
    """
    judged = judged_of(agency, membership)
    if not judged:
        return None
    rows = [
        (report, *LOOK[one.standing], words(one), _taken_over(report.agency, agency))
        for report, one in judged[:SHOWN]
    ]
    context = {"rows": rows, "punctuality": punctuality(agency, judged), "more": len(judged) - len(rows)}
    return AgencyPanel(_("Reports"), "reports/_agency_reports.html", context)


def judged_of(agency: Agency, membership: Membership) -> list[tuple[Report, Timeliness]]:
    """All obligations that the agency answers for and the reader may see, the latest first; one query."""
    reports = (
        Report.objects.visible_to(membership)
        .filter(agency__in=agency.answers_for_on(clock.today()))
        .select_related("cycle__programme", "agency")
        .order_by("-cycle__window_to", "-cycle_id", "agency__position", "agency__sort_key", "id")
    )
    return [(report, timeliness_of(report, clock.now())) for report in reports]


def punctuality(agency: Agency, judged: Iterable[tuple[Report, Timeliness]]) -> list[Punctuality]:
    """One row for the agency itself, then one for each whose reports it took over."""
    counts: dict[int, Counter[Standing]] = {}
    agencies: dict[int, Agency] = {}
    for report, one in judged:
        agencies[report.agency_id] = report.agency
        counts.setdefault(report.agency_id, Counter())[one.standing] += 1
    order = sorted(
        agencies.values(), key=lambda one: (one.pk != agency.pk, one.position, one.sort_key, one.pk)
    )
    return [
        Punctuality(
            agency=one,
            taken_over=_taken_over(one, agency),
            obliged=counts[one.pk].total(),
            on_time=counts[one.pk][Standing.ON_TIME],
            late=counts[one.pk][Standing.LATE],
            missing=counts[one.pk][Standing.MISSING],
            waiting=counts[one.pk][Standing.WAITING],
            exempt=counts[one.pk][Standing.EXEMPT],
        )
        for one in order
    ]


def _taken_over(one: Agency, by: Agency) -> Text:
    return "" if one.pk == by.pk else taken_over_from(one)


def open_reports_of(agencies: Sequence[Agency]) -> Iterator[Fact]:
    """For the confirmation of an act on agencies: the obligations that pass on to a successor."""
    accepted = Q(filings__state=FilingState.ACCEPTED)
    found = (
        Report.objects.filter(agency__in=list(agencies), exempt=False)
        .exclude(pk__in=Report.objects.filter(accepted).values("pk"))
        .select_related("cycle__programme", "agency")
        .order_by("cycle__window_to", "cycle_id", "agency__sort_key", "id")
    )
    titles = [
        f"{one.agency.short_name}, {one.cycle.title} ({one.cycle.programme.short_name})" for one in found
    ]
    yield _("Reports that are not accepted yet"), "; ".join(titles) or _("none")
