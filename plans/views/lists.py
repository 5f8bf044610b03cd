"""The list of plans, and the same as a sheet."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can, require
from core.downloads import download
from plans.content.search import matches_in
from plans.context import programmes_of
from plans.exports import plan_list_workbook
from plans.filters import PlanFilter
from plans.models import Plan
from plans.review.workflow import LOOK

PAGE_SIZE = 50


def _found(request: ActingRequest) -> PlanFilter:
    plans = Plan.objects.visible_to(request.membership).for_pages().in_order()
    return PlanFilter(request.GET, queryset=plans, request=request)


@acting_required
def plan_list(request: ActingRequest) -> HttpResponse:
    """Plans that the reader may see, in Vietnamese order of their agencies."""
    found = _found(request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    matches = matches_in(page.object_list, request.GET.get("q", ""))
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "rows": [(plan, LOOK[plan.state], matches.get(plan.pk, [])) for plan in page.object_list],
        "count": ngettext("%(n)d plan", "%(n)d plans", total) % {"n": total},
        "may_create": bool(can(request.membership, "plan.create")),
        "may_remind": _may_remind(request),
        "filtered": bool(
            urlencode({key: value for key, value in request.GET.items() if value and key != "page"})
        ),
    }
    return render(request, "plans/list.html", context)


def _may_remind(request: ActingRequest) -> bool:
    """Whether the reader may remind anybody of a plan: in a programme led, in which others plan."""
    led = (one for one in programmes_of(request) if one.lead_id in request.membership.agency_ids)
    return bool(can(request.membership, "report.remind")) and any(one.planning_classes for one in led)


@acting_required
def plan_list_export(request: ActingRequest) -> HttpResponse:
    """Every plan that the filters leave, as XLSX."""
    require(request.membership, "plan.export")
    body = plan_list_workbook(_found(request).qs)
    return download(body, "ke-hoach.xlsx")
