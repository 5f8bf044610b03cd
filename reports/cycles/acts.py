"""What an administrator does to an open period: one literal table, from which page and buttons are drawn."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import AuditEntry, Membership
from agencies.offering import ObjectAct, Offer, offers
from core.api.fields import read_day
from core.findings import Text
from core.notation import format_date
from reports.cycles.keeping import why_closed, why_not_deleted
from reports.models import Cycle
from reports.views.access import cycle_url

CHANGE, ADD, WITHDRAW, DELETE = "change", "add", "withdraw", "delete"
ACTS: tuple[ObjectAct, ...] = (
    ObjectAct(CHANGE, gettext_lazy("Change deadline or title"), "cycle.manage", why_closed),
    ObjectAct(ADD, gettext_lazy("Add agencies"), "cycle.manage", why_closed),
    ObjectAct(WITHDRAW, gettext_lazy("Withdraw an agency"), "cycle.manage", why_closed),
    ObjectAct(DELETE, gettext_lazy("Remove the period"), "cycle.manage", why_not_deleted),
)


def offered(cycle: Cycle, membership: Membership) -> list[Offer]:
    """The acts on the period, shut with the reason where the reader may not or nobody can."""
    return list(
        offers(ACTS, cycle, membership, lambda name: cycle_url("kept_cycle_act", cycle, name=name)).values()
    )


# What each act is called once it is done; the keys are verbs of the audit on a period.
DONE: Mapping[str, Text] = {
    "open_cycle": gettext_lazy("Opened"),
    "change_cycle": gettext_lazy("Deadline or title changed"),
    "add_agencies": gettext_lazy("Agencies added"),
    "withdraw_agency": gettext_lazy("Agency withdrawn"),
}


def history_of(cycle: Cycle) -> list[dict[str, Any]]:
    """In the shape of components/history.html, the latest first; one query."""
    records = AuditEntry.objects.filter(
        object_kind=cycle._meta.label_lower, object_id=str(cycle.pk), verb__in=DONE
    )
    return [
        {
            "when": one.at,
            "what": DONE[one.verb],
            "who": f"{one.user}, {one.agency.short_name}" if one.user and one.agency else "",
            "note": " · ".join(filter(None, _notes(json.loads(one.data)))),
        }
        for one in records.select_related("user", "agency").order_by("-sequence")
    ]


def _notes(data: Mapping[str, Any]) -> list[str]:
    """What an entry says besides its verb, in words."""
    changed = data.get("changed", {})
    found = (
        [" → ".join(format_date(read_day(day)) for day in changed["due_on"])] if "due_on" in changed else []
    )
    found += [" → ".join(f"“{title}”" for title in changed["title"])] if "title" in changed else []
    if count := data.get("obligations"):
        found.append(ngettext("%(n)d agency", "%(n)d agencies", count) % {"n": count})
    found += [", ".join(data.get("agencies", [])), data.get("agency", ""), data.get("document", "")]
    if data.get("filed_before"):
        found.append(_("filed before: %(n)d") % {"n": data["filed_before"]})
    return [*found, data.get("reason", ""), data.get("basis", "")]
