"""The catalogue of indicators."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can, require
from core.downloads import download
from indicators.catalogue import entries, stated_baselines, targets_of
from indicators.exports import catalogue_workbook
from indicators.filters import IndicatorFilter
from indicators.models import Indicator
from indicators.rules import rules
from plans.models import with_document

PAGE_SIZE = 50


@acting_required
def indicator_list(request: ActingRequest) -> HttpResponse:
    """All indicators in the order of the documents."""
    found = IndicatorFilter(request.GET, queryset=Indicator.objects.all())
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "entries": entries(page.object_list),
        "count": ngettext("%(n)d indicator", "%(n)d indicators", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("indicator_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "may_keep": bool(can(request.membership, "reference.manage")),
    }
    return render(request, "indicators/list.html", context)


@acting_required
def indicator_list_export(request: ActingRequest) -> HttpResponse:
    """Every indicator that the filters leave, with all its targets, as XLSX."""
    require(request.membership, "plan.export")
    found = IndicatorFilter(request.GET, queryset=Indicator.objects.all())
    return download(catalogue_workbook(found.qs), "chi-tieu.xlsx")


@acting_required
def indicator_detail(request: ActingRequest, code: str) -> HttpResponse:
    """What is measured, for whom, what is to be reached by which document, and how it is judged."""
    indicator = get_object_or_404(Indicator, code=code)
    found = targets_of(indicator)
    context = {
        "indicator": indicator,
        "asked": with_document(indicator.asked_by.all(), "programme__document"),
        "table": found.table,
        "conflicts": found.conflicts,
        "baselines": stated_baselines(indicator, request.membership),
        "rules": rules(),
        "crumbs": [(_("Indicators"), reverse("indicator_list"))],
        "may_keep": bool(can(request.membership, "reference.manage")),
    }
    return render(request, "indicators/detail.html", context)
