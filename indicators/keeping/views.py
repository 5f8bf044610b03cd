"""Pages on which the catalogue of indicators is kept."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, RemovePage, keep, remove, typed, why_not
from agencies.keeping.references import counted
from agencies.keeping.uses import listed
from agencies.keeping.versions import last_change, refuse_stale
from agencies.permissions import require
from core import clock
from core.downloads import download
from core.findings import Finding, Text
from core.notation import format_date
from indicators.keeping.actions import (
    change_indicator,
    create_indicator,
    refuse_removal,
    remove_indicator,
    retire_indicator,
    revive_indicator,
)
from indicators.keeping.checks import (
    findings_of,
    findings_of_change,
    findings_of_code,
    findings_of_retiring,
    is_used,
)
from indicators.keeping.exports import kept_workbook
from indicators.keeping.filters import KeptIndicatorFilter
from indicators.keeping.forms import IndicatorForm, RetireIndicatorForm
from indicators.keeping.shapes import MEANING, IndicatorStated, changed
from indicators.keeping.uses import USES
from indicators.models import Indicator

PAGE_SIZE = 50
OWN = ("indicators.OutlineIndicator",)
Crumbs = list[tuple[Text, str]]


def crumbs(indicator: Indicator | None = None) -> Crumbs:
    found: Crumbs = [
        (_("Administration"), reverse("administration")),
        (_("Indicators"), reverse("kept_indicator_list")),
    ]
    if indicator is not None:
        found.append((indicator.name, reverse("indicator_edit", args=[indicator.code])))
    return found


def _all() -> QuerySet[Indicator]:
    return Indicator.objects.order_by("position", "id")


@acting_required
def kept_indicator_list(request: ActingRequest) -> HttpResponse:
    """All indicators with how many targets and figures name each, and whether it was retired."""
    require(request.membership, "reference.manage")
    found = KeptIndicatorFilter(request.GET, queryset=_all())
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    uses = counted(Indicator, [one.pk for one in page.object_list], OWN)
    today, total = clock.today(), page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "rows": [
            (one, uses.get(one.pk, 0), one.valid_to is not None and one.valid_to < today)
            for one in page.object_list
        ],
        "count": ngettext("%(n)d indicator", "%(n)d indicators", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("kept_indicator_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "crumbs": crumbs()[:1],
    }
    return render(request, "indicators/keeping/list.html", context)


@acting_required
def kept_indicator_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "reference.manage")
    rows = list(KeptIndicatorFilter(request.GET, queryset=_all()).qs)
    uses = counted(Indicator, [one.pk for one in rows], OWN)
    return download(kept_workbook(rows, uses), "danh-muc-chi-tieu.xlsx")


@acting_required
def indicator_new(request: ActingRequest) -> HttpResponse:
    """A new indicator."""
    require(request.membership, "reference.manage")
    form = IndicatorForm(typed(request), is_new=True, initial={"position": 0})
    page = KeepPage(
        title=_("New indicator"),
        text=gettext_lazy("What is measured, in which unit, and which direction is better."),
        label=_("Enter the indicator"),
        done=gettext_lazy("The indicator is entered."),
        back_url=reverse("kept_indicator_list"),
        crumbs=crumbs(),
    )

    def check() -> Iterator[Finding]:
        if code := form.cleaned_data.get("code"):
            yield from findings_of_code(code)
        yield from findings_of(form.stated())

    def act() -> str:
        made = create_indicator(form.stated(), code=form.cleaned_data["code"], actor=request.membership)
        return reverse("indicator_edit", args=[made.code])

    return keep(request, form, page, check=check, act=act)


@acting_required
def indicator_edit(request: ActingRequest, code: str) -> HttpResponse:
    """What is stated of an indicator; with the basis and what it entails where it is used."""
    require(request.membership, "reference.manage")
    indicator = get_object_or_404(Indicator, code=code)
    used, uses = is_used(indicator), USES.of(indicator)
    before = IndicatorStated.of(indicator)
    initial = {name: getattr(before, name) for name in before.texts()}
    form = IndicatorForm(
        typed(request), is_used=used, initial={**initial, "row_version": indicator.row_version}
    )
    page = KeepPage(
        title=indicator.name,
        text=gettext_lazy("What is stated of the indicator in the catalogue."),
        label=_("Save"),
        done=gettext_lazy("The indicator is changed."),
        back_url=reverse("kept_indicator_list"),
        crumbs=crumbs(),
        last=last_change(indicator),
    )

    def check() -> Iterator[Finding]:
        after, version = form.stated(), form.cleaned_data.get("row_version")
        refuse_stale(indicator.row_version, version, yours=after.texts(), theirs=before.texts())
        return findings_of_change(indicator, before, after, form.cleaned_data.get("basis", ""))

    def entails() -> list[Fact]:
        after = form.stated()
        names = changed(MEANING, before, after)
        if not used or not names:
            return []
        old, new = ({name: one.texts()[name] for name in names} for one in (before, after))
        facts = form.changes(old, new)
        said = _("Targets, figures and files made from now on show it so; values stay.")
        return [*facts, (_("What rests on it"), listed(uses)), (_("What follows"), said)]

    def act() -> str:
        change_indicator(
            indicator,
            form.stated(),
            basis=form.cleaned_data.get("basis", ""),
            version=form.cleaned_data.get("row_version") or 0,
            actor=request.membership,
        )
        return reverse("kept_indicator_list")

    more: dict[str, Any] = {
        "indicator": indicator,
        "uses": uses,
        "aside": "indicators/keeping/_aside.html",
        "why_not_removed": why_not(partial(refuse_removal, indicator)),
    }
    return keep(request, form, page, check=check, act=act, entails=entails, more=more)


@acting_required
def indicator_retire(request: ActingRequest, code: str) -> HttpResponse:
    """The last day of an indicator, and what keeps it."""
    require(request.membership, "reference.manage")
    indicator = get_object_or_404(Indicator, code=code)
    now = format_date(indicator.valid_to)
    form = RetireIndicatorForm(
        typed(request), initial={"row_version": indicator.row_version, "valid_to": now}
    )
    page = KeepPage(
        title=_("Retire “%(indicator)s”") % {"indicator": indicator.name},
        text=gettext_lazy("Nothing new is stated for it in later years; targets and figures stay."),
        label=_("Retire the indicator"),
        ask=_("Look at what it entails"),
        done=gettext_lazy("The indicator has its last day."),
        back_url=reverse("indicator_edit", args=[indicator.code]),
        crumbs=crumbs(indicator),
        last=last_change(indicator),
    )

    def check() -> Iterator[Finding]:
        last_day, version = form.cleaned_data.get("valid_to"), form.cleaned_data.get("row_version")
        then = format_date(last_day)
        refuse_stale(indicator.row_version, version, yours={"valid_to": then}, theirs={"valid_to": now})
        return findings_of_retiring(last_day, form.cleaned_data.get("basis", ""))

    def entails() -> list[Fact]:
        last_day = format_date(form.cleaned_data["valid_to"])
        return [(_("Last day"), last_day), (_("Keeps it"), listed(USES.of(indicator)) or _("nothing"))]

    def act() -> str:
        retire_indicator(
            indicator,
            form.cleaned_data["valid_to"],
            basis=form.cleaned_data["basis"],
            version=form.cleaned_data["row_version"] or 0,
            actor=request.membership,
        )
        return reverse("kept_indicator_list")

    return keep(request, form, page, check=check, act=act, entails=entails)


@acting_required
def indicator_revive(request: ActingRequest, code: str) -> HttpResponse:
    """GET asks; a POST takes a retired indicator up again."""
    require(request.membership, "reference.manage")
    indicator = get_object_or_404(Indicator, code=code)
    url = reverse("indicator_edit", args=[indicator.code])
    if request.method == "POST":
        version = request.POST.get("row_version", "")
        revive_indicator(
            indicator, version=int(version) if version.isdigit() else -1, actor=request.membership
        )
        messages.success(request, _("“%(indicator)s” is taken up again.") % {"indicator": indicator.name})
        return redirect(url)
    context = {
        "heading": _("Take “%(indicator)s” up again?") % {"indicator": indicator.name},
        "text": _("Targets and figures can be stated for it again."),
        "facts": [(_("Last day"), format_date(indicator.valid_to))],
        "fields": {"row_version": indicator.row_version},
        "label": _("Take it up again"),
        "cancel_url": url,
        "crumbs": crumbs(indicator),
    }
    return render(request, "components/confirm_page.html", context)


@acting_required
def indicator_remove(request: ActingRequest, code: str) -> HttpResponse:
    """GET asks; a POST removes an indicator to which nothing refers."""
    require(request.membership, "reference.manage")
    indicator = get_object_or_404(Indicator, code=code)
    page = RemovePage(
        title=_("Remove “%(indicator)s”?") % {"indicator": indicator.name},
        text=_("Nothing refers to it. Its code is not used again."),
        facts=[(_("Code"), indicator.code), (_("Kind"), indicator.get_kind_display())],
        done=_("“%(indicator)s” is removed.") % {"indicator": indicator.name},
        back_url=reverse("indicator_edit", args=[indicator.code]),
        list_url=reverse("kept_indicator_list"),
        crumbs=crumbs(indicator),
    )
    act = partial(remove_indicator, indicator, actor=request.membership)
    return remove(request, page, refuse=partial(refuse_removal, indicator), act=act)
