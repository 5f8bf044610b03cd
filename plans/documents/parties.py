"""Who leads, co-operates or was assigned on the system, as pages name them; agencies are links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from core import clock
from core.findings import Text
from plans.content.assigning import assignments
from plans.parts.columns import Party
from plans.parts.names import Names


@dataclass(frozen=True, slots=True)
class Named:
    """A party: its name, and the page of the agency that it is."""

    name: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who reports on a line because an administrator assigned it: on the system, never by the document."""

    party: Named
    basis: str
    on: date


def named(parties: Iterable[Party], names: Names) -> list[Named]:
    return [Named(names.party(party).full, _url_of(party)) for party in parties]


def _url_of(party: Party) -> str:
    return reverse("agency_detail", args=[party.value]) if party.kind == "agency" else ""


def assigned_to(lines: Iterable[UUID]) -> dict[UUID, list[Assigned]]:
    """The assignments that stand today, by line; one query."""
    return {
        line: [Assigned(Named(one.called, _url_of(one.party)), one.basis, one.on) for one in found]
        for line, found in assignments(lines, clock.today()).items()
    }
