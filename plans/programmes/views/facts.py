"""Setting up a programme, changing its facts, handing over its lead."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, keep, typed
from agencies.keeping.versions import last_change
from agencies.models import Agency, Membership, Role
from agencies.permissions import require
from core.findings import Finding
from plans.models import Programme
from plans.programmes.actions import change_lead, change_programme, create_programme, lead_findings, staff_of
from plans.programmes.checks import findings_of
from plans.programmes.forms.programme import LeadForm, ProgrammeForm, initial_of
from plans.programmes.locks import locked
from plans.programmes.shapes import changes_between, data_of, settled
from plans.programmes.uses import uses_of
from plans.programmes.versions import unless_stale
from plans.programmes.views.frame import crumbs_of, own_programme, programme_url


@acting_required
def programme_new(request: ActingRequest) -> HttpResponse:
    """A new programme of the own agency; its outline and regimes are entered next."""
    require(request.membership, "programme.manage")
    initial = {"lead": request.membership.agency.key}
    form = ProgrammeForm(typed(request), programme=None, membership=request.membership, initial=initial)
    page = KeepPage(
        title=_("New programme"),
        text=gettext_lazy(
            "For which years who plans, who leads and who decides. Outline and regimes come next."
        ),
        label=_("Set up the programme"),
        done=gettext_lazy("The programme is set up. Enter its outline and how it is reported on."),
        back_url=reverse("programme_list"),
        crumbs=crumbs_of(),
    )

    def check() -> list[Finding]:
        return findings_of(settled(form.stated()), None, actor=request.membership)

    def act() -> str:
        return programme_url(create_programme(form.stated(), actor=request.membership))

    return keep(request, form, page, check=check, act=act)


@acting_required
def programme_edit(request: ActingRequest, code: str) -> HttpResponse:
    """The facts; those that may no longer change are shown with the reason."""
    programme = own_programme(request, code)
    before, locks = data_of(programme), locked(uses_of(programme))
    initial = initial_of(before) | {"row_version": programme.row_version}
    form = ProgrammeForm(typed(request), programme=programme, membership=request.membership, initial=initial)
    form.lock(locks)
    page = KeepPage(
        title=_("Change “%(programme)s”") % {"programme": programme.short_name},
        text=gettext_lazy(
            "Its outline, regimes and checklist stand on pages of their own, and so does its lead."
        ),
        label=_("Save"),
        done=gettext_lazy("The programme is changed."),
        back_url=programme_url(programme),
        crumbs=crumbs_of(programme),
        last=last_change(programme),
    )

    def check() -> list[Finding]:
        data = settled(form.stated(programme), before)
        changed = changes_between(before, data)
        found = findings_of(data, programme, actor=request.membership, locked=locks, changed=changed)
        return unless_stale(form, programme.row_version, found)

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        data = form.stated(programme)
        return programme_url(change_programme(programme, data, actor=request.membership, version=version))

    return keep(request, form, page, check=check, act=act)


@acting_required
def programme_lead(request: ActingRequest, code: str) -> HttpResponse:
    """Another agency that leads: what that entails, and only then the act."""
    programme = own_programme(request, code)
    form = LeadForm(typed(request), programme=programme)
    page = KeepPage(
        title=_("Hand over the lead of “%(programme)s”") % {"programme": programme.short_name},
        text=gettext_lazy(
            "From now on the new lead reviews plans, accepts reports and sets up the programme."
        ),
        label=_("Hand over the lead"),
        ask=_("Look at what it entails"),
        done=gettext_lazy("The lead is handed over."),
        back_url=programme_url(programme),
        crumbs=crumbs_of(programme),
        danger=True,
    )

    def check() -> list[Finding]:
        said = form.cleaned_data
        return lead_findings(
            programme,
            said.get("lead"),
            document=said.get("document", ""),
            reason=said.get("reason", ""),
        )

    def entails() -> list[Fact]:
        said = form.cleaned_data
        return lead_facts(programme, said["lead"], said["document"], request.membership)

    def act() -> str:
        return programme_url(change_lead(programme, **_stated(form), actor=request.membership))

    return keep(request, form, page, check=check, act=act, entails=entails)


def _stated(form: LeadForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("lead", "document", "reason")}


def lead_facts(programme: Programme, lead: Agency, document: str, reader: Membership) -> list[Fact]:
    """What another lead entails: who decides on what is under way, and whether anybody is there to do it."""
    staff = staff_of(lead)
    nobody = _("nobody: what is submitted waits until somebody is entered there")
    facts: list[Fact] = [
        (_("Lead until now"), programme.lead.name),
        (_("Lead from now on"), lead.name),
        (_("Document"), document),
        (_("Reviewers there"), str(staff[Role.REVIEWER] or nobody)),
        (_("Administrators there"), str(staff[Role.ADMINISTRATOR] or nobody)),
    ]
    facts += [(_("Passes to it"), str(use.text)) for use in uses_of(programme).values() if use.open]
    if lead.pk not in reader.agency_ids:
        facts.append((_("You"), _("can no longer change this programme, open its periods or keep them")))
    return facts
