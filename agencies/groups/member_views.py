"""The page on which agencies are put on a list and taken off it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.groups.actions import change_group, findings_of_change
from agencies.groups.forms import REPLACE, MembersForm
from agencies.groups.matching import MOST_LINES, Directory, Line
from agencies.groups.shapes import GroupStated, MembersChange
from agencies.groups.uses import USES
from agencies.groups.views import crumbs, facts_of
from agencies.keeping.pages import Fact, KeepPage, keep, typed
from agencies.keeping.versions import last_change
from agencies.models import Agency, AgencyGroup
from agencies.permissions import require
from core.findings import Finding, Place, error

OFFERED = 40
"""How many agencies a search on the page offers."""
NAMED = 60
"""How many agencies the question names; the others are counted."""


class MembersPage:
    """One request for the page: who is on the list, what was found, what was pasted."""

    def __init__(self, request: ActingRequest, group: AgencyGroup) -> None:
        self.request = request
        self.group = group
        self.uses = USES.of(group)
        rows = group.memberships.select_related("agency")
        self.members = [(row.agency.key, row.agency.name) for row in rows]
        data = typed(request)
        ticked = data.getlist("add") if data is not None else []
        query = data.get("q", "") if data is not None else request.GET.get("q", "")
        self.form = MembersForm(
            data,
            initial={"row_version": group.row_version, "q": query},
            members=self.members,
            offered=self._offered(query, ticked),
            rests=bool(self.uses),
        )
        self.lines: list[Line] = []

    def _offered(self, query: str, ticked: list[str]) -> list[tuple[str, str]]:
        """Those that the search finds, and those that were ticked before it; nobody who is on the list."""
        there = {key for key, _name in self.members}
        found = Agency.objects.filter(key__in=ticked).in_order()
        offered = {one.key: one.name for one in found}
        if query.strip():
            living = Agency.objects.in_force(self.group.valid_on).matching(query).in_order()
            offered |= {one.key: one.name for one in living[: OFFERED + len(there)]}
        return [(key, name) for key, name in offered.items() if key not in there][: OFFERED + len(ticked)]

    def change(self) -> MembersChange:
        """The list as it would be: what stays, what was ticked, what was pasted."""
        said = self.form.cleaned_data
        pasted = [line.agency.key for line in self.lines if line.agency]
        keys = [key for key, _name in self.members]
        if said.get("mode") == REPLACE and self.lines:
            after = [*pasted, *said.get("add", [])]
        else:
            gone = set(said.get("remove", []))
            after = [*(key for key in keys if key not in gone), *said.get("add", []), *pasted]
        return MembersChange.between(keys, after)

    def check(self) -> list[Finding]:
        said = self.form.cleaned_data
        self.lines = Directory(Agency.objects.in_order(), self.group.valid_on).read(said.get("pasted", ""))
        if len(self.lines) > MOST_LINES:
            words = _("%(n)d lines are too many; paste at most %(most)d.")
            values = {"n": len(self.lines), "most": MOST_LINES}
            return [error("too_many_lines", words % values, Place(path="pasted"))]
        if said.get("row_version") != self.group.row_version:
            again = self.request.POST.copy()
            again["row_version"] = str(self.group.row_version)
            self.form.data = again
            words = _("Somebody changed the list meanwhile. Look at it again; what you stated is still here.")
            return [error("conflict", words)]
        faults = [line.finding for line in self.lines if line.finding]
        change = self.change()
        if list(change.keys) == [key for key, _name in self.members] and not faults:
            return [error("nothing_changed", _("Nothing changes. Tick, look for or paste agencies."))]
        basis = said.get("basis", "")
        return [*faults, *findings_of_change(self.group, GroupStated.of(self.group), change, basis)]

    def entails(self) -> list[Fact]:
        change = self.change()
        names = dict(
            Agency.objects.filter(key__in=[*change.added, *change.removed]).values_list("key", "name")
        )
        known = len({line.agency.key for line in self.lines if line.agency} - set(change.added))
        facts: list[Fact] = [
            (_("Put on"), _named([names[key] for key in change.added])),
            (_("Taken off"), _named([names[key] for key in change.removed])),
        ]
        if self.lines:
            facts.append((_("Pasted, on the list already"), str(known)))
        facts.append((_("Then on the list"), str(len(change.keys))))
        return facts_of(self.uses, facts)

    def act(self) -> str:
        said = self.form.cleaned_data
        change_group(
            self.group,
            members=self.change().keys,
            basis=said.get("basis", ""),
            version=said.get("row_version") or 0,
            actor=self.request.membership,
        )
        return reverse("group_detail", args=[self.group.key])


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    listed = "; ".join(names[:NAMED])
    return f"{len(names)}: {listed}" + (f"; +{more}" if more > 0 else "") if names else ""


@acting_required
def group_members(request: ActingRequest, key: str) -> HttpResponse:
    """Ticks, a search and a paste; then what comes of it; then the change."""
    require(request.membership, "agency.manage")
    group = get_object_or_404(AgencyGroup, key=key)
    state = MembersPage(request, group)
    page = KeepPage(
        title=_("Who is on “%(list)s”") % {"list": group.name},
        text=gettext_lazy("Nothing is changed before you have seen what comes of it."),
        label=_("Change the list"),
        ask=_("Look at what it entails"),
        done=gettext_lazy("The list is changed."),
        back_url=reverse("group_detail", args=[group.key]),
        crumbs=crumbs(group),
        template="agencies/groups/members.html",
        last=last_change(group),
    )
    more: dict[str, Any] = {"group": group, "members": group.memberships.select_related("agency")}
    return keep(request, state.form, page, check=state.check, act=state.act, entails=state.entails, more=more)
