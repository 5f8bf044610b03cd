"""The compliance figures of a period as they stand now: page, PDF, XLSX, all from one set of figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can, require
from core import clock
from core.downloads import download
from reports.drafts import draft_bytes
from reports.figures import compliance as figures_of
from reports.figures.attributed import attributed
from reports.figures.presenting import presented
from reports.issued import MEDIA_TYPES
from reports.models import IssuedFile
from reports.views.access import cycle_url, led_cycle
from reports.views.attribution import AttributionForm
from reports.views.cycles import frame
from reports.views.offers import cycle_offers


@acting_required
def compliance(request: ActingRequest, programme: str, cycle: str) -> HttpResponse:
    """Who reported, tasks, money, targets, who fell short: of what counts now."""
    found = led_cycle(request, programme, cycle)
    form = AttributionForm(request.GET or None)
    figures = attributed(figures_of.live(found, clock.now()), found, form.attribution())
    crumbs = frame(found)["crumbs"]
    context = frame(found) | {
        "crumbs": [*crumbs, (found.title, cycle_url("cycle_detail", found))],
        "figures": figures,
        "shown": presented(figures),
        "illustrative": figures.illustrative,
        "may_export": can(request.membership, "report.export", found),
        "offers": cycle_offers(found, request.membership),
        "live": True,
        "form": form,
        "as_agencies": form.attribution().words,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/compliance.html", context)


@acting_required
def compliance_file(request: ActingRequest, programme: str, cycle: str, extension: str) -> HttpResponse:
    """The same figures as a draft PDF or as XLSX."""
    found = led_cycle(request, programme, cycle)
    require(request.membership, "report.export", found)
    if extension not in IssuedFile.Format.values:
        raise Http404
    kind = IssuedFile.Format(extension)
    body = draft_bytes(found, AttributionForm(request.GET or None).attribution(), kind)
    return download(body, f"bao-cao-{found.code}.{extension}", MEDIA_TYPES[kind])
