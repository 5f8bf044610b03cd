"""Planned money by agency: as it was then, or as of a day."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.lineage import Attribution
from core import clock
from core.downloads import download
from plans.models import Plan, PlanKind, Programme, with_document
from reports.agency_money_sheet import agency_money_workbook
from reports.figures.agency_money import ProgrammeAgencies, agency_money
from reports.views.attribution import AttributionForm


@acting_required
def programme_money(request: ActingRequest, programme: str) -> HttpResponse:
    """One row an agency; the totals are those of the plans, whichever way the agencies are shown."""
    form = AttributionForm(request.GET or None)
    found = money_by_agency(programme, form.attribution())
    query = request.GET.urlencode()
    export = reverse("programme_money_export", args=[programme])
    context = {
        "found": found,
        "form": form,
        "crumbs": [(_("Plans"), reverse("plan_list"))],
        "current_programme": found.programme,
        "exports": [(_("As XLSX"), f"{export}?{query}" if query else export)],
        "illustrative": found.illustrative,
    }
    return render(request, "reports/programme_money.html", context)


@acting_required
def programme_money_export(request: ActingRequest, programme: str) -> HttpResponse:
    found = money_by_agency(programme, AttributionForm(request.GET or None).attribution())
    name = f"kinh-phi-theo-co-quan-{found.programme.code}.xlsx"
    return download(agency_money_workbook(found), name)


def money_by_agency(code: str, attribution: Attribution) -> ProgrammeAgencies:
    """Over the plans of the programme that are in force on the business day."""
    programme = get_object_or_404(Programme, code=code)
    plans = Plan.objects.in_force(clock.today()).filter(programme=programme)
    plans = with_document(plans.exclude(kind=PlanKind.DIRECTIVE).select_related("agency", "programme"))
    return agency_money(programme, attribution, plans.order_by("kind", "agency__sort_key", "id"))
