"""One agency: what it is and was, on a day; its units, its plans and reports."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import panels
from agencies.acting import ActingRequest, acting_required
from agencies.changes.acts import offered
from agencies.changes.people import with_left_behind
from agencies.filters import DayForm
from agencies.history import History, build
from agencies.lineage import Lineage
from agencies.models import Agency, Succession
from agencies.permissions import can
from agencies.tree import parent_on, units_on
from core import clock


@acting_required
def agency_detail(request: ActingRequest, key: str) -> HttpResponse:
    """Names and codes through time, parent and units of a day, lists that name it, plans and reports."""
    agency = get_object_or_404(with_left_behind(Agency.objects.select_related("parent")), key=key)
    successions = list(Succession.objects.select_related("predecessor", "successor").order_by("on", "id"))
    lineage = Lineage.of(successions)
    history = build(agency, successions)
    form = DayForm(request.GET or None)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or usual_day(agency)
    may_manage = bool(can(request.membership, "agency.manage", agency))
    context: dict[str, Any] = {
        "agency": agency,
        "today": clock.today(),
        "day": day,
        "form": form,
        "crumbs": [(_("Agencies"), reverse("agency_list"))],
        "history": history,
        "taken_over": _taken_over(agency, lineage, history),
        "parent": _parent(agency, lineage, day),
        "units": units_on(agency, lineage, day),
        "units_went": None if agency.exists_on(day) else _bearer(agency, lineage, day, history),
        "group_memberships": agency.group_memberships.select_related("group").order_by(
            "group__valid_on", "group__name", "id"
        ),
        "panels": panels.of(agency, request.membership),
        "acts": offered(agency) if may_manage else None,
    }
    return render(request, "agencies/agency_detail.html", context)


def usual_day(agency: Agency) -> date:
    """Today, or the day of its life that is nearest to it."""
    today = clock.today()
    if agency.valid_to is not None and agency.valid_to < today:
        return agency.valid_to
    return max(today, agency.valid_from or today)


def _parent(agency: Agency, lineage: Lineage[int], day: date) -> Agency | None:
    """The parent of the day; a query only where it is not the one on record."""
    parent = parent_on(agency, lineage, day)
    if parent is None or parent == agency.parent_id:
        return agency.parent if parent else None
    return Agency.objects.get(pk=parent)


def _bearer(agency: Agency, lineage: Lineage[int], day: date, history: History) -> Agency | None:
    """Who stands for it on a day after its end."""
    bearer = lineage.bearer(agency.pk, day)
    return next((one.agency for one in history.periods if one.agency.pk == bearer != agency.pk), None)


def _taken_over(agency: Agency, lineage: Lineage[int], history: History) -> Agency | None:
    """Who stands for it today, where that is another."""
    return _bearer(agency, lineage, clock.today(), history)
