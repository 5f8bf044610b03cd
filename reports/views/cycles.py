"""Reporting periods: the list, the opening, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.answering import taken_over_notes
from agencies.models import Membership
from agencies.permissions import can, require
from core import clock
from core.downloads import download
from plans.models import Programme
from plans.standing import time_left
from reports.bulk.choosing import PAGE_SIZE, scopes
from reports.cycles.listing import cycle_rows, cycles_for, own_reports, standings_before, state_of
from reports.cycles.timeliness import LOOK, Standing, words
from reports.figures.names import FILING_STATES
from reports.figures.obligations import Standings, standings
from reports.figures.picture import province_tiles, provinces, tile_legend, tile_summary
from reports.figures.presenting import Look, class_rows
from reports.figures.shapes import Obligation
from reports.filters import CycleFilter
from reports.forms import ObligationFilter
from reports.models import Cycle, FilingState
from reports.obligation_sheet import obligations_workbook
from reports.views.access import cycle_of, cycle_url, leads, led_cycle
from reports.views.offers import bulk_offers, cycle_offers

MISSING_SHOWN = 8


@acting_required
def cycle_list(request: ActingRequest) -> HttpResponse:
    """Every period, the newest first: what was collected, and how the own agency stands in it."""
    found = CycleFilter(request.GET, queryset=cycles_for(request.membership))
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "page": page,
        "rows": cycle_rows(list(page.object_list), request.membership),
        "count": ngettext("%(n)d period", "%(n)d periods", total) % {"n": total},
        "may_open": bool(can(request.membership, "cycle.open")),
        "leads_any": Programme.objects.filter(lead__in=request.membership.agency_ids).exists(),
        "programme_url": reverse("cycle_list"),
    }
    return render(request, "reports/cycle_list.html", context)


@acting_required
def cycle_detail(request: ActingRequest, programme: str, cycle: str) -> HttpResponse:
    """A period: for those who lead it who reported and who did not, for others their own report."""
    found = cycle_of(programme, cycle)
    compilations = list(found.compilations.visible_to(request.membership).with_issue())
    issued = any(one.issued_number for one in compilations)  # type: ignore[attr-defined]
    context = frame(found) | {
        "compilations": compilations,
        "state": state_of(found, compiled=bool(compilations), issued=issued),
        # What is issued waits for nobody: no deadline stands there any more.
        **({"until": None, "left": ""} if issued else {"until": found.due_on}),
    }
    if not leads(request.membership, found):
        return render(request, "reports/cycle_own.html", context | _own(found, request.membership))
    whole = standings(found, clock.now())
    return render(request, "reports/cycle_detail.html", context | _lead(request, found, whole))


def _lead(request: ActingRequest, cycle: Cycle, whole: Standings) -> dict[str, Any]:
    """What a period shows to those who lead it."""
    form = ObligationFilter(request.GET, classes=[one.agency_class for one in whole.classes])
    narrowed = form.narrowed(whole.obligations)
    missing = [one for one in whole.obligations if one.standing is Standing.MISSING]
    page = Paginator(narrowed, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "taken_over": taken_over_notes(whole.agencies),
        "standings": whole,
        "class_rows": class_rows(whole.classes),
        "states": FILING_STATES,
        "exports": [(_("As XLSX"), cycle_url("obligation_export", cycle))],
        "provinces": provinces(whole.obligations),
        "tiles": province_tiles(cycle, whole.obligations),
        "tile_legend": tile_legend(whole.obligations),
        "tile_summary": tile_summary(whole.obligations),
        "form": form,
        "page": page,
        "scopes": scopes(len(page.object_list), len(narrowed)),
        "narrowed_by": [(name, value) for name, value in request.GET.items() if name != "scope"],
        "count": _count(len(narrowed), len(whole.obligations)),
        "to_accept": sum(1 for one in whole.obligations if one.state == FilingState.SUBMITTED),
        "missing": _with_the_period_before(cycle, missing[:MISSING_SHOWN]) if missing else [],
        "missing_count": len(missing),
        "may_extend": bool(can(request.membership, "report.extend", cycle)),
        "may_export": bool(can(request.membership, "report.export", cycle)),
        "offers": cycle_offers(cycle, request.membership),
        "bulk": bulk_offers(cycle, request.membership),
    }


def _with_the_period_before(cycle: Cycle, missing: list[Obligation]) -> list[tuple[Obligation, Look | None]]:
    before = standings_before(cycle)
    return [
        (one, Look(*LOOK[judged.standing], words(judged)) if (judged := before.get(one.agency)) else None)
        for one in missing
    ]


def _own(cycle: Cycle, membership: Membership) -> dict[str, Any]:
    """What a period shows to an agency that only reports in it."""
    reports = list(cycle.reports.filter(agency__in=membership.agency_ids).select_related("agency"))
    for one in reports:
        one.cycle = cycle
    own = own_reports(reports, membership, clock.now())
    return {
        "own": own,
        "own_open": next(
            (one for one in own if one.report.first_submitted_at is None and not one.report.exempt), None
        ),
    }


def frame(cycle: Cycle) -> dict[str, Any]:
    """What every page of a period shows in its head."""
    return {
        "cycle": cycle,
        "current_programme": cycle.programme,
        "programme_url": reverse("cycle_list"),
        "illustrative": cycle.illustrative,
        "now": clock.now(),
        "overdue": clock.today() > cycle.due_on,
        "left": time_left(cycle.due_on),
        "crumbs": [(_("Reports"), reverse("cycle_list")), (cycle.programme.short_name, "")],
    }


def _count(shown: int, total: int) -> str:
    if shown == total:
        return ngettext("%(n)d agency", "%(n)d agencies", total) % {"n": total}
    return _("%(shown)d of %(total)d agencies") % {"shown": shown, "total": total}


@acting_required
def obligation_export(request: ActingRequest, programme: str, cycle: str) -> HttpResponse:
    """The obligations that the filters leave, as XLSX."""
    found = led_cycle(request, programme, cycle)
    require(request.membership, "report.export", found)
    now = clock.now()
    whole = standings(found, now)
    form = ObligationFilter(request.GET, classes=[one.agency_class for one in whole.classes])
    body = obligations_workbook(found, form.narrowed(whole.obligations), now)
    return download(body, f"bao-cao-{found.code}.xlsx")
