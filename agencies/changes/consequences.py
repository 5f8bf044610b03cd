"""What an act on agencies entails, shown before it is done; upper apps register what they know of."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.changes.people import people_of
from agencies.changes.shapes import (
    Basis,
    Change,
    Create,
    Edit,
    End,
    Merge,
    MovePeople,
    Remove,
    Rename,
    Split,
    Successor,
)
from agencies.models import Agency, GroupMember, Role
from core import clock
from core.findings import Text
from core.notation import format_date
from core.vietnamese import clean

Fact = tuple[Text, Text]
Provider = Callable[[Sequence[Agency]], Iterable[Fact]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """An upper app says what of its own hangs on agencies that end."""
    if provider not in _providers:
        _providers.append(provider)


def leaving(change: Change) -> list[Agency]:
    """The agencies that end by the act."""
    if isinstance(change, Merge):
        return list(change.agencies)
    if isinstance(change, Rename | End) or (isinstance(change, Split) and not change.continues):
        return [change.agency]
    return []


def facts_of(change: Change, *, with_people: bool) -> list[Fact]:
    """The act in words, and what hangs on the agencies that end by it."""
    facts = _act(change)
    basis: Basis | None = getattr(change, "basis", None)
    ending = leaving(change)
    if basis is not None:
        facts += [(_("Document"), clean(basis.document)), (_("In effect from"), format_date(basis.on))]
        if ending:
            facts.append((_("Last day of what ends"), format_date(basis.day_before)))
    if ending and basis is not None:
        facts += [fact for provider in _providers for fact in provider(ending)]
        facts += [*_people(ending, basis.day, with_people), *_units(ending), *_groups(ending)]
    if isinstance(change, MovePeople):
        facts += _people([change.agency], clock.today(), True)
    return facts


def _name(successor: Successor | None) -> str:
    if successor is None:
        return _("nobody")
    if isinstance(successor, Agency):
        return successor.name
    return _("%(name)s (new)") % {"name": clean(successor.name)}


def _act(change: Change) -> list[Fact]:
    if isinstance(change, Create):
        above = change.new.parent.name if change.new.parent else ""
        return [(_("New agency"), clean(change.new.name)), *([(_("Part of"), above)] if above else [])]
    if isinstance(change, Rename):
        return [(_("From name"), change.agency.name), (_("New name"), clean(change.name))]
    if isinstance(change, Merge):
        names = ", ".join(one.name for one in change.agencies)
        return [(_("Agencies that end"), names), (_("Taken over by"), _name(change.into))]
    if isinstance(change, Split):
        principal = change.agency if change.principal is None else change.parts[change.principal]
        parts = ", ".join(_name(part) for part in change.parts)
        return [
            (_("Agency that is split"), change.agency.name),
            (_("Parts"), parts),
            (_("Takes over what it owed"), _name(principal)),
        ]
    if isinstance(change, End):
        return [
            (_("Agency that ends"), change.agency.name),
            (_("Taken over by"), _name(change.successor)),
        ]
    if isinstance(change, Edit):
        place = f"{change.agency.place or '–'} → {clean(change.place) or '–'}"
        return [(_("Agency"), change.agency.name), (_("Place on letters"), place)]
    if isinstance(change, Remove | MovePeople):
        return [(_("Agency"), change.agency.name)]
    raise TypeError(change)


def _people(agencies: Sequence[Agency], on: date, moved: bool) -> list[Fact]:
    roles = Counter(Role(one.role).label for one in people_of(agencies, on))
    if not roles:
        return [(_("People"), _("nobody has a role there"))]
    counted = ", ".join(f"{label}: {number}" for label, number in sorted(roles.items()))
    said = _("move to the principal successor") if moved else _("their roles end with the agency")
    return [(_("People"), f"{counted}; {said}")]


def _units(agencies: Sequence[Agency]) -> list[Fact]:
    number = Agency.objects.filter(parent__in=list(agencies), valid_to__isnull=True).count()
    if not number:
        return []
    text = ngettext(
        "%(n)d unit stays, and stands under the successor from the day",
        "%(n)d units stay, and stand under the successor from the day",
        number,
    )
    return [(_("Units"), text % {"n": number})]


def _groups(agencies: Sequence[Agency]) -> list[Fact]:
    named = GroupMember.objects.filter(agency__in=list(agencies)).select_related("group")
    names = dict.fromkeys(one.group.name for one in named.order_by("group__valid_on", "group_id"))
    if not names:
        return []
    said = _("%(names)s: history, they stay as they are") % {"names": ", ".join(names)}
    return [(_("Lists that name them"), said)]
