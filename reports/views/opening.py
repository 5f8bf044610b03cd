"""Opening a period: a regular one of the cadence, or one ad hoc for a chosen list of agencies."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.models import Agency
from agencies.models.agency import CLASS_LABELS, CLASSES
from agencies.permissions import require
from core import clock
from core.findings import NotAllowed, Refused
from plans.models import Programme
from plans.programmes.regimes import obliged_classes_on
from reports.cycles.actions import open_ad_hoc, open_cycle
from reports.cycles.lines import obliged_agencies
from reports.cycles.proposals import Proposal, with_unopened
from reports.forms import AdHocCycleForm, RegularCycleForm
from reports.models import Cycle
from reports.views.access import cycle_url

CHOICES = ("ministries", "central-cities", "provinces", "government-agencies")


@acting_required
def cycle_open(request: ActingRequest) -> HttpResponse:
    """Programme and period stand in the address; the next period of the first programme is proposed."""
    require(request.membership, "cycle.open")
    programmes = Programme.objects.filter(lead__in=request.membership.agency_ids)
    led = list(programmes)
    if not led:
        raise NotAllowed(_("Your agency leads no programme, so it opens no reporting period."))
    wanted = request.GET.get("programme", "")
    programme = next((one for one in led if one.code == wanted), led[0])
    periods = next((found for one, found in with_unopened(programmes) if one == programme), [])
    chosen = next(
        (one for one in periods if one.code == request.GET.get("period", "")), next(iter(periods), None)
    )
    ad_hoc = request.GET.get("kind") == "ad-hoc"
    form = _form(request, programme, chosen, ad_hoc)
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, _perform(programme, form, request))
        except Refused as refused:
            for one in refused.findings:
                field = one.place.path.partition("/")[0]
                form.add_error(field if field in form.fields else None, str(one.text))
    context = _context(programme, chosen, ad_hoc) | {
        "form": form,
        "led": led,
        "periods": periods,
    }
    return render(request, "reports/cycle_open.html", context, status=422 if form.is_bound else 200)


def _form(
    request: ActingRequest, programme: Programme, chosen: Proposal | None, ad_hoc: bool
) -> AdHocCycleForm | RegularCycleForm:
    data = request.POST if request.method == "POST" else None
    if ad_hoc:
        return AdHocCycleForm(data, agencies=choosable(programme))
    initial = {"code": chosen.code, "due_on": chosen.due_on} if chosen else {}
    return RegularCycleForm(data, initial=initial)


def choosable(programme: Programme) -> QuerySet[Agency]:
    """The agencies that a report outside of the cadence may be asked of."""
    classes = list(dict.fromkeys([*obliged_classes_on(programme, clock.today()), *CHOICES]))
    return Agency.objects.of_classes(classes).in_force(clock.today()).in_order()


def _perform(programme: Programme, form: Any, request: ActingRequest) -> Cycle:
    said = form.cleaned_data
    if isinstance(form, AdHocCycleForm):
        return open_ad_hoc(programme, actor=request.membership, **said)
    return open_cycle(programme, said.pop("code"), actor=request.membership, **said)


def _opened(request: ActingRequest, cycle: Cycle) -> HttpResponse:
    said = {"title": cycle.title, "n": cycle.reports.count()}
    messages.success(request, _("%(title)s is open: %(n)d agencies owe a report.") % said)
    return redirect(cycle_url("cycle_detail", cycle))


def _context(programme: Programme, chosen: Proposal | None, ad_hoc: bool) -> dict[str, Any]:
    """The choice of kind, and whom the period would ask for a report."""
    classes = chosen.regime.obliged_classes if chosen else []
    obliged = obliged_agencies(classes, chosen.last) if chosen else []
    counts = [
        (CLASS_LABELS[name], sum(1 for one in obliged if one.kind in CLASSES[name])) for name in classes
    ]
    regular = f"{reverse('cycle_open')}?programme={programme.code}"
    tabs = [
        {"url": regular, "label": _("Regular"), "current": not ad_hoc},
        {"url": f"{regular}&kind=ad-hoc", "label": _("Ad hoc"), "current": ad_hoc},
    ]
    return {
        "programme": programme,
        "current_programme": programme,
        "programme_url": reverse("cycle_open"),
        "chosen": chosen,
        "has_rhythm": chosen is not None or programme.regimes.exclude(cadence="").exists(),
        "counts": counts,
        "total": len(obliged),
        "tabs": tabs,
        "ad_hoc": ad_hoc,
        "crumbs": [(_("Reports"), reverse("cycle_list"))],
    }
