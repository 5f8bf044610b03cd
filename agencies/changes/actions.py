"""`change_agencies()`: the one action that changes the list of agencies, whatever the change is."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from agencies import audit
from agencies.changes.checks import findings_of
from agencies.changes.people import keep_an_administrator, move_people
from agencies.changes.register import Register
from agencies.changes.shapes import (
    Basis,
    Change,
    Create,
    Edit,
    End,
    Merge,
    MovePeople,
    NewAgency,
    Outcome,
    Remove,
    Rename,
    Split,
    Successor,
)
from agencies.models import Agency, AuditEntry, Membership, Succession
from agencies.permissions import require
from core import clock
from core.findings import Refused
from core.vietnamese import clean

VERBS: dict[type, str] = {
    Create: "create_agency",
    Rename: "rename_agency",
    Merge: "merge_agencies",
    Split: "split_agency",
    End: "end_agency",
    Edit: "edit_agency",
    Remove: "delete_agency",
    MovePeople: "move_people",
}


def change_agencies(change: Change, *, actor: Membership, with_people: bool = False) -> Outcome:
    """Do one change: lock the list, check the person, check the change, write it whole, record it.

    `with_people` moves the people of what ends to its principal successor. Raises `NotAllowed`, or `Refused`
    with every finding; then nothing is written.
    """
    with audit.recording() as record:
        require(actor, "agency.manage")
        if with_people or isinstance(change, MovePeople):
            require(actor, "people.manage")
        register = Register.locked()
        if findings := findings_of(change, register):
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="agency_change")
        outcome = _write(change, register, with_people)
        Succession.objects.spread()
        if not isinstance(change, Create | Edit | Remove):
            keep_an_administrator(max(clock.today(), _day_of(change)))
        subject = outcome.agency or register.fresh(change.agency)  # type: ignore[union-attr]
        record.add(VERBS[type(change)], subject, actor=actor, **_said(change, outcome))
        if isinstance(change, Remove):
            _remove_row(register.fresh(change.agency))
    return outcome


def _day_of(change: Change) -> Any:
    basis: Basis | None = getattr(change, "basis", None)
    return basis.day if basis else clock.today()


def _said(change: Change, outcome: Outcome) -> dict[str, Any]:
    """What the record says: document and day, the agencies made, how many people followed."""
    said: dict[str, Any] = dict(outcome.said)
    if basis := getattr(change, "basis", None):
        said |= {"document": clean(basis.document), "on": basis.on}
    if reason := getattr(change, "reason", ""):
        said["reason"] = clean(reason, multiline=True)
    if outcome.made:
        said["made"] = [one.key for one in outcome.made]
    if outcome.moved or isinstance(change, MovePeople):
        said["people"] = outcome.moved
    return said


@singledispatch
def _write(change: object, register: Register, with_people: bool) -> Outcome:
    raise TypeError(change)


@_write.register
def _create(change: Create, register: Register, with_people: bool) -> Outcome:
    made = _make(change.new, change.basis, register)
    return Outcome(made, (made,))


@_write.register
def _rename(change: Rename, register: Register, with_people: bool) -> Outcome:
    old = register.fresh(change.agency)
    new = NewAgency(
        name=change.name,
        short_name=change.short_name or change.name,
        kind=old.kind,
        parent=old.parent,
        province_code=old.province_code,
        region=old.region,
        place=old.place,
        position=old.position,
    )
    _end_row(old, change.basis)
    made = _make(new, change.basis, register)
    moved = _pass_on([old], made, Succession.Kind.RENAMED, change.basis, with_people)
    return Outcome(made, (made,), moved, {"renamed": old.key, "from_name": old.name})


@_write.register
def _merge(change: Merge, register: Register, with_people: bool) -> Outcome:
    old = [register.fresh(one) for one in change.agencies]
    for one in old:
        _end_row(one, change.basis)
    successor, made = _found_or_made(change.into, change.basis, register, like=old[0])
    moved = _pass_on(old, successor, Succession.Kind.MERGED, change.basis, with_people)
    return Outcome(successor, made, moved, {"merged": [one.key for one in old]})


@_write.register
def _split(change: Split, register: Register, with_people: bool) -> Outcome:
    old = register.fresh(change.agency)
    if not change.continues:
        _end_row(old, change.basis)
    made: list[Agency] = []
    successors: list[Agency] = []
    for part in change.parts:
        successor, new = _found_or_made(part, change.basis, register, like=old, also=made)
        successors.append(successor)
        made += new
    moved = 0
    for number, successor in enumerate(successors):
        principal = not change.continues and number == change.principal
        kind = Succession.Kind.SPLIT
        moved += _pass_on([old], successor, kind, change.basis, with_people and principal, principal)
    parts = [one.key for one in successors]
    return Outcome(old, tuple(made), moved, {"parts": parts, "continues": change.continues})


@_write.register
def _end(change: End, register: Register, with_people: bool) -> Outcome:
    old = register.fresh(change.agency)
    _end_row(old, change.basis)
    if change.successor is None:
        return Outcome(old)
    successor = register.fresh(change.successor)
    moved = _pass_on([old], successor, Succession.Kind.MERGED, change.basis, with_people)
    return Outcome(old, moved=moved, said={"successor": successor.key})


@_write.register
def _edit(change: Edit, register: Register, with_people: bool) -> Outcome:
    agency = register.fresh(change.agency)
    before = {"place": agency.place, "note": agency.note}
    agency.place, agency.note = clean(change.place), clean(change.note, multiline=True)
    agency.save(update_fields=["place", "note"])
    return Outcome(agency, said={"before": before})


@_write.register
def _remove(change: Remove, register: Register, with_people: bool) -> Outcome:
    agency = register.fresh(change.agency)
    if not was_created_today(agency):
        raise Refused(
            _("%(agency)s was not entered today. What is history stays; use “End” instead.")
            % {"agency": agency.name},
            code="not_of_today",
        )
    return Outcome(None, said={"key": agency.key, "name": agency.name})


@_write.register
def _move_people(change: MovePeople, register: Register, with_people: bool) -> Outcome:
    agency = register.fresh(change.agency)
    link = Succession.objects.get(predecessor=agency, principal=True)
    day = max(link.on, clock.today())
    successor = register.agencies[register.lineage.bearer(agency.pk, day)]
    moved = move_people(agency, successor, link.on, register.lineage.since(agency.pk, day))
    return Outcome(successor, moved=moved, said={"from": agency.key})


def was_created_today(agency: Agency) -> bool:
    """Whether an administrator entered it on the business day, on its own and not by a merger or renaming."""
    if not agency.basis:  # what is entered here always has its document: no need to ask
        return False
    entries = AuditEntry.objects.filter(
        verb="create_agency", object_kind="agencies.agency", object_id=str(agency.pk)
    )
    entry = entries.order_by("-sequence").first()
    return entry is not None and entry.at.astimezone(clock.HANOI).date() == clock.today()


def _remove_row(agency: Agency) -> None:
    try:
        Agency.objects.filter(pk=agency.pk).delete()
    except ProtectedError as problem:
        kinds = sorted({str(one._meta.verbose_name) for one in problem.protected_objects})
        raise Refused(
            _("%(agency)s cannot be removed: something refers to it already (%(what)s). Use “End” instead.")
            % {"agency": agency.name, "what": ", ".join(kinds)},
            code="referred_to",
        ) from None


# --- Rows ---------------------------------------------------------------------------------------------------


def _end_row(agency: Agency, basis: Basis) -> None:
    agency.valid_to, agency.end_basis = basis.day_before, clean(basis.document)
    agency.save(update_fields=["valid_to", "end_basis"])


def _found_or_made(
    successor: Successor | None,
    basis: Basis,
    register: Register,
    *,
    like: Agency,
    also: Sequence[Agency] = (),
) -> tuple[Agency, tuple[Agency, ...]]:
    """The successor, and what had to be made for it; a new one stands in lists where `like` stood."""
    if isinstance(successor, Agency):
        return register.fresh(successor), ()
    assert successor is not None
    made = _make(successor, basis, register, like=like, also=also)
    return made, (made,)


def _make(
    new: NewAgency,
    basis: Basis,
    register: Register,
    *,
    like: Agency | None = None,
    also: Sequence[Agency] = (),
) -> Agency:
    short_name = clean(new.shown_short_name)
    position = new.position
    if position is None:
        position = like.position if like is not None and like.kind == new.kind else _last_of(new.kind)
    return Agency.objects.create(
        key=register.new_key(short_name, basis.day, [one.key for one in also]),
        name=clean(new.name),
        short_name=short_name,
        kind=new.kind,
        parent=new.parent,
        province_code=clean(new.province_code),
        region=clean(new.region),
        place=clean(new.place),
        note=clean(new.note, multiline=True),
        valid_from=basis.day,
        basis=clean(basis.document),
        position=position,
    )


def _last_of(kind: str) -> int:
    """Behind the others of its kind, as far as they are numbered; provinces all have one number."""
    of_kind = Agency.objects.filter(kind=kind)
    last = of_kind.aggregate(last=Max("position"))["last"] or 0
    numbered = of_kind.values("position").distinct().count() > 1
    return int(last) + numbered


def _pass_on(
    agencies: Sequence[Agency],
    successor: Agency,
    kind: str,
    basis: Basis,
    with_people: bool,
    principal: bool = True,
) -> int:
    """The successions of an act, and where asked the people; how many memberships followed."""
    Succession.objects.bulk_create(
        Succession(
            predecessor=one,
            successor=successor,
            on=basis.day,
            kind=kind,
            principal=principal,
            document_number=clean(basis.document),
        )
        for one in agencies
    )
    return sum(move_people(one, successor, basis.day) for one in agencies) if with_people else 0
