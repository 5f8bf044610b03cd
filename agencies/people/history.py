"""What administrators did to a person's account and rights, from the chain of acts."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, AuditEntry, DelegationKind, Membership, Role, User
from agencies.people.rules import period_words
from agencies.people.scope import keeps_all, kept_agencies
from core.api.fields import read_day
from core.findings import Text

# What each act is called once it is done; the keys are verbs of the audit on a person.
DONE: Mapping[str, Text] = {
    "create_account": gettext_lazy("Account made"),
    "invite": gettext_lazy("Invited"),
    "invite_again": gettext_lazy("Invitation sent again"),
    "withdraw_invitation": gettext_lazy("Invitation withdrawn"),
    "accept_invitation": gettext_lazy("Password chosen, account open"),
    "correct_person": gettext_lazy("Account corrected"),
    "add_membership": gettext_lazy("Membership added"),
    "change_membership": gettext_lazy("Days of a membership changed"),
    "stop_membership": gettext_lazy("Membership ended at once"),
    "remove_membership": gettext_lazy("Membership taken out"),
    "delegate": gettext_lazy("Signature delegated to this person"),
    "withdraw_delegation": gettext_lazy("Delegation of signature withdrawn"),
    "hand_over_work": gettext_lazy("Drafts handed over"),
    "reset_second_step": gettext_lazy("Two-step sign-in reset"),
    "sign_out_everywhere": gettext_lazy("Signed out everywhere"),
    "make_superuser": gettext_lazy("Made a superuser"),
    "unmake_superuser": gettext_lazy("A superuser no longer"),
    "deactivate": gettext_lazy("Deactivated"),
    "reactivate": gettext_lazy("Reactivated"),
}
SHOWN = 50


def history_of(person: User, actor: Membership) -> list[dict[str, Any]]:
    """In the shape of components/history.html, the latest first. Two queries, or three for a part of it.

    What was done to memberships of agencies whose people the actor does not manage is left out.
    """
    records = AuditEntry.objects.filter(
        object_kind=person._meta.label_lower, object_id=str(person.pk), verb__in=DONE
    )
    read = records.select_related("user", "agency").order_by("-sequence")[:SHOWN]
    found = _as_kept([(one, json.loads(one.data)) for one in read], actor)
    keys = {key for _entry, data in found for key in _agencies_in(data)}
    names = dict(Agency.objects.filter(key__in=keys).values_list("key", "short_name"))
    return [
        {
            "when": one.at,
            "what": DONE[one.verb],
            "who": f"{one.user}, {one.agency.short_name}" if one.user and one.agency else "",
            "note": " · ".join(filter(None, _notes(data, names))),
        }
        for one, data in found
    ]


Entries = list[tuple[AuditEntry, dict[str, Any]]]


def _as_kept(entries: Entries, actor: Membership) -> Entries:
    """Those that name no agency, or one that the actor keeps; of several memberships, the ones there."""
    if keeps_all(actor):
        return entries
    kept = set(kept_agencies(actor).values_list("key", flat=True))
    for _entry, data in entries:
        if "memberships" in data:
            data["memberships"] = [one for one in data["memberships"] if one.get("agency") in kept]
    return [(entry, data) for entry, data in entries if "agency" not in data or data["agency"] in kept]


def _agencies_in(data: Mapping[str, Any]) -> list[str]:
    return [one["agency"] for one in (data, *data.get("memberships", ())) if "agency" in one]


def _notes(data: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What an entry says besides its verb, in words."""
    found = [_membership(one, names) for one in (data, *data.get("memberships", ())) if "agency" in one]
    for name, label in (("full_name", _("full name")), ("post", _("post")), ("email", _("e-mail address"))):
        change = data.get(name)
        if isinstance(change, dict):
            found.append(f"{label}: “{change['before']}” → “{change['after']}”")
    if data.get("kind") in DelegationKind.values:
        found.append(_("signs for %(giver)s") % {"giver": data.get("giver", "")})
    if data.get("to") and "from" not in data:
        found.append(_("to %(person)s") % {"person": data["to"]})
    return [*found, str(data.get("document", "")), str(data.get("reason", ""))]


def _membership(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    words = [names.get(data["agency"], data["agency"])]
    if data.get("role") in Role.values:
        words.append(str(Role(data["role"]).label))
    if data.get("from") or ("from" in data and data.get("to")):
        words.append(period_words(read_day(data["from"]), read_day(data["to"])))
    return ", ".join(words)
