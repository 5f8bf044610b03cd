"""The pages of a reporting regime: entering, changing, taking out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, keep, typed
from agencies.keeping.versions import last_change
from core import clock
from core.findings import Finding, WrongState
from plans.models import with_document
from plans.programmes.forms.regime import RegimeForm, RemovalForm, initial_of
from plans.programmes.periods import USUAL_DUE_DAYS
from plans.programmes.regime_acts import (
    change_regime,
    create_regime,
    findings_of,
    locked_fields,
    regime_data_of,
    remove_regime,
    why_not_removed,
)
from plans.programmes.shapes import changes_between
from plans.programmes.uses import uses_of_regimes
from plans.programmes.versions import unless_stale
from plans.programmes.views.frame import crumbs_of, own_programme, programme_url

SECTION = "#regimes"


@acting_required
def regime_new(request: ActingRequest, code: str) -> HttpResponse:
    """A further regime, beside no other that is valid on the same days."""
    programme = own_programme(request, code)
    initial = {"reports_to": programme.lead.name, "valid_from": clock.today(), "due_days": USUAL_DUE_DAYS}
    if programme.document is not None:
        initial["document"] = programme.document.slug
    form = RegimeForm(typed(request), initial=initial)
    page = KeepPage(
        title=_("New reporting regime of “%(programme)s”") % {"programme": programme.short_name},
        text=gettext_lazy(
            "From it come the window and the deadline of each period. 15 days is the usual deadline here; "
            "where a document prints one, write it down as printed."
        ),
        label=_("Enter the regime"),
        done=gettext_lazy("The regime is entered."),
        back_url=programme_url(programme) + SECTION,
        crumbs=crumbs_of(programme),
    )

    def check() -> list[Finding]:
        return findings_of(form.stated(), programme)

    def act() -> str:
        create_regime(programme, form.stated(), actor=request.membership)
        return programme_url(programme) + SECTION

    return keep(request, form, page, check=check, act=act)


@acting_required
def regime_edit(request: ActingRequest, code: str, pk: int) -> HttpResponse:
    """Another word or figure; what periods rest on stays."""
    programme = own_programme(request, code)
    regime = get_object_or_404(with_document(programme.regimes.all()), pk=pk)
    before, use = regime_data_of(regime), uses_of_regimes([regime]).get(regime.pk)
    form = RegimeForm(typed(request), initial=initial_of(before) | {"row_version": regime.row_version})
    form.lock(locked_fields(use))
    page = KeepPage(
        title=_("Change “%(regime)s”") % {"regime": regime.name},
        text=gettext_lazy(
            "Periods that are open keep their deadline; it is changed on the page of the period."
        ),
        label=_("Save"),
        done=gettext_lazy("The regime is changed."),
        back_url=programme_url(programme) + SECTION,
        crumbs=crumbs_of(programme),
        last=last_change(regime),
    )

    def check() -> list[Finding]:
        data = form.stated()
        found = findings_of(data, programme, regime, use, changes_between(before, data))
        return unless_stale(form, regime.row_version, found)

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        change_regime(regime, form.stated(), actor=request.membership, version=version)
        return programme_url(programme) + SECTION

    return keep(request, form, page, check=check, act=act)


@acting_required
def regime_remove(request: ActingRequest, code: str, pk: int) -> HttpResponse:
    """Take out a wrong entry by which no period was opened."""
    programme = own_programme(request, code)
    regime = get_object_or_404(programme.regimes, pk=pk)
    if why := why_not_removed(uses_of_regimes([regime]).get(regime.pk)):
        raise WrongState(f"{regime.name}: {why}", code="wrong_state")
    form = RemovalForm(typed(request))
    page = KeepPage(
        title=_("Take out “%(regime)s”") % {"regime": regime.name},
        text=gettext_lazy("Only a wrong entry: one that was valid once is ended by its last day."),
        label=_("Take it out"),
        done=gettext_lazy("The regime is taken out."),
        back_url=programme_url(programme) + SECTION,
        crumbs=crumbs_of(programme),
        danger=True,
    )

    def entails() -> list[Fact]:
        return [
            (_("Regime"), regime.name),
            (_("Programme"), programme.name),
            (_("Basis"), regime.basis_words),
        ]

    def act() -> str:
        remove_regime(regime, reason=form.cleaned_data["reason"], actor=request.membership)
        return programme_url(programme) + SECTION

    return keep(request, form, page, check=list, act=act, entails=entails)
