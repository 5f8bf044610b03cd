"""What several acts on the list of agencies ask: the document, the day, who ends, who takes over, who is new.

A finding's path is the field of the act's form.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from agencies.changes.register import Register
from agencies.changes.shapes import Basis, NewAgency, Successor
from agencies.models import Agency, AgencyKind
from core.fields import NAME_LENGTH
from core.findings import Finding, Place, error
from core.notation import format_date
from core.vietnamese import clean, search_key

DOCUMENT_LENGTH = 100
_CODE = re.compile(r"\d{2,4}")


def at(path: str, code: str, text: str, value: str = "") -> Finding:
    return error(code, text, Place(path=path), value)


def basis_findings(basis: Basis) -> list[Finding]:
    """Number of the document, and the day."""
    found = []
    number = clean(basis.document)
    if not number:
        text = _("Give the number of the document that decides it, as printed.")
        found.append(at("document", "document_missing", text))
    elif len(number) > DOCUMENT_LENGTH:
        found.append(too_long("document", number, DOCUMENT_LENGTH))
    if basis.on is None:
        text = _("Give the day from which it is in effect, for example 01/08/2008.")
        found.append(at("on", "date_missing", text))
    return found


def reason_findings(reason: str) -> list[Finding]:
    if clean(reason, multiline=True):
        return []
    return [at("reason", "reason_missing", _("Give the reason of the change; it is recorded with it."))]


def too_long(path: str, value: str, limit: int) -> Finding:
    text = _("“%(value)s…” has %(length)d characters; at most %(limit)d fit. Shorten it.")
    said = {"value": value[:40], "length": len(value), "limit": limit}
    return at(path, "too_long", text % said, value)


def period_words(agency: Agency) -> str:
    """ "from 01/07/2025", "until 30/06/2025", "from … to …", or that no dates are known."""
    said = {"from": format_date(agency.valid_from), "to": format_date(agency.valid_to)}
    if agency.valid_from and agency.valid_to:
        return _("from %(from)s to %(to)s") % said
    if agency.valid_from:
        return _("from %(from)s on") % said
    return _("until %(to)s") % said if agency.valid_to else _("without known dates")


def leaving_findings(agency: Agency, on: date | None, path: str = "on") -> list[Finding]:
    """Whether the agency can end with the day before: it must have begun, and no end may be recorded."""
    if agency.valid_to is not None:
        return [already_ended(agency, path, on)]
    if on is not None and agency.valid_from is not None and on <= agency.valid_from:
        text = _("%(agency)s exists from %(from)s on; %(on)s is not after that. Give a later day.")
        said = {"agency": agency.name, "from": format_date(agency.valid_from), "on": format_date(on)}
        return [at(path, "before_began", text % said, format_date(on))]
    return []


def already_ended(agency: Agency, path: str, on: date | None = None) -> Finding:
    said = {
        "agency": agency.name,
        "to": format_date(agency.valid_to),
        "on": format_date(on),
        "document": agency.end_basis or _("document not recorded"),
    }
    if on is not None and agency.valid_to is not None and on > agency.valid_to:
        text = _("%(agency)s ended on %(to)s (%(document)s); %(on)s lies after that. Choose its successor.")
        return at(path, "after_end", text % said, format_date(on))
    text = _("The end of %(agency)s is recorded: %(to)s (%(document)s). It is not changed again.")
    return at(path, "agency_ended", text % said, agency.name)


def _absent(agency: Agency, on: date | None, path: str, code: str) -> list[Finding]:
    if on is None or agency.exists_on(on):
        return []
    text = _("%(agency)s exists %(period)s, not on %(on)s. Choose an agency that exists on that day.")
    said = {"agency": agency.name, "period": period_words(agency), "on": format_date(on)}
    return [at(path, code, text % said, agency.name)]


def successor_findings(
    successor: Successor | None,
    register: Register,
    on: date | None,
    agencies: Sequence[Agency],
    leaving: Collection[int],
    path: str,
) -> list[Finding]:
    """A successor exists on the day, and has not itself been succeeded by one of `agencies`."""
    if successor is None:
        return [at(path, "successor_missing", _("Say who takes over: an agency of the list, or a new one."))]
    if isinstance(successor, NewAgency):
        prefix = "" if path == "into" else f"{path}-"
        above = register.fresh(successor.parent) if successor.parent else None
        return [
            *new_findings(successor, register, on, leaving, prefix),
            *(_absent(above, on, f"{prefix}parent", "parent_absent") if above else []),
        ]
    successor = register.fresh(successor)
    found = _absent(successor, on, path, "successor_absent")
    if successor.pk in {one.pk for one in agencies}:
        text = _("%(agency)s cannot take over from itself. Take it out of those that end, or choose another.")
        found.append(at(path, "successor_among", text % {"agency": successor.name}, successor.name))
        return found
    heirs = register.lineage.heirs(successor.pk)
    for agency in agencies:
        if agency.pk in heirs:
            text = _("%(agency)s itself takes over from %(successor)s: that is a circle. Choose another.")
            said = {"agency": agency.name, "successor": successor.name}
            found.append(at(path, "circle", text % said, successor.name))
    return found


def new_findings(
    new: NewAgency, register: Register, on: date | None, leaving: Collection[int] = (), prefix: str = ""
) -> list[Finding]:
    """Name, kind, parent and code of an agency that begins on the day."""
    found = []
    name = clean(new.name)
    if not name:
        found.append(at(f"{prefix}name", "name_missing", _("Give the name of the agency in full.")))
    for path, value in (("name", name), ("short_name", clean(new.short_name))):
        if len(value) > NAME_LENGTH:
            found.append(too_long(f"{prefix}{path}", value, NAME_LENGTH))
    if new.kind not in AgencyKind.values:
        text = _("“%(kind)s” is no kind of agency. Choose one of the list.") % {"kind": new.kind[:40]}
        missing = _("Choose what kind of agency it is.")
        found.append(at(f"{prefix}kind", "kind_missing", text if new.kind else missing, new.kind))
    code = clean(new.province_code)
    if code and not _CODE.fullmatch(code):
        text = _("“%(code)s” is not a province code: two to four digits, such as 01.") % {"code": code}
        found.append(at(f"{prefix}province_code", "code_form", text, code))
    if on is None:
        return found
    for other in register.with_code(code, on, leaving) if code else []:
        text = _("The code %(code)s is that of %(agency)s %(period)s. Give another code, or a later day.")
        said = {"code": code, "agency": other.name, "period": period_words(other)}
        found.append(at(f"{prefix}province_code", "code_taken", text % said, code))
    parent_id = new.parent.pk if new.parent else None
    for other in register.with_name(name, parent_id, on, leaving):
        text = _("There is an agency “%(agency)s” already, %(period)s. Open it, or give another name.")
        said = {"agency": other.name, "period": period_words(other)}
        found.append(at(f"{prefix}name", "name_taken", text % said, name))
    return found


def parts_apart(parts: Sequence[Successor]) -> list[Finding]:
    """No two parts of a split are the same agency, or have one name or one code."""
    found = []
    seen: set[tuple[str, object]] = set()
    for number, part in enumerate(parts):
        marks: list[tuple[str, object, str, str]]
        if isinstance(part, Agency):
            marks = [("agency", part.pk, f"parts-{number}-existing", part.name)]
        else:
            code = clean(part.province_code)
            marks = [("name", search_key(part.name), f"parts-{number}-name", clean(part.name))]
            marks += [("code", code, f"parts-{number}-province_code", code)] if code else []
        for what, mark, path, value in marks:
            if mark and (what, mark) in seen:
                text = _("“%(value)s” stands in two parts. Give each part its own.") % {"value": value}
                found.append(at(path, "part_twice", text, value))
            seen.add((what, mark))
    return found
