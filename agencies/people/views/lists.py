"""The list of people, the list of agencies without people, and both as workbooks."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.people.exports import lacking_workbook, people_workbook
from agencies.people.filters import PeopleFilter, people_of
from agencies.people.lacking import LackingFilter, lacking
from agencies.people.states import LOOK, state_of
from agencies.permissions import require
from core.spreadsheets import CONTENT_TYPE

PAGE_SIZE = 50


@acting_required
def people_list(request: ActingRequest) -> HttpResponse:
    """Everybody with an account whom the administrator keeps, in the order of given names."""
    require(request.membership, "people.manage")
    found = PeopleFilter(request.GET, queryset=people_of(request.membership), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "rows": [(one, LOOK[state_of(one)], state_of(one).label) for one in page.object_list],
        "count": ngettext("%(n)d person", "%(n)d people", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("people_list_export"))],
        "crumbs": [(_("Administration"), reverse("administration"))],
    }
    return render(request, "agencies/people/list.html", context)


@acting_required
def people_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "people.manage")
    people = PeopleFilter(request.GET, queryset=people_of(request.membership), request=request).qs
    headers = {"Content-Disposition": 'attachment; filename="nguoi-dung.xlsx"'}
    return HttpResponse(people_workbook(people), content_type=CONTENT_TYPE, headers=headers)


@acting_required
def people_lacking(request: ActingRequest) -> HttpResponse:
    """Agencies that plan or report without an active editor or approver."""
    require(request.membership, "people.manage")
    found = LackingFilter(request.GET, queryset=lacking(request.membership))
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "count": ngettext("%(n)d agency", "%(n)d agencies", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("people_lacking_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "crumbs": [
            (_("Administration"), reverse("administration")),
            (_("People"), reverse("people_list")),
        ],
    }
    return render(request, "agencies/people/lacking.html", context)


@acting_required
def people_lacking_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "people.manage")
    agencies = LackingFilter(request.GET, queryset=lacking(request.membership)).qs
    headers = {"Content-Disposition": 'attachment; filename="co-quan-thieu-nguoi.xlsx"'}
    return HttpResponse(lacking_workbook(agencies), content_type=CONTENT_TYPE, headers=headers)
