"""The acts of an administrator: what is stated, what it entails, and only then the act."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.changes.actions import change_agencies
from agencies.changes.acts import ACTS
from agencies.changes.checks import findings_of
from agencies.changes.consequences import facts_of
from agencies.changes.forms import ChangeForm, CreateForm
from agencies.changes.people import with_left_behind
from agencies.changes.register import Register
from agencies.changes.shapes import Change
from agencies.models import Agency
from agencies.permissions import require
from core.findings import Finding, Refused, Text, WrongState, error

# Fields of the page that belong to no act.
_OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once", "back", "more", "confirmed"})


@dataclass(frozen=True, slots=True)
class Page:
    """What an act's pages say besides its form."""

    title: Text
    text: Text
    label: Text
    done: Text
    back_url: str
    danger: bool = False


@acting_required
def agency_new(request: ActingRequest) -> HttpResponse:
    """A new agency that comes from none."""
    require(request.membership, "agency.manage")
    page = Page(
        _("New agency"),
        gettext_lazy(
            "One that comes from none; what is renamed, merged or split is entered on its own page."
        ),
        _("Enter the agency"),
        gettext_lazy("The agency is entered."),
        reverse("agency_list"),
    )
    return _answer(request, CreateForm(_typed(request), agency=None), page)


@acting_required
def agency_act(request: ActingRequest, key: str, name: str) -> HttpResponse:
    """GET asks; a POST shows what the act entails, and one that is confirmed does it."""
    agency = get_object_or_404(with_left_behind(Agency.objects.select_related("parent")), key=key)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    require(request.membership, "agency.manage", agency)
    if reason := act.why_not(agency):
        raise WrongState(f"{agency.name}: {reason}", code="wrong_state")
    title = f"{act.label}: {agency.name}"
    url = reverse("agency_detail", args=[agency.key])
    page = Page(title, act.text, act.label, act.done, url, act.danger)
    return _answer(request, act.form(_typed(request), agency=agency), page)


def _typed(request: ActingRequest) -> Any:
    """What was posted, or what was typed here before the sign-in expired."""
    if request.method == "POST":
        return request.POST
    if request.carried:
        request.carried.shown = True
        return request.carried.data
    return None


def _answer(request: ActingRequest, form: ChangeForm, page: Page) -> HttpResponse:
    """The form, the question, or the act itself."""
    if request.method != "POST" or "more" in request.POST or "back" in request.POST:
        if form.is_bound:
            form.leave_unchecked()
        return _form_page(request, form, page)
    form.is_valid()
    change = form.change()
    form.blame(findings_of(change, Register.read()))
    if not form.faults and "confirmed" in request.POST:
        try:
            return _done(request, change, form, page)
        except Refused as refused:
            form.blame(refused.findings or [error(refused.code, str(refused))])
    if form.faults:
        return _form_page(request, form, page, status=422)
    return _question(request, change, form, page)


def _form_page(request: ActingRequest, form: ChangeForm, page: Page, status: int = 200) -> HttpResponse:
    faults: list[tuple[Finding, str]] = form.faults if form.is_bound else []
    context = {"form": form, "page": page, "faults": faults, "crumbs": _crumbs(form)}
    return render(request, "agencies/act_form.html", context, status=status)


def _question(request: ActingRequest, change: Change, form: ChangeForm, page: Page) -> HttpResponse:
    """What the act entails; the same fields go on, hidden."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in _OF_THE_PAGE for value in values
    ]
    facts = facts_of(change, with_people=form.moves_people())
    context = {"page": page, "facts": facts, "fields": fields, "crumbs": _crumbs(form)}
    return render(request, "agencies/act_confirm.html", context)


def _done(request: ActingRequest, change: Change, form: ChangeForm, page: Page) -> HttpResponse:
    outcome = change_agencies(change, actor=request.membership, with_people=form.moves_people())
    messages.success(request, str(page.done))
    if outcome.moved:
        messages.success(request, _("Roles that moved to the successor: %(n)d.") % {"n": outcome.moved})
    if outcome.agency is None:
        return redirect("agency_list")
    return redirect("agency_detail", key=outcome.agency.key)


def _crumbs(form: ChangeForm) -> list[tuple[Text, str]]:
    crumbs: list[tuple[Text, str]] = [(_("Agencies"), reverse("agency_list"))]
    if form.agency is not None:
        crumbs.append((form.agency.short_name, reverse("agency_detail", args=[form.agency.key])))
    return crumbs
