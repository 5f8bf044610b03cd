"""What is missing in reporting, for administrators; how periods hang on programmes and regimes."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Count, Exists, Max, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.administration import Missing, Subject
from agencies.models import Membership
from agencies.permissions import can
from core import clock
from core.notation import format_date
from plans.models import Programme, ReportingRegime
from plans.programmes.panels import ProgrammePanel
from plans.programmes.uses import RegimeUse, Use
from reports.cycles.listing import cycle_rows, cycles_for
from reports.cycles.proposals import waiting_to_open, with_unopened
from reports.models import Cycle, IssuedFile

SHOWN = 12

CYCLES = Subject(
    55,
    gettext_lazy("Reporting periods"),
    gettext_lazy("Opening, deadlines, who owes a report, and what was opened by mistake."),
    "kept_cycle_list",
    "cycle.manage",
    count=lambda membership: Cycle.objects.count(),
)


def missing_of_cycles(membership: Membership) -> Iterator[Missing]:
    """Regular periods that should be open by today and are not, and open ones that name no regime."""
    if not can(membership, "cycle.open"):
        return
    led = Programme.objects.filter(lead__in=membership.agency_ids)
    for programme, periods in with_unopened(led):
        if found := waiting_to_open(periods, clock.today()):
            text = _("%(title)s of %(programme)s ended on %(day)s and is not open.") % {
                "title": found.title,
                "programme": programme.short_name,
                "day": format_date(found.last),
            }
            url = f"{reverse('cycle_open')}?programme={programme.code}&period={found.code}"
            yield Missing(text, url, _("Open the period"))
    issued = IssuedFile.objects.filter(compilation__cycle=OuterRef("pk"))
    without = Cycle.objects.filter(programme__in=led, ad_hoc=False, regime__isnull=True).exclude(
        Exists(issued)
    )
    for cycle in without.select_related("programme"):
        text = _("%(title)s of %(programme)s rests on no reporting regime.")
        said = {"title": cycle.title, "programme": cycle.programme.short_name}
        yield Missing(
            text % said, reverse("programme_detail", args=[cycle.programme.code]), _("Look at the regimes")
        )


# --- What programmes and regimes are told of periods


def uses_of_programme(programme: Programme) -> Iterable[Use]:
    issued = IssuedFile.objects.filter(compilation__cycle=OuterRef("pk"))
    cycles = list(
        Cycle.objects.filter(programme=programme).annotate(done=Exists(issued)).values_list("done", flat=True)
    )
    text = ngettext("%(n)d reporting period", "%(n)d reporting periods", len(cycles)) % {"n": len(cycles)}
    yield Use("cycles", len(cycles), sum(not done for done in cycles), text)


def uses_of_regimes(regimes: Collection[ReportingRegime]) -> dict[int, RegimeUse]:
    found = (
        Cycle.objects.filter(regime__in=[one.pk for one in regimes])
        .order_by()
        .values_list("regime")
        .annotate(Count("pk"), Max("window_to"))
    )
    return {pk: RegimeUse(count, last) for pk, count, last in found}


def cycles_panel(programme: Programme, membership: Membership) -> ProgrammePanel:
    """The programme's periods, the newest first."""
    cycles = list(cycles_for(membership).filter(programme=programme)[:SHOWN])
    url = f"{reverse('cycle_open')}?programme={programme.code}"
    return ProgrammePanel(
        _("Reporting periods"),
        "reports/kept/_of_programme.html",
        {"rows": cycle_rows(cycles, membership)},
        url=url,
        label=_("Open a period"),
    )
