"""Everything that is wrong with a change of a list of agencies, at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from agencies.groups.shapes import GroupStated
from agencies.keeping.forms import BASIS_LENGTH
from agencies.keeping.references import removed_keys
from agencies.models import Agency, AgencyGroup
from core.fields import NAME_LENGTH
from core.findings import Finding, Place, error
from core.notation import format_date

KEY_LENGTH = 60
DOCUMENT_LENGTH = 200
REMOVED = "delete_group"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def findings_of_stated(stated: GroupStated) -> Iterator[Finding]:
    """The name, the day, and from where the list comes. Pure."""
    if not stated.name:
        yield error("name_missing", _("Name the list, as documents call it."), Place(path="name"))
    yield from _too_long("name", stated.name, NAME_LENGTH)
    if stated.valid_on is None:
        said = _("Give the day as of which the list holds, for example 24/03/2008.")
        yield error("day_missing", said, Place(path="valid_on"))
    yield from _too_long("document_number", stated.document_number, DOCUMENT_LENGTH)
    if not stated.document_number and not stated.note:
        said = _("Give the document that prints the list, or say in the note that none does.")
        yield error("document_missing", said, Place(path="document_number"))


def findings_of_key(key: str) -> Iterator[Finding]:
    """A key for addresses that nobody has or had."""
    place = Place(path="key")
    if not _KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        said = _("“%(key)s” is not a code: write small letters, digits and hyphens, at most %(most)d.")
        yield error("key_malformed", said % {"key": key[:80], "most": KEY_LENGTH}, place, key)
    elif key == "new" or AgencyGroup.objects.filter(key=key).exists() or key in removed_keys(REMOVED):
        said = _("The code “%(key)s” is taken, or was by a list that was removed. Choose another.")
        yield error("key_taken", said % {"key": key}, place, key)


def findings_of_members(agencies: Iterable[Agency], day: date, path: str = "members") -> Iterator[Finding]:
    """Who is on a list exists on its day."""
    for one in agencies:
        if not one.exists_on(day):
            said = _("%(agency)s did not exist on %(day)s, the day of the list.")
            yield error(
                "agency_not_in_force",
                said % {"agency": one.name, "day": format_date(day)},
                Place(path=path),
                one.key,
            )


def findings_of_basis(basis: str, *, rests: bool) -> Iterator[Finding]:
    """What rests on a list makes it history: a change says on what it is based."""
    yield from _too_long("basis", basis, BASIS_LENGTH)
    if rests and not basis:
        said = _(
            "Plans or reports rest on this list. Give the basis of the change: the document, or the reason."
        )
        yield error("basis_missing", said, Place(path="basis"))


def unknown_keys(keys: Sequence[str], known: Iterable[str]) -> Iterator[Finding]:
    there = set(known)
    for number, key in enumerate(keys):
        if key not in there:
            said = _("There is no agency “%(key)s”.") % {"key": key[:80]}
            yield error("agency_unknown", said, Place(path=f"members/{number}"), key)


def _too_long(path: str, text: str, most: int) -> Iterator[Finding]:
    if len(text) > most:
        said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(text), "most": most}
        yield error("text_too_long", said, Place(path=path))
