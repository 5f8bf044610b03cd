"""The page on which an administrator says which status figures an outline asks for."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, keep, typed
from agencies.keeping.versions import last_change
from agencies.models import Membership
from core.findings import Finding, error
from indicators.asking.actions import cleaned, consequences_of, findings_of, replace_asked, rows_of
from indicators.asking.forms import AskedForm, asked_rows
from indicators.models import OutlineIndicator
from plans.models import Programme
from plans.programmes.panels import ProgrammePanel
from plans.programmes.versions import unless_stale
from plans.programmes.views.frame import crumbs_of, own_programme, programme_url


@acting_required
def programme_asked(request: ActingRequest, code: str) -> HttpResponse:
    """The figures as rows, each under a heading of the outline."""
    programme = own_programme(request, code)
    before = rows_of(programme)
    form = AskedForm(
        typed(request),
        programme=programme,
        standing=asked_rows(before),
        initial={"row_version": programme.row_version},
    )
    page = KeepPage(
        title=_("Status figures of “%(programme)s”") % {"programme": programme.short_name},
        text=gettext_lazy(
            "What a plan is asked of the status at its start. New plans begin with these rows."
        ),
        label=_("Save"),
        ask=_("Look at what it entails"),
        done=gettext_lazy("The status figures are changed."),
        back_url=programme_url(programme),
        crumbs=crumbs_of(programme),
        template="indicators/asking/form.html",
        last=last_change(programme),
    )

    def check() -> list[Finding]:
        rows = cleaned(form.stated())
        found = findings_of(programme, rows)
        if not found and rows == before:
            found = [error("nothing_changed", _("Nothing changes. Change, add or take out figures."))]
        return unless_stale(form, programme.row_version, found)

    def entails() -> list[Fact]:
        return consequences_of(programme, cleaned(form.stated()))

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        replace_asked(programme, form.stated(), actor=request.membership, version=version)
        return programme_url(programme)

    return keep(request, form, page, check=check, act=act, entails=entails)


def asked_panel(programme: Programme, membership: Membership) -> ProgrammePanel | None:
    """The figures that the outline asks for; nothing where there is no outline to ask under."""
    asked = list(OutlineIndicator.objects.filter(programme=programme).select_related("indicator"))
    if not asked and not programme.outline.exists():
        return None
    return ProgrammePanel(
        _("Status figures that the outline asks for"),
        "indicators/asking/_panel.html",
        {"asked": asked},
        url=reverse("programme_asked", args=[programme.code]),
        label=_("Change the figures"),
    )
