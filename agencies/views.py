"""The work list, the agencies, and the choice for whom one acts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies import panels
from agencies import worklist as gathered
from agencies.acting import ActingRequest, acting_required, choose
from agencies.exports import agency_list_workbook
from agencies.filters import AgencyFilter
from agencies.models import Agency
from core import clock
from core.spreadsheets import CONTENT_TYPE

PAGE_SIZE = 50


@acting_required
def worklist(request: ActingRequest) -> HttpResponse:
    """Việc cần làm: what waits for me, the nearest deadline first; what waits for others behind it."""
    items = gathered.items_for(request)
    context = {
        "mine": [item for item in items if item.mine],
        "waiting": [item for item in items if not item.mine],
        "today": clock.today(),
    }
    return render(request, "agencies/worklist.html", context)


@require_POST
@acting_required
def act_as(request: ActingRequest) -> HttpResponse:
    """Choose another of one's memberships; the work list of that agency follows."""
    wanted = request.POST.get("membership", "")
    chosen = next((one for one in request.memberships if str(one.pk) == wanted), None)
    if chosen is None:
        return render(request, "404.html", status=404)
    choose(request, chosen)
    return redirect("worklist")


@acting_required
def agency_list(request: ActingRequest) -> HttpResponse:
    """Agencies that exist on a day, in the order of the printed lists and of the Vietnamese alphabet."""
    found = AgencyFilter(request.GET, queryset=Agency.objects.select_related("parent").in_order())
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "filter": found,
        "exports": [(_("As XLSX"), reverse("agency_list_export"))],
        "page": page,
        "count": ngettext("%(n)d agency", "%(n)d agencies", total) % {"n": total},
        "day": found.day,
    }
    return render(request, "agencies/agency_list.html", context)


@acting_required
def agency_list_export(request: ActingRequest) -> HttpResponse:
    """Every agency that the filters leave, as XLSX."""
    found = AgencyFilter(request.GET, queryset=Agency.objects.select_related("parent").in_order())
    headers = {"Content-Disposition": 'attachment; filename="co-quan.xlsx"'}
    return HttpResponse(agency_list_workbook(found.qs, found.day), content_type=CONTENT_TYPE, headers=headers)


@acting_required
def agency_detail(request: ActingRequest, key: str) -> HttpResponse:
    """One agency: names, period, origin and successors, units, lists that name it, plans."""
    agency = get_object_or_404(Agency.objects.select_related("parent"), key=key)
    context: dict[str, Any] = {
        "agency": agency,
        "today": clock.today(),
        "crumbs": [(_("Agencies"), reverse("agency_list"))],
        "units": agency.units.in_order(),
        "predecessions": agency.predecessions.select_related("predecessor").order_by("on", "id"),
        "successions": agency.successions.select_related("successor").order_by("-principal", "id"),
        "group_memberships": agency.group_memberships.select_related("group").order_by(
            "group__valid_on", "group__name", "id"
        ),
        "panels": panels.of(agency, request.membership),
    }
    return render(request, "agencies/agency_detail.html", context)
