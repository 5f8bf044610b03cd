"""What an agency's page shows of its reports."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from agencies.panels import AgencyPanel
from core import clock
from reports.cycles.timeliness import LOOK, timeliness_of, words
from reports.models import Report

SHOWN = 12


def reports_of(agency: Agency, membership: Membership) -> AgencyPanel | None:
    """The agency's last reports, as far as the reader may see them."""
    reports = (
        Report.objects.visible_to(membership)
        .filter(agency=agency)
        .select_related("cycle__programme", "agency")
        .order_by("-cycle__window_to", "-cycle_id")[:SHOWN]
    )
    rows = []
    for report in reports:
        judged = timeliness_of(report, clock.now())
        rows.append((report, *LOOK[judged.standing], words(judged)))
    if not rows:
        return None
    return AgencyPanel(_("Reports"), "reports/_agency_reports.html", {"rows": rows})
