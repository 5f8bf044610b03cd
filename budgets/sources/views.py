"""Pages of the funding sources: the tree, entering, changing, retiring and removing one."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import Fact, KeepPage, RemovePage, keep, remove, typed, why_not
from agencies.keeping.uses import listed
from agencies.keeping.versions import last_change, refuse_stale
from agencies.permissions import require
from budgets.models import FundingSource
from budgets.sources.actions import (
    both,
    change_source,
    create_source,
    findings_of_change,
    refuse_removal,
    remove_source,
)
from budgets.sources.checks import findings_of, findings_of_code
from budgets.sources.exports import sources_workbook
from budgets.sources.filters import SourceFilter
from budgets.sources.forms import RetireSourceForm, SourceForm
from budgets.sources.retiring import facts_of_retiring, findings_of_retiring, retire_source
from budgets.sources.shapes import MEANING, SourceStated, changed_meaning
from budgets.sources.tree import Node, nodes
from budgets.sources.uses import USES, subtree
from core import clock
from core.downloads import download
from core.findings import Finding, Text
from core.notation import format_date

Crumbs = list[tuple[Text, str]]


def crumbs(source: FundingSource | None = None) -> Crumbs:
    found: Crumbs = [
        (_("Administration"), reverse("administration")),
        (_("Funding sources"), reverse("source_list")),
    ]
    if source is not None:
        found.append((source.name, reverse("source_edit", args=[source.code])))
    return found


def _found(request: ActingRequest) -> tuple[SourceFilter, list[Node]]:
    """The filters, and the tree as far as they leave it."""
    found = SourceFilter(request.GET, queryset=FundingSource.objects.all())
    narrows = any(request.GET.get(name) for name in found.filters)
    kept = set(found.qs.values_list("pk", flat=True)) if narrows else None
    return found, nodes(kept)


@acting_required
def source_list(request: ActingRequest) -> HttpResponse:
    """The tree of sources: who may use each, from when to when, how many amounts name it."""
    require(request.membership, "reference.manage")
    found, rows = _found(request)
    today = clock.today()
    context = {
        "filter": found,
        "rows": [(node, node.ended_by(today)) for node in rows],
        "count": ngettext("%(n)d source", "%(n)d sources", len(rows)) % {"n": len(rows)},
        "exports": [(_("As XLSX"), reverse("source_list_export"))],
        "filtered": any(request.GET.values()),
        "crumbs": crumbs()[:1],
    }
    return render(request, "budgets/sources/list.html", context)


@acting_required
def source_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "reference.manage")
    return download(sources_workbook(_found(request)[1]), "nguon-von.xlsx")


@acting_required
def source_new(request: ActingRequest) -> HttpResponse:
    """A new source in its place in the tree."""
    require(request.membership, "reference.manage")
    parent = FundingSource.objects.filter(code=request.GET.get("under", "")).first()
    initial = {"parent": parent.code if parent else "", "tier": parent.tier if parent else "", "position": 0}
    form = SourceForm(typed(request), source=None, initial=initial)
    page = KeepPage(
        title=_("New funding source"),
        text=gettext_lazy("It is offered to those named under “Who may use it”, and to nobody else."),
        label=_("Enter the source"),
        done=gettext_lazy("The source is entered."),
        back_url=reverse("source_list"),
        crumbs=crumbs(),
        template="budgets/sources/form.html",
    )

    def check() -> Iterator[Finding]:
        yield from findings_of_code(form.cleaned_data.get("code", ""))
        yield from findings_of(form.stated())

    def act() -> str:
        create_source(form.cleaned_data["code"], form.stated(), actor=request.membership)
        return reverse("source_list")

    return keep(request, form, page, check=check, act=act)


@acting_required
def source_edit(request: ActingRequest, code: str) -> HttpResponse:
    """What is stated of a source; with the basis and what it entails where there is money of it."""
    require(request.membership, "reference.manage")
    source = get_object_or_404(FundingSource.objects.select_related("parent"), code=code)
    before = SourceStated.of(source)
    uses = USES.of(subtree(source))
    is_leaf = not source.children.exists()
    form = SourceForm(
        typed(request),
        source=source,
        uses=before.uses,
        is_leaf=is_leaf,
        rests=bool(uses),
        initial={**before.texts(), "row_version": source.row_version},
    )
    page = KeepPage(
        title=source.name,
        text=gettext_lazy("What is stated of the source, and who may use it."),
        label=_("Save"),
        done=gettext_lazy("The source is changed."),
        back_url=reverse("source_list"),
        crumbs=crumbs(),
        template="budgets/sources/form.html",
        last=last_change(source),
    )

    def check() -> list[Finding]:
        after = form.stated()
        refuse_stale(source.row_version, form.cleaned_data.get("row_version"), **both(after, before))
        return findings_of_change(source, before, after, form.cleaned_data.get("basis", ""))

    def entails() -> list[Fact]:
        after = form.stated()
        if not uses or not changed_meaning(before, after):
            return []
        said = _("Every figure of these shows it so from now on, those of past years too; amounts stay.")
        old, new = ({name: one.texts()[name] for name in MEANING} for one in (before, after))
        return [
            *form.changes(old, new),
            (_("What rests on it"), listed(uses)),
            (_("What follows"), said),
        ]

    def act() -> str:
        change_source(
            source,
            form.stated(),
            basis=form.cleaned_data.get("basis", ""),
            version=form.cleaned_data.get("row_version") or 0,
            actor=request.membership,
        )
        return reverse("source_list")

    more = {
        "source": source,
        "uses": uses,
        "is_leaf": is_leaf,
        "aside": "budgets/sources/_aside.html",
        "why_not_removed": why_not(partial(refuse_removal, source)),
        "today": clock.today(),
    }
    return keep(request, form, page, check=check, act=act, entails=entails, more=more)


@acting_required
def source_retire(request: ActingRequest, code: str) -> HttpResponse:
    """The last day of a source and of what stands under it; then what that entails; then the act."""
    require(request.membership, "reference.manage")
    source = get_object_or_404(FundingSource, code=code)
    initial = {"row_version": source.row_version, "valid_to": format_date(source.valid_to)}
    form = RetireSourceForm(typed(request), initial=initial)
    page = KeepPage(
        title=_("Retire “%(source)s”") % {"source": source.name},
        text=gettext_lazy("Old figures keep it; nobody can plan money of later years from it."),
        label=_("Retire the source"),
        ask=_("Look at what it entails"),
        done=gettext_lazy("The source has its last day."),
        back_url=reverse("source_edit", args=[source.code]),
        crumbs=crumbs(source),
        last=last_change(source),
    )

    def said() -> dict[str, Any]:
        return {name: form.cleaned_data.get(name) for name in ("valid_to", "basis")}

    def check() -> Iterator[Finding]:
        now, then = format_date(source.valid_to), format_date(said()["valid_to"])
        version = form.cleaned_data.get("row_version")
        refuse_stale(source.row_version, version, yours={"valid_to": then}, theirs={"valid_to": now})
        return findings_of_retiring(source, said()["valid_to"], said()["basis"] or "")

    def act() -> str:
        version = form.cleaned_data.get("row_version") or 0
        retire_source(
            source, said()["valid_to"], basis=said()["basis"], version=version, actor=request.membership
        )
        return reverse("source_list")

    def entails() -> list[Fact]:
        return facts_of_retiring(source, said()["valid_to"])

    return keep(request, form, page, check=check, act=act, entails=entails)


@acting_required
def source_remove(request: ActingRequest, code: str) -> HttpResponse:
    """GET asks; a POST removes a source to which nothing refers."""
    require(request.membership, "reference.manage")
    source = get_object_or_404(FundingSource, code=code)
    page = RemovePage(
        title=_("Remove “%(source)s”?") % {"source": source.name},
        text=_("There is no money of it. Its code is not used again."),
        facts=[(_("Code"), source.code), (_("Tier"), source.get_tier_display())],
        done=_("“%(source)s” is removed.") % {"source": source.name},
        back_url=reverse("source_edit", args=[source.code]),
        list_url=reverse("source_list"),
        crumbs=crumbs(source),
    )
    act = partial(remove_source, source, actor=request.membership)
    return remove(request, page, refuse=partial(refuse_removal, source), act=act)
