"""Pages on which an administrator keeps the reporting periods."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.findings import document_findings
from agencies.keeping.pages import KeepPage, keep, typed
from agencies.permissions import can, require
from core import clock
from core.downloads import download
from core.findings import Finding, Text, WrongState
from plans.models import Programme
from plans.programmes.versions import unless_stale
from reports.cycles import consequences, keeping
from reports.cycles.acts import ACTS, ADD, CHANGE, DELETE, WITHDRAW, history_of, offered
from reports.cycles.exports import cycles_workbook
from reports.cycles.forms import AddAgenciesForm, ChangeCycleForm, DeleteCycleForm, WithdrawForm
from reports.cycles.listing import cycle_rows, cycles_for, state_of
from reports.cycles.proposals import waiting_to_open, with_unopened
from reports.filters import CycleFilter
from reports.models import Cycle
from reports.views.access import cycle_url

PAGE_SIZE = 50
Crumbs = list[tuple[Text, str]]


def crumbs_of(cycle: Cycle | None = None) -> Crumbs:
    found: Crumbs = [
        (_("Administration"), reverse("administration")),
        (_("Reporting periods"), reverse("kept_cycle_list")),
    ]
    if cycle is not None:
        found.append((f"{cycle.title}, {cycle.programme.short_name}", cycle_url("kept_cycle", cycle)))
    return found


@acting_required
def kept_cycle_list(request: ActingRequest) -> HttpResponse:
    """All periods, the newest first, and the regular ones that are over and not open."""
    require(request.membership, "cycle.manage")
    queryset = cycles_for(request.membership).select_related("regime")
    found = CycleFilter(request.GET, queryset=queryset, request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    led = Programme.objects.filter(lead__in=request.membership.agency_ids)
    waiting = [
        (programme, proposal)
        for programme, periods in with_unopened(led)
        if (proposal := waiting_to_open(periods, clock.today()))
    ]
    context = {
        "filter": found,
        "page": page,
        "rows": cycle_rows(list(page.object_list), request.membership),
        "waiting": waiting,
        "count": ngettext("%(n)d period", "%(n)d periods", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("kept_cycle_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "crumbs": crumbs_of()[:1],
    }
    return render(request, "reports/kept/list.html", context)


@acting_required
def kept_cycle_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "cycle.manage")
    queryset = cycles_for(request.membership).select_related("regime")
    found = CycleFilter(request.GET, queryset=queryset, request=request)
    rows = cycle_rows(list(found.qs), request.membership)
    return download(cycles_workbook(rows), "ky-bao-cao.xlsx")


def _cycle(request: ActingRequest, programme: str, cycle: str) -> Any:
    """A period for those who keep periods; who only reports has pages of its own."""
    require(request.membership, "cycle.manage")
    cycles = cycles_for(request.membership).select_related("programme__lead", "regime", "opened_by")
    return get_object_or_404(cycles, programme__code=programme, code=cycle)


@acting_required
def kept_cycle(request: ActingRequest, programme: str, cycle: str) -> HttpResponse:
    """One period: by which regime, until when, who changed it, and what can be done."""
    found = _cycle(request, programme, cycle)
    context = {
        "cycle": found,
        "state": state_of(found, compiled=found.compiled, issued=found.issued),
        "acts": offered(found, request.membership),
        "refused": can(request.membership, "cycle.manage", found).reason,
        "history": history_of(found),
        "illustrative": found.illustrative,
        "current_programme": found.programme,
        "programme_url": reverse("kept_cycle_list"),
        "crumbs": crumbs_of(),
    }
    return render(request, "reports/kept/detail.html", context)


@acting_required
def kept_cycle_act(request: ActingRequest, programme: str, cycle: str, name: str) -> HttpResponse:
    """GET asks; a POST shows what the act entails, and one that is confirmed does it."""
    act = next((one for one in ACTS if one.name == name), None)
    if act is None:
        raise Http404
    found = _cycle(request, programme, cycle)
    require(request.membership, act.permission, found)
    if why := act.bar(found):
        raise WrongState(f"{found.title}: {why}", code="wrong_state")
    return _PAGES[name](request, found, act.label)


def _page(cycle: Cycle, label: Text, text: Text, done: Text, *, danger: bool = False) -> KeepPage:
    return KeepPage(
        title=f"{label}: {cycle.title}",
        text=text,
        label=label,
        ask=_("Look at what it entails"),
        done=done,
        back_url=cycle_url("kept_cycle", cycle),
        crumbs=crumbs_of(cycle),
        danger=danger,
    )


def _change(request: ActingRequest, cycle: Cycle, label: Text) -> HttpResponse:
    version = keeping.version_of(cycle)
    initial = {"due_on": cycle.due_on, "title": cycle.title, "row_version": version}
    form = ChangeCycleForm(typed(request), initial=initial)
    page = _page(
        cycle,
        label,
        gettext_lazy(
            "For agencies that have filed nothing changes: they are judged by the deadline of that day."
        ),
        gettext_lazy("The period is changed."),
    )

    def check() -> list[Finding]:
        return unless_stale(form, version, keeping.change_findings(cycle, form.stated()))

    def act() -> str:
        made_on = form.cleaned_data.get("row_version", "")
        keeping.change_cycle(cycle, form.stated(), actor=request.membership, version=made_on)
        return str(page.back_url)

    return keep(
        request,
        form,
        page,
        check=check,
        act=act,
        entails=lambda: consequences.of_change(cycle, form.stated()),
    )


def _add(request: ActingRequest, cycle: Cycle, label: Text) -> HttpResponse:
    form = AddAgenciesForm(typed(request), agencies=consequences.addable(cycle))
    page = _page(
        cycle,
        label,
        gettext_lazy("Agencies that owe a report in this period besides those of its regime or list."),
        gettext_lazy("The agencies owe a report now."),
    )

    def check() -> list[Finding]:
        chosen = list(form.cleaned_data.get("agencies") or ())
        return keeping.addition_findings(cycle, chosen, form.cleaned_data.get("document", ""))

    def act() -> str:
        said = form.cleaned_data
        keeping.add_agencies(
            cycle, list(said["agencies"]), document=said["document"], actor=request.membership
        )
        return str(page.back_url)

    def entails() -> list[tuple[Text, Text]]:
        said = form.cleaned_data
        return consequences.of_addition(cycle, said["agencies"], said["document"])

    return keep(request, form, page, check=check, act=act, entails=entails)


def _withdraw(request: ActingRequest, cycle: Cycle, label: Text) -> HttpResponse:
    form = WithdrawForm(typed(request), agencies=consequences.withdrawable(cycle))
    page = _page(
        cycle,
        label,
        gettext_lazy(
            "It owes no report in this period any more. One that has begun its report is exempted instead."
        ),
        gettext_lazy("The agency is withdrawn from the period."),
        danger=True,
    )

    def report() -> Any:
        one = get_object_or_404(cycle.reports.select_related("agency"), agency=form.cleaned_data["agency"])
        one.cycle = cycle
        return one

    def check() -> list[Finding]:
        document = form.cleaned_data.get("document", "")
        if form.cleaned_data.get("agency") is None:
            return list(document_findings(document))
        return keeping.withdrawal_findings(report(), document)

    def act() -> str:
        keeping.withdraw_agency(report(), document=form.cleaned_data["document"], actor=request.membership)
        return str(page.back_url)

    return keep(
        request,
        form,
        page,
        check=check,
        act=act,
        entails=lambda: consequences.of_withdrawal(report(), form.cleaned_data["document"]),
    )


def _delete(request: ActingRequest, cycle: Cycle, label: Text) -> HttpResponse:
    form = DeleteCycleForm(typed(request))
    page = _page(
        cycle,
        label,
        gettext_lazy("Only a period that was opened by mistake, before anything was filed."),
        gettext_lazy("The period is removed."),
        danger=True,
    )

    def act() -> str:
        keeping.delete_cycle(cycle, reason=form.cleaned_data["reason"], actor=request.membership)
        return reverse("kept_cycle_list")

    return keep(request, form, page, check=list, act=act, entails=lambda: consequences.of_removal(cycle))


_PAGES: Mapping[str, Callable[[ActingRequest, Cycle, Text], HttpResponse]] = {
    CHANGE: _change,
    ADD: _add,
    WITHDRAW: _withdraw,
    DELETE: _delete,
}
