"""Lists of agencies: entering one, changing what is stated of it and who is on it, removing it."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies import audit
from agencies.groups.checks import (
    KEY_LENGTH,
    REMOVED,
    findings_of_basis,
    findings_of_key,
    findings_of_members,
    findings_of_stated,
    unknown_keys,
)
from agencies.groups.shapes import GroupStated, MembersChange
from agencies.groups.uses import USES
from agencies.keeping.findings import refuse
from agencies.keeping.references import referring, refuse_referred, removed_keys
from agencies.keeping.versions import refuse_stale
from agencies.models import Agency, AgencyGroup, GroupMember, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import Finding
from core.vietnamese import clean, search_key

# Rows that belong to a list itself and do not rest on it.
OWN = ("agencies.GroupMember",)


def create_group(
    stated: GroupStated, members: Sequence[str] = (), *, actor: Membership, key: str = ""
) -> AgencyGroup:
    """A new list with its members in order; without a key one is made of the name.

    Raises `NotAllowed`, or `Refused` with everything that is wrong.
    """
    stated, key = stated.cleaned(), clean(key)
    with audit.recording() as record:
        require(actor, "agency.manage")
        found = _found(members)
        findings = [*findings_of_stated(stated), *unknown_keys(members, found)]
        if key:
            findings += findings_of_key(key)
        if stated.valid_on is not None:
            findings += findings_of_members(found.values(), stated.valid_on)
        refuse(findings, "group")
        group = AgencyGroup(key=key or new_key(stated.name))
        _put(group, stated)
        group.save()
        _write_members(group, list(dict.fromkeys(members)), found)
        record.add("create_group", group, actor=actor, **stated.texts(), members=list(members))
    return group


def change_group(
    group: AgencyGroup,
    *,
    stated: GroupStated | None = None,
    members: Sequence[str] | None = None,
    basis: str = "",
    version: int,
    actor: Membership,
) -> AgencyGroup:
    """Change what is stated of a list, its members, or both; None leaves as it is.

    `version` is that of the row on which the change was made. Raises `NotAllowed`, `Conflict`, or `Refused`
    with everything that is wrong; without a basis nothing is changed on which plans or reports rest.
    """
    basis = clean(basis)
    with audit.recording() as record:
        require(actor, "agency.manage")
        row = lock(group)
        before, keys = GroupStated.of(row), member_keys(row)
        after = before if stated is None else stated.cleaned()
        change = MembersChange.between(keys, keys if members is None else members)
        refuse_stale(
            row.row_version,
            version,
            yours={**after.texts(), "members": "\n".join(change.keys)},
            theirs={**before.texts(), "members": "\n".join(keys)},
        )
        if after == before and list(change.keys) == keys:
            return row
        found = _found(change.keys)
        refuse([*findings_of_change(row, after, change, basis), *unknown_keys(change.keys, found)], "group")
        _put(row, after)
        row.row_version += 1
        row.save()
        if list(change.keys) != keys:
            _write_members(row, change.keys, found)
        record.add("change_group", row, actor=actor, **_said(before, after, change, basis))
    return row


def remove_group(group: AgencyGroup, *, actor: Membership) -> None:
    """Remove a list to which nothing refers. Raises `NotAllowed`, or `Refused` with what does."""
    with audit.recording() as record:
        require(actor, "agency.manage")
        row = lock(group)
        keys = member_keys(row)
        refuse_removal(row)
        record.add(REMOVED, row, actor=actor, key=row.key, members=keys)
        row.delete()


def refuse_removal(group: AgencyGroup) -> None:
    """Raise `Refused` with everything that refers to the list."""
    instead = _("What is history stays; it can be changed on a basis.")
    refuse_referred(group.name, USES.of(group), referring(group, OWN), instead)


def findings_of_change(
    group: AgencyGroup, after: GroupStated, change: MembersChange, basis: str
) -> list[Finding]:
    """Everything that is wrong with a change; agencies that joined, or all where the day moved."""
    findings = list(findings_of_stated(after))
    if after.valid_on is not None:
        moved = after.valid_on != group.valid_on
        judged = Agency.objects.filter(key__in=change.keys if moved else change.added)
        findings += findings_of_members(judged.in_order(), after.valid_on)
    return [*findings, *findings_of_basis(basis, rests=bool(USES.of(group)))]


def member_keys(group: AgencyGroup) -> list[str]:
    """The keys of the members in printed order."""
    return list(group.memberships.order_by("position", "id").values_list("agency__key", flat=True))


def new_key(name: str) -> str:
    """A slug of the name; a key is never used again."""
    taken = set(AgencyGroup.objects.values_list("key", flat=True)) | removed_keys(REMOVED) | {"new"}
    slug = slugify(search_key(name))[: KEY_LENGTH - 4].strip("-") or "danh-sach"
    return next(key for key in (slug, *(f"{slug}-{n}" for n in range(2, 999))) if key not in taken)


def _found(keys: Sequence[str]) -> dict[str, Agency]:
    return {one.key: one for one in Agency.objects.filter(key__in=list(keys))}


def _put(group: AgencyGroup, stated: GroupStated) -> None:
    assert stated.valid_on is not None
    group.name, group.valid_on = stated.name, stated.valid_on
    group.document_number, group.note, group.derived = stated.document_number, stated.note, stated.derived


def _write_members(group: AgencyGroup, keys: Sequence[str], found: dict[str, Agency]) -> None:
    """The members in their order; who stays keeps the note that was printed beside the name."""
    notes = dict(group.memberships.values_list("agency__key", "note"))
    group.memberships.all().delete()
    GroupMember.objects.bulk_create(
        GroupMember(group=group, agency=found[key], position=position, note=notes.get(key, ""))
        for position, key in enumerate(keys, start=1)
    )


def _said(before: GroupStated, after: GroupStated, change: MembersChange, basis: str) -> dict[str, Any]:
    """What the record says: each value that changed with the one before, who came and who went."""
    said: dict[str, Any] = {"basis": basis} if basis else {}
    old, new = before.texts(), after.texts()
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        said["before"] = {name: old[name] for name in changed}
        said["after"] = {name: new[name] for name in changed}
    if change:
        said |= {"added": list(change.added), "removed": list(change.removed)}
    return {**said, "members": len(change.keys)}
