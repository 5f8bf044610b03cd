"""The pages on which rows are typed: outline, checklist, and where the headings of other programmes go."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, keep, typed
from agencies.keeping.versions import last_change
from core.findings import Finding, Text, error
from plans.models import Programme
from plans.programmes import checklists, mappings, outline
from plans.programmes.forms.outline import (
    ChecklistForm,
    MappingForm,
    OutlineForm,
    checklist_rows,
    standing_rows,
    with_pasted,
)
from plans.programmes.forms.rows import AGAIN, PASTE
from plans.programmes.outline_paste import read_outline
from plans.programmes.versions import unless_stale
from plans.programmes.views.frame import crumbs_of, own_programme, programme_url


def _page(
    programme: Programme, title: str, text: Text, done: Text, template: str, ask: Text = ""
) -> KeepPage:
    return KeepPage(
        title=title % {"programme": programme.short_name},
        text=text,
        label=_("Save"),
        ask=ask,
        done=done,
        back_url=programme_url(programme),
        crumbs=crumbs_of(programme),
        template=template,
        last=last_change(programme),
    )


@acting_required
def programme_outline(request: ActingRequest, code: str) -> HttpResponse:
    """The headings as rows; what was pasted is shown as rows first, and nothing is saved unasked."""
    programme = own_programme(request, code)
    form = _outline_form(request, programme)
    page = _page(
        programme,
        _("Outline of “%(programme)s”"),
        gettext_lazy("The headings that a new plan begins with. Plans that are there keep theirs."),
        gettext_lazy("The outline is changed."),
        "plans/programmes/outline_form.html",
        ask=_("Look at what it entails"),
    )

    def change() -> outline.OutlineChange:
        return outline.change_between(list(programme.outline.all()), outline.cleaned(form.stated()))

    def check() -> list[Finding]:
        rows = outline.cleaned(form.stated())
        found = outline.findings_of(programme, rows)
        if not found and not change().anything:
            found = [error("nothing_changed", _("Nothing changes. Change, add or paste headings."))]
        return unless_stale(form, programme.row_version, found)

    def entails() -> list[Fact]:
        return outline.consequences_of(programme, change())

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        outline.replace_outline(programme, form.stated(), actor=request.membership, version=version)
        return programme_url(programme) + "#outline"

    more = {"programme": programme, "pasted_rows": getattr(form, "pasted_rows", None)}
    return keep(request, form, page, check=check, act=act, entails=entails, more=more)


def _outline_form(request: ActingRequest, programme: Programme) -> OutlineForm:
    """What stands, what was typed, or what was typed together with what was pasted."""
    data = typed(request)
    standing = standing_rows(outline.rows_of(programme))
    initial = {"row_version": programme.row_version}
    form = OutlineForm(data, standing=standing, initial=initial)
    if request.method != "POST" or request.POST.get(AGAIN) != PASTE:
        return form
    form.is_valid()
    said = form.cleaned_data
    pasted = read_outline(said.get("pasted", ""))
    rows = with_pasted(form.stated(), pasted, said.get("mode", "")) if pasted else None
    if rows is None:
        return form
    again = OutlineForm(None, standing=rows, initial={"row_version": said.get("row_version")})
    again.pasted_rows = len(pasted)  # type: ignore[attr-defined]
    return again


@acting_required
def programme_checklist(request: ActingRequest, code: str) -> HttpResponse:
    """What reviewers check before a plan is decided."""
    programme = own_programme(request, code)
    standing = checklist_rows(checklists.rows_of(programme))
    form = ChecklistForm(typed(request), standing=standing, initial={"row_version": programme.row_version})
    page = _page(
        programme,
        _("Checklist of “%(programme)s”"),
        gettext_lazy(
            "Reviewers tick it while a plan is in review; approving and returning keep what was ticked. A "
            "required item bars an approval until it is ticked."
        ),
        gettext_lazy("The checklist is changed."),
        "plans/programmes/checklist_form.html",
    )

    def check() -> list[Finding]:
        rows = checklists.cleaned(form.stated())
        return unless_stale(form, programme.row_version, checklists.findings_of(programme, rows))

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        checklists.replace_checklist(programme, form.stated(), actor=request.membership, version=version)
        return programme_url(programme) + "#checklist"

    return keep(request, form, page, check=check, act=act, more={"programme": programme})


@acting_required
def programme_mapping(request: ActingRequest, code: str, source: str) -> HttpResponse:
    """Where the headings of one other programme go when its text is taken over."""
    programme = own_programme(request, code)
    other = next((one for one in mappings.sources_for(programme) if one.code == source), None)
    if other is None:
        raise Http404
    form = MappingForm(
        typed(request),
        headings=mappings.headings_of(programme, other),
        programme=programme,
        initial={"row_version": programme.row_version},
    )
    page = _page(
        programme,
        _("Headings taken over into “%(programme)s”"),
        _("From “%(source)s”: a heading that goes nowhere is not taken over.") % {"source": other.short_name},
        gettext_lazy("The mapping is changed."),
        "plans/programmes/mapping_form.html",
    )

    def check() -> list[Finding]:
        found = mappings.findings_of(programme, other, form.stated())
        return unless_stale(form, programme.row_version, found)

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        mappings.replace_mapping(programme, other, form.stated(), actor=request.membership, version=version)
        return programme_url(programme) + "#outline"

    count = len(form.headings)
    more: dict[str, Any] = {
        "programme": programme,
        "count": ngettext("%(n)d heading", "%(n)d headings", count) % {"n": count},
    }
    return keep(request, form, page, check=check, act=act, more=more)
