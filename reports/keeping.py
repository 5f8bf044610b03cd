"""What of reports can be in somebody's hands: filings that are drafted, or submitted and not accepted yet."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.people.keeping import Keeper
from core.findings import Text
from reports.models import Filing, FilingState

OPEN_STATES = (FilingState.DRAFT, FilingState.SUBMITTED)


def _open() -> QuerySet[Filing]:
    found = Filing.objects.filter(state__in=OPEN_STATES)
    return found.select_related("report__agency", "report__cycle__programme").order_by("pk")


def _title(filing: Filing) -> Text:
    said = {"title": filing.report.cycle.title, "agency": filing.report.agency.short_name}
    return _("Report %(title)s, %(agency)s") % said


def _url(filing: Filing) -> str:
    report = filing.report
    return reverse("report_detail", args=[report.cycle.programme.code, report.cycle.code, report.agency.key])


OPEN_FILINGS = Keeper(
    key="filing",
    label=gettext_lazy("Open reports"),
    model=Filing,
    open=_open,
    agency="report__agency",
    agency_of=lambda filing: filing.report.agency,
    title=_title,
    word=lambda filing: filing.get_state_display(),
    url=_url,
)
