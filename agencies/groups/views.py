"""Pages of the lists of agencies: all of them, one, entering, changing and removing one."""

from collections.abc import Iterator
from functools import partial

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.groups.actions import (
    OWN,
    change_group,
    create_group,
    findings_of_change,
    member_keys,
    refuse_removal,
    remove_group,
)
from agencies.groups.checks import findings_of_key, findings_of_stated
from agencies.groups.exports import groups_workbook
from agencies.groups.filters import GroupFilter
from agencies.groups.forms import GroupForm
from agencies.groups.shapes import GroupStated, MembersChange
from agencies.groups.uses import USES
from agencies.keeping.pages import Fact, KeepPage, RemovePage, keep, remove, typed, why_not
from agencies.keeping.references import counted
from agencies.keeping.uses import Use, listed
from agencies.keeping.versions import last_change, refuse_stale
from agencies.models import AgencyGroup
from agencies.permissions import require
from core.downloads import download
from core.findings import Finding, Text

PAGE_SIZE = 50
Crumbs = list[tuple[Text, str]]


def crumbs(group: AgencyGroup | None = None) -> Crumbs:
    found: Crumbs = [
        (_("Administration"), reverse("administration")),
        (_("Lists of agencies"), reverse("group_list")),
    ]
    if group is not None:
        found.append((group.name, reverse("group_detail", args=[group.key])))
    return found


def counting_members() -> QuerySet[AgencyGroup]:
    """All lists by day, each with the number of its members."""
    return AgencyGroup.objects.annotate(member_count=Count("memberships")).order_by("valid_on", "id")


@acting_required
def group_list(request: ActingRequest) -> HttpResponse:
    """All lists by day, with how many are on each and whether anything rests on it."""
    require(request.membership, "agency.manage")
    found = GroupFilter(request.GET, queryset=counting_members())
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    uses = counted(AgencyGroup, [one.pk for one in page.object_list], OWN)
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "rows": [(one, uses.get(one.pk, 0)) for one in page.object_list],
        "count": ngettext("%(n)d list", "%(n)d lists", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("group_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "crumbs": crumbs()[:1],
    }
    return render(request, "agencies/groups/list.html", context)


@acting_required
def group_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave with everybody on it, as XLSX."""
    require(request.membership, "agency.manage")
    found = GroupFilter(request.GET, queryset=counting_members())
    return download(groups_workbook(found.qs), "danh-sach-co-quan.xlsx")


@acting_required
def group_detail(request: ActingRequest, key: str) -> HttpResponse:
    """Who is on the list, in printed order, and what rests on it."""
    require(request.membership, "agency.manage")
    group = get_object_or_404(AgencyGroup, key=key)
    uses = USES.of(group)
    context = {
        "group": group,
        "members": group.memberships.select_related("agency"),
        "uses": uses,
        "why_not_removed": why_not(partial(refuse_removal, group)),
        "last": last_change(group),
        "crumbs": crumbs(),
    }
    return render(request, "agencies/groups/detail.html", context)


@acting_required
def group_new(request: ActingRequest) -> HttpResponse:
    """A new list; who is on it is entered on its own page."""
    require(request.membership, "agency.manage")
    form = GroupForm(typed(request), is_new=True)
    page = KeepPage(
        title=_("New list of agencies"),
        text=gettext_lazy("A list that a document speaks of. Who is on it is entered next."),
        label=_("Enter the list"),
        done=gettext_lazy("The list is entered. Put the agencies on it."),
        back_url=reverse("group_list"),
        crumbs=crumbs(),
    )

    def check() -> Iterator[Finding]:
        yield from findings_of_stated(form.stated())
        if key := form.cleaned_data.get("key"):
            yield from findings_of_key(key)

    def act() -> str:
        group = create_group(form.stated(), key=form.cleaned_data["key"], actor=request.membership)
        return reverse("group_members", args=[group.key])

    return keep(request, form, page, check=check, act=act)


@acting_required
def group_edit(request: ActingRequest, key: str) -> HttpResponse:
    """Name, day and document; where something rests on the list, with the basis and what it entails."""
    require(request.membership, "agency.manage")
    group = get_object_or_404(AgencyGroup, key=key)
    uses = USES.of(group)
    before = GroupStated.of(group)
    initial = {**before.texts(), "derived": group.derived, "row_version": group.row_version}
    form = GroupForm(typed(request), initial=initial, rests=bool(uses))
    url = reverse("group_detail", args=[group.key])
    page = KeepPage(
        title=_("Change “%(list)s”") % {"list": group.name},
        text=gettext_lazy("What is stated of the list; who is on it stands on a page of its own."),
        label=_("Save"),
        done=gettext_lazy("The list is changed."),
        back_url=url,
        crumbs=crumbs(group),
        last=last_change(group),
    )

    def check() -> list[Finding]:
        after = form.stated()
        refuse_stale(
            group.row_version,
            form.cleaned_data.get("row_version"),
            yours=after.texts(),
            theirs=before.texts(),
        )
        same = MembersChange.between(keys := member_keys(group), keys)
        return findings_of_change(group, after, same, form.cleaned_data.get("basis", ""))

    def entails() -> list[Fact]:
        return facts_of(uses, form.changes(before.texts(), form.stated().texts())) if uses else []

    def act() -> str:
        change_group(
            group,
            stated=form.stated(),
            basis=form.cleaned_data.get("basis", ""),
            version=form.cleaned_data.get("row_version") or 0,
            actor=request.membership,
        )
        return url

    return keep(request, form, page, check=check, act=act, entails=entails)


def facts_of(uses: list[Use], changed: list[Fact]) -> list[Fact]:
    """What a change of a list entails: what becomes of it, and what rests on it."""
    facts = [*changed]
    if uses:
        facts.append((_("What rests on it"), listed(uses)))
        said = _(
            "Report lines of periods that are open already stay as they were fixed, and so does what was"
            " compiled; plans, targets and periods opened from now on follow the changed list."
        )
        facts.append((_("What follows"), said))
    return facts


@acting_required
def group_remove(request: ActingRequest, key: str) -> HttpResponse:
    """GET asks; a POST removes a list to which nothing refers."""
    require(request.membership, "agency.manage")
    group = get_object_or_404(AgencyGroup, key=key)
    page = RemovePage(
        title=_("Remove “%(list)s”?") % {"list": group.name},
        text=_(
            "Nothing refers to it. Its code is not used again, and loading the documents brings it not back."
        ),
        facts=[(_("Members"), str(group.memberships.count())), (_("Document"), group.document_number)],
        done=_("“%(list)s” is removed.") % {"list": group.name},
        back_url=reverse("group_detail", args=[group.key]),
        list_url=reverse("group_list"),
        crumbs=crumbs(group),
    )
    act = partial(remove_group, group, actor=request.membership)
    return remove(request, page, refuse=partial(refuse_removal, group), act=act)
