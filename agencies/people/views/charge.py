"""Who is in charge of a draft."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.people.forms import ChargeForm
from agencies.people.keeping import keeper_of, put_in_charge
from agencies.people.views.frame import Crumbs, Page, blame, form_page, is_sent, typed
from agencies.permissions import can, require
from core.findings import Refused


@acting_required
def in_charge(request: ActingRequest, kind: str, pk: int) -> HttpResponse:
    """Of the own agency's drafts; administrators of those of every agency that they keep."""
    keeper = keeper_of(kind)
    if keeper is None:
        raise Http404
    row = get_object_or_404(keeper.open().select_related("in_charge__user"), pk=pk)
    agency = keeper.agency_of(row)
    own = agency.pk in request.membership.agency_ids
    if not own and not can(request.membership, "people.manage", agency):
        raise Http404
    require(request.membership, "work.assign", agency)
    form = ChargeForm(typed(request), keeper=keeper, row=row)
    back = keeper.url(row) if own else "/"
    if is_sent(request, form) and not form.faults:
        try:
            put_in_charge(keeper, row, form.holder(), actor=request.membership)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Who is in charge is noted."))
            return redirect(back)
    facts = [
        (_("Draft"), str(keeper.title(row))),
        (_("Agency"), agency.name),
        (_("In charge until now"), str(row.in_charge.user) if row.in_charge else ""),
    ]
    text = _(
        "The person in charge stands in the work list and above the draft. The rights of the others do not"
        " change: every editor of the agency can go on with it."
    )
    crumbs: Crumbs = [(keeper.title(row), back)] if own else []
    return form_page(request, form, Page(_("Who is in charge"), _("Save"), back, crumbs, text, facts))
