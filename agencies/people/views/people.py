"""One person: the account, and the acts on it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from agencies.acting import ActingRequest, acting_required
from agencies.models import Membership, User
from agencies.people import keeping
from agencies.people.acts import ACTS, ACTS_OF_MEMBERSHIP, Act, offered
from agencies.people.forms import InviteForm, PersonForm
from agencies.people.history import history_of
from agencies.people.invitations import Invited, findings_of, invite
from agencies.people.reading import delegations_shown, memberships_shown
from agencies.people.scope import people_kept, require_whole, why_not_whole, within
from agencies.people.states import LOOK, invitation_of, state_of
from agencies.people.views.frame import (
    Page,
    blame,
    crumbs_of,
    form_page,
    invited_page,
    is_sent,
    person_or_404,
    typed,
)
from agencies.permissions import require
from agencies.sign_in import sessions
from agencies.tokens.filters import tokens_kept
from core.findings import Refused, WrongState


@acting_required
def person_detail(request: ActingRequest, pk: int) -> HttpResponse:
    """Account, memberships, delegated signatures, sessions, tokens, work in hand, and what was done to it."""
    person = person_or_404(request, pk)
    works = keeping.in_hand_of(person, request.membership)
    agencies = {key for one in person.lasting for key in one.agency_ids}  # type: ignore[attr-defined]
    invitation = invitation_of(person)
    context: dict[str, Any] = {
        "person": person,
        "state": state_of(person),
        "look": LOOK[state_of(person)],
        "invitation": invitation,
        "undelivered": invitation and invitation.is_open and invitation.undelivered,
        "acts": offered(person, request.membership),
        "memberships": memberships_shown(person, request.membership),
        "delegations": delegations_shown(person, request.membership),
        "tokens": tokens_kept(request.membership).filter(user=person),
        "session_count": sessions.of(person).count(),
        "works": works,
        "others": keeping.belonging_to(agencies, person),
        "history": history_of(person, request.membership),
        "shut": why_not_whole(person, request.membership),
        "crumbs": crumbs_of(),
    }
    return draw(request, "agencies/people/detail.html", context)


@never_cache
@acting_required
def person_act(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """GET asks, POST performs."""
    person = person_or_404(request, pk)
    act = _act(ACTS, name, person)
    if act.whole:
        require_whole(person, request.membership)
    form = _form(act, request, person)
    page = _page(act, person, act.label, f"{act.label}: {person}")
    return _answer(request, act, form, page, person, person)


@never_cache
@acting_required
def membership_act(request: ActingRequest, pk: int, membership: int, name: str) -> HttpResponse:
    """GET asks, POST performs."""
    person = person_or_404(request, pk)
    rows = within(Membership.objects.all(), "agency", request.membership)
    row = get_object_or_404(rows.select_related("user", "agency", "delegation"), pk=membership, user=person)
    act = _act(ACTS_OF_MEMBERSHIP, name, row)
    data = typed(request)
    form = act.form(data, initial={"first": row.valid_from, "last": row.valid_to})
    title = f"{act.label}: {row.role_words}, {row.agency.short_name}"
    works = keeping.by_membership(keeping.in_hand_of(person)).get(row.pk, [])
    facts = [(_("In hand, to be handed over"), str(one.title)) for one in works]
    page = replace(_page(act, person, act.label, title), facts=facts)
    return _answer(request, act, form, page, row, person)


def _act(acts: Any, name: str, row: Any) -> Act:
    """The act of the address; whether it is possible now a GET asks, and a POST the action."""
    if name not in acts:
        raise Http404
    act: Act = acts[name]
    return act


def _form(act: Act, request: ActingRequest, person: User) -> PersonForm:
    initial = {"full_name": person.full_name, "post": person.post, "email": person.email}
    return act.form(typed(request), initial=initial, person=person, actor=request.membership)


def _page(act: Act, person: User, label: Any, title: str) -> Page:
    url = reverse("person_detail", args=[person.pk])
    return Page(title, label, url, crumbs_of(person), act.text, danger=act.danger)


def _answer(
    request: ActingRequest, act: Act, form: PersonForm, page: Page, row: Any, person: User
) -> HttpResponse:
    sent = is_sent(request, form)
    if sent:
        form.blame(act.findings(row, form))
    if sent and not form.faults:
        try:
            link = act.perform(row, form, request.membership)
        except Refused as refused:
            blame(form, refused)
        else:
            if link:
                return invited_page(request, User.objects.get(pk=person.pk), link)
            messages.success(request, str(act.done))
            kept = people_kept(request.membership).filter(pk=person.pk).exists()
            return redirect("person_detail", pk=person.pk) if kept else redirect("people_list")
    elif request.method != "POST":
        if not act.concerns(row):
            text = _("“%(label)s” is not possible now. Reload the page of the person.")
            raise WrongState(text % {"label": act.label}, code="wrong_state")
        if reason := act.why_not(row, request.membership):
            raise WrongState(reason, code="wrong_state")
    return form_page(request, form, page)


@never_cache
@acting_required
def person_invite(request: ActingRequest) -> HttpResponse:
    """A new person, or more memberships for one who has an account."""
    require(request.membership, "people.manage")
    wanted = {"agency": request.GET.get("agency", ""), "role": request.GET.get("role", "")}
    form = InviteForm(typed(request), initial=wanted, actor=request.membership)
    if is_sent(request, form):
        said = form.cleaned_data
        stated = form.memberships()
        email, full_name, post = (said.get(name, "") for name in ("email", "full_name", "post"))
        form.blame(findings_of(email, full_name, post, stated))
        if not form.faults:
            try:
                invited = invite(email, full_name, post, stated, actor=request.membership)
            except Refused as refused:
                blame(form, refused)
            else:
                return _invited(request, invited)
    page = Page(
        _("Invite a person"),
        _("Invite"),
        reverse("people_list"),
        crumbs_of(),
        _(
            "The person gets a letter with a link to choose a password. Whoever has an account under this"
            " address already gets the memberships instead."
        ),
    )
    return form_page(request, form, page)


def _invited(request: ActingRequest, invited: Invited) -> HttpResponse:
    if invited.is_new:
        return invited_page(request, invited.person, invited.link)
    count = len(invited.memberships)
    text = ngettext(
        "%(person)s has an account under %(email)s already: %(n)d membership was added to it, and no"
        " invitation was sent.",
        "%(person)s has an account under %(email)s already: %(n)d memberships were added to it, and no"
        " invitation was sent.",
        count,
    )
    said = {"person": invited.person, "email": invited.person.email, "n": count}
    messages.success(request, text % said)
    return redirect("person_detail", pk=invited.person.pk)
