"""Delegating a signature: by the approver, or by an administrator who records what was decided."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agencies.acting import ActingRequest, acting_required
from agencies.models import Delegation, Membership, Role
from agencies.people.delegations import delegate, findings_of, withdraw_delegation
from agencies.people.forms import DelegateForm, ReasonForm
from agencies.people.reading import signature_words
from agencies.people.rules import period_words
from agencies.people.views.frame import Crumbs, Page, blame, crumbs_of, form_page, is_sent, typed
from agencies.permissions import can, require
from core import clock
from core.findings import Refused, WrongState


@acting_required
def delegation_new(request: ActingRequest, giver: int) -> HttpResponse:
    """The signature of one approver; of another agency's there is none for who manages nobody."""
    require(request.membership, "signature.delegate")
    row = _giver(request, giver)
    if row.role != Role.APPROVER or row.delegation_id is not None or not row.acts_on(clock.today()):
        text = _("Only who acts as approver of an agency today has a signature to delegate.")
        raise WrongState(text, code="wrong_state")
    form = DelegateForm(typed(request), giver=row, initial={"giver_post": row.user.post})
    sent = is_sent(request, form)
    if sent:
        form.blame(findings_of(row, form.signing()))
    if sent and not form.faults:
        try:
            made = delegate(row, form.signing(), actor=request.membership)
        except Refused as refused:
            blame(form, refused)
        else:
            text = _("%(person)s signs as: %(signature)s.")
            said = {"person": made.membership.user, "signature": signature_words(made)}
            messages.success(request, text % said)
            return redirect(_back(request, row))
    facts = [(_("Head who delegates"), str(row.user)), (_("Agency"), row.agency.name)]
    title = _("Delegate the signature of %(person)s") % {"person": row.user}
    text = _(
        "Who signs by delegation acts as approver of the agency on these days and hands in plans and reports"
        " in its name. It cannot be delegated further, and ends at once when it is withdrawn."
    )
    page = Page(title, _("Delegate"), _back(request, row), _crumbs(request, row), text, facts)
    return form_page(request, form, page)


@acting_required
def delegation_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """GET asks, POST ends it."""
    require(request.membership, "signature.delegate")
    rows = Delegation.objects.select_related("membership__user", "giver__user", "giver__agency")
    delegation = get_object_or_404(rows, pk=pk)
    giver = _giver(request, delegation.giver_id)
    form = ReasonForm(typed(request))
    if is_sent(request, form) and not form.faults:
        try:
            withdraw_delegation(delegation, **form.cleaned_data, actor=request.membership)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The delegation is withdrawn."))
            return redirect(_back(request, giver))
    membership = delegation.membership
    facts = [
        (_("Who signs"), str(membership.user)),
        (_("Signs as"), signature_words(delegation)),
        (_("Document"), delegation.document_number),
        (pgettext("of a role", "Period"), period_words(membership.valid_from, membership.valid_to)),
    ]
    page = Page(
        _("Withdraw the delegation"),
        _("Withdraw"),
        _back(request, giver),
        _crumbs(request, giver),
        _("It ends at this moment. What was signed until now stays."),
        facts,
        danger=True,
    )
    return form_page(request, form, page)


def _giver(request: ActingRequest, pk: int) -> Membership:
    """An approver's membership: of an agency that they keep for administrators, for an approver the own."""
    rows = Membership.objects.select_related("user", "agency", "delegation")
    row = get_object_or_404(rows, pk=pk)
    own = row.user_id == request.user.pk
    if not own and not can(request.membership, "people.manage", row.agency):
        raise Http404
    return row


def _back(request: ActingRequest, giver: Membership) -> str:
    if can(request.membership, "people.manage", giver.agency):
        return reverse("person_detail", args=[giver.user_id])
    return reverse("account")


def _crumbs(request: ActingRequest, giver: Membership) -> Crumbs:
    if can(request.membership, "people.manage", giver.agency):
        return crumbs_of(giver.user)
    return [(_("My account"), reverse("account"))]
