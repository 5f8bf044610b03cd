"""The list of agencies as of a day, as rows or as a tree, and both as a workbook."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.exports import agency_list_workbook, agency_tree_workbook
from agencies.filters import AgencyFilter
from agencies.lineage import Lineage
from agencies.models import Agency
from agencies.permissions import can
from agencies.tree import parents_on, tree_on
from core.downloads import download

PAGE_SIZE = 50


@acting_required
def agency_list(request: ActingRequest) -> HttpResponse:
    """Agencies that exist on a day: rows in the order of the printed lists, or a tree by class and parent."""
    found = AgencyFilter(request.GET, queryset=Agency.objects.in_order())
    lineage = Lineage.load()
    tree = found.shows_tree
    context: dict[str, Any] = {
        "filter": found,
        "exports": [(_("As XLSX"), reverse("agency_list_export"))],
        "day": found.day,
        "tabs": _tabs(request, tree=tree),
        "may_manage": bool(can(request.membership, "agency.manage")),
    }
    context |= _tree(found, lineage) if tree else _rows(found, lineage, request.GET.get("page"))
    return render(request, "agencies/agency_tree.html" if tree else "agencies/agency_list.html", context)


def _rows(found: AgencyFilter, lineage: Lineage[int], number: str | None) -> dict[str, Any]:
    page = Paginator(found.qs, PAGE_SIZE).get_page(number)
    total = page.paginator.count
    parents = parents_on(page.object_list, lineage, found.day)
    return {
        "page": page,
        "rows": [(agency, parents.get(agency.pk)) for agency in page.object_list],
        "count": ngettext("%(n)d agency", "%(n)d agencies", total) % {"n": total},
    }


def _tree(found: AgencyFilter, lineage: Lineage[int]) -> dict[str, Any]:
    """The tree; with a filter only what it leaves, unfolded, and what that stands under."""
    kept = set(found.qs.values_list("pk", flat=True)) if found.narrows else None
    branches = tree_on(found.day, lineage, kept)
    total = sum(branch.count for branch in branches)
    count = ngettext("%(n)d agency", "%(n)d agencies", total) % {"n": total}
    return {"branches": branches, "count": count, "unfolded": kept is not None, "kept": kept}


def _tabs(request: ActingRequest, *, tree: bool) -> list[dict[str, Any]]:
    """List and tree keep each other's filters."""
    as_list, as_tree = request.GET.copy(), request.GET.copy()
    for query in (as_list, as_tree):
        query.pop("view", None)
        query.pop("page", None)
    as_tree["view"] = "tree"
    url = reverse("agency_list")
    return [
        {"url": f"{url}?{as_list.urlencode()}" if as_list else url, "label": _("List"), "current": not tree},
        {"url": f"{url}?{as_tree.urlencode()}", "label": _("Tree"), "current": tree},
    ]


@acting_required
def agency_list_export(request: ActingRequest) -> HttpResponse:
    """Every agency that the filters leave, as XLSX: rows, or the tree where the page shows it."""
    found = AgencyFilter(request.GET, queryset=Agency.objects.in_order())
    lineage = Lineage.load()
    if found.shows_tree:
        kept = set(found.qs.values_list("pk", flat=True)) if found.narrows else None
        body = agency_tree_workbook(tree_on(found.day, lineage, kept), found.day)
    else:
        agencies = list(found.qs)
        body = agency_list_workbook(agencies, parents_on(agencies, lineage, found.day), found.day)
    return download(body, "co-quan.xlsx")
