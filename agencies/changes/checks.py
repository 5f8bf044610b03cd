"""What bars an act on the list of agencies: pure functions over the register, all findings at once.

A finding's path is the field of the act's form.
"""

from functools import singledispatch

from django.utils.translation import gettext as _

from agencies.answering import has_ended
from agencies.changes.register import Register
from agencies.changes.rules import (
    already_ended,
    at,
    basis_findings,
    leaving_findings,
    new_findings,
    parts_apart,
    reason_findings,
    successor_findings,
    too_long,
)
from agencies.changes.shapes import (
    Create,
    Edit,
    End,
    Merge,
    MovePeople,
    NewAgency,
    Remove,
    Rename,
    Split,
)
from agencies.models import Agency
from core.findings import Finding
from core.vietnamese import clean

PLACE_LENGTH = 100


@singledispatch
def findings_of(change: object, register: Register) -> list[Finding]:
    """Everything that bars the act."""
    raise TypeError(change)


@findings_of.register
def _create(change: Create, register: Register) -> list[Finding]:
    found = basis_findings(change.basis)
    return found + successor_findings(change.new, register, change.basis.on, [], (), "into")


@findings_of.register
def _rename(change: Rename, register: Register) -> list[Finding]:
    agency = register.fresh(change.agency)
    found = [*basis_findings(change.basis), *leaving_findings(agency, change.basis.on)]
    new = NewAgency(change.name, change.short_name, agency.kind, agency.parent, agency.province_code)
    if clean(change.name) == agency.name and clean(change.short_name) in ("", agency.short_name):
        text = _("“%(name)s” is the name already; give the new one.") % {"name": agency.name}
        found.append(at("name", "name_same", text, agency.name))
    return found + new_findings(new, register, change.basis.on, {agency.pk})


@findings_of.register
def _merge(change: Merge, register: Register) -> list[Finding]:
    agencies = [register.fresh(one) for one in change.agencies]
    found = basis_findings(change.basis)
    if not agencies:
        found.append(at("agencies", "merge_of_none", _("Choose the agencies that are merged.")))
    elif len(agencies) == 1 and not isinstance(change.into, Agency):
        text = _("Only %(agency)s is chosen. Choose the others too, or use “Rename”.")
        found.append(at("agencies", "merge_of_one", text % {"agency": agencies[0].name}, agencies[0].name))
    for agency in agencies:
        found += leaving_findings(agency, change.basis.on, "agencies")
    leaving = {one.pk for one in agencies}
    return found + successor_findings(change.into, register, change.basis.on, agencies, leaving, "into")


@findings_of.register
def _split(change: Split, register: Register) -> list[Finding]:
    agency = register.fresh(change.agency)
    found = [*basis_findings(change.basis), *leaving_findings(agency, change.basis.on)]
    least = 1 if change.continues else 2
    if len(change.parts) < least:
        text = (
            _("Give at least one agency that is split off.")
            if change.continues
            else _("Give at least two agencies that come of it, or use “Rename” or “End”.")
        )
        found.append(at("parts", "split_of_few", text))
    if not change.continues and change.principal is None:
        text = _("Say which part takes over what the agency owed; exactly one does.")
        found.append(at("principal", "principal_missing", text))
    leaving = set() if change.continues else {agency.pk}
    for number, part in enumerate(change.parts):
        path = f"parts-{number}-existing" if isinstance(part, Agency) else f"parts-{number}"
        takes = [agency] if number == change.principal and not change.continues else []
        found += successor_findings(part, register, change.basis.on, takes, leaving, path)
        if isinstance(part, Agency) and part.pk == agency.pk:
            text = _("%(agency)s cannot come of itself; mark it as going on instead.")
            found.append(at(path, "successor_among", text % {"agency": agency.name}, agency.name))
        elif isinstance(part, Agency) and (agency.pk, part.pk) in register.pairs:
            text = _("%(part)s came of %(agency)s before; choose another agency, or enter a new one.")
            said = {"part": part.name, "agency": agency.name}
            found.append(at(path, "succession_exists", text % said, part.name))
    return found + parts_apart(change.parts)


@findings_of.register
def _end(change: End, register: Register) -> list[Finding]:
    agency = register.fresh(change.agency)
    found = [*basis_findings(change.basis), *leaving_findings(agency, change.basis.on)]
    if change.successor is None:
        return found
    return found + successor_findings(
        change.successor, register, change.basis.on, [agency], {agency.pk}, "successor"
    )


@findings_of.register
def _edit(change: Edit, register: Register) -> list[Finding]:
    agency = register.fresh(change.agency)
    found = []
    if has_ended(agency):
        found.append(already_ended(agency, "place"))
    if len(clean(change.place)) > PLACE_LENGTH:
        found.append(too_long("place", clean(change.place), PLACE_LENGTH))
    same_note = clean(change.note, multiline=True) == agency.note
    if clean(change.place) == agency.place and same_note:
        found.append(at("place", "nothing_changed", _("Nothing is changed. Change the place or the note.")))
    return found + reason_findings(change.reason)


@findings_of.register
def _remove(change: Remove, register: Register) -> list[Finding]:
    return reason_findings(change.reason)


@findings_of.register
def _move_people(change: MovePeople, register: Register) -> list[Finding]:
    agency = register.fresh(change.agency)
    if not has_ended(agency):
        text = _("%(agency)s has not ended yet; its people still act for it.")
        return [at("", "not_ended", text % {"agency": agency.name}, agency.name)]
    if register.lineage.heirs(agency.pk):
        return []
    text = _("%(agency)s has no principal successor; enter its people at another agency one by one.")
    return [at("", "no_successor", text % {"agency": agency.name}, agency.name)]
