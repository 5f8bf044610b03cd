"""The compliance figures of a period as they stand now: page, PDF, XLSX, all from one set of figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can, require
from core import clock
from reports.compiling import RENDERERS
from reports.figures import compliance as figures_of
from reports.figures.attributed import attributed
from reports.figures.presenting import presented
from reports.models import IssuedFile
from reports.views.access import cycle_url, led_cycle
from reports.views.attribution import AttributionForm
from reports.views.cycles import frame

MEDIA_TYPES = {
    IssuedFile.Format.PDF: "application/pdf",
    IssuedFile.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
        "may_compile": can(request.membership, "report.compile", found),
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
    with override("vi"):  # files are Vietnamese in either language of the pages
        figures = attributed(
            figures_of.live(found, clock.now()), found, AttributionForm(request.GET or None).attribution()
        )
        body = RENDERERS[kind](figures)
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{found.code}.{extension}"'}
    return HttpResponse(body, content_type=MEDIA_TYPES[kind], headers=headers)
