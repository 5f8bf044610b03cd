"""The list of programmes, and one of them with everything that hangs on it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from core import clock
from core.downloads import download
from plans.models import Programme, with_document
from plans.programmes import panels
from plans.programmes.acts import offered
from plans.programmes.exports import programmes_workbook
from plans.programmes.filters import ProgrammeFilter, all_programmes, counted
from plans.programmes.history import history_of
from plans.programmes.mappings import sources_for
from plans.programmes.uses import uses_of, uses_of_regimes
from plans.programmes.views.frame import any_programme, crumbs_of

PAGE_SIZE = 50


@acting_required
def programme_list(request: ActingRequest) -> HttpResponse:
    """All programmes; those of other agencies are read, not changed."""
    require(request.membership, "programme.manage")
    found = ProgrammeFilter(request.GET, queryset=counted(all_programmes()))
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total, today = page.paginator.count, clock.today()
    context = {
        "filter": found,
        "page": page,
        "rows": [
            (
                one,
                next((regime for regime in one.regimes.all() if regime.holds_on(today)), None),
                one.lead_id in request.membership.agency_ids,
            )
            for one in page.object_list
        ],
        "count": ngettext("%(n)d programme", "%(n)d programmes", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("programme_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "crumbs": crumbs_of()[:1],
    }
    return render(request, "plans/programmes/list.html", context)


@acting_required
def programme_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, with regimes and outlines, as XLSX."""
    require(request.membership, "programme.manage")
    found = ProgrammeFilter(request.GET, queryset=counted(all_programmes()))
    return download(programmes_workbook(list(found.qs)), "chuong-trinh.xlsx")


@acting_required
def programme_detail(request: ActingRequest, code: str) -> HttpResponse:
    """A programme: facts, outline, regimes, checklist, and what rests on it."""
    programme = any_programme(request, code)
    regimes, today = list(programme.regimes.all()), clock.today()
    rests = uses_of_regimes(regimes)
    context = {
        "programme": programme,
        "outline": list(programme.outline.all()),
        "regimes": [(one, one.holds_on(today), rests.get(one.pk)) for one in regimes],
        "checklist": list(with_document(programme.checklist.all())),
        "mappings": _mappings(programme),
        "uses": [use.text for use in uses_of(programme).values() if use.key != "reviews"],
        "panels": panels.of(programme, request.membership),
        "acts": offered(programme, request.membership),
        "history": history_of(programme, regimes),
        "current_programme": programme,
        "programme_url": reverse("programme_list"),
        "crumbs": crumbs_of(),
    }
    return render(request, "plans/programmes/detail.html", context)


def _mappings(programme: Programme) -> list[tuple[Programme, int]]:
    """The programmes whose text could be taken over, each with how many of its headings go somewhere."""
    mapped = list(programme.outline_mappings.values_list("source_id", flat=True))
    return [(one, mapped.count(one.pk)) for one in sources_for(programme)]
