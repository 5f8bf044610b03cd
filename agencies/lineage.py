"""Who bears what an agency left: as it was then, or as of a day, through all generations of successors.

Loaded once (one query), then pure. A figure is attributed by `attribute()`; its total never changes::

    lineage = Lineage.load()
    rows = attribute({ha_tay: Decimal("1.1")}, lineage, Attribution.as_of(day))
    rows[0].agency, rows[0].amount, included_words(rows[0], lineage)

Agencies are named by id, or by key with `Lineage.load_by_key()`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import add
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from agencies.models import Succession
from core.notation import format_date

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attribution:
    """To whom a figure of the past belongs: the agency of its time, or who stands for it on a day."""

    on: date | None = None

    @classmethod
    def then(cls) -> "Attribution":
        """As it was then: every figure stays with the agency that it was promised to or reported by."""
        return cls()

    @classmethod
    def as_of(cls, day: date) -> "Attribution":
        """As of a day: the whole goes to the principal successor, through all generations."""
        return cls(day)

    @property
    def words(self) -> str:
        """Said beside every figure: "as it was then", "as of 02/08/2008"."""
        if self.on is None:
            return _("as it was then")
        return _("as of %(time)s") % {"time": format_date(self.on)}


@dataclass(frozen=True, slots=True)
class Link(Generic[K]):
    """One succession; `principal` takes the whole."""

    predecessor: K
    successor: K
    on: date
    kind: str = Succession.Kind.MERGED.value
    principal: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the lineage says of an agency that succeeded or was succeeded."""

    name: str
    short_name: str
    kind: str


@dataclass(frozen=True)
class Lineage(Generic[K]):
    """All successions. What stands in none of them bears itself, on every day."""

    links: tuple[Link[K], ...]
    known: Mapping[K, Known] = field(default_factory=dict)

    @staticmethod
    def load() -> "Lineage[int]":
        """All successions by id of the agencies; one query."""
        return _load("id")

    @staticmethod
    def load_by_key() -> "Lineage[str]":
        """All successions by key of the agencies; one query."""
        return _load("key")

    @staticmethod
    def of(successions: Iterable[Succession]) -> "Lineage[int]":
        """The same from rows that were read already, with predecessor and successor."""
        links, known = [], {}
        for one in successions:
            links.append(Link(one.predecessor_id, one.successor_id, one.on, one.kind, one.principal))
            for agency in (one.predecessor, one.successor):
                known[agency.pk] = Known(agency.name, agency.short_name, agency.kind)
        return Lineage(tuple(links), known)

    @cached_property
    def _principal(self) -> Mapping[K, Link[K]]:
        return {link.predecessor: link for link in self.links if link.principal}

    @cached_property
    def _predecessors(self) -> Mapping[K, tuple[Link[K], ...]]:
        found: dict[K, list[Link[K]]] = defaultdict(list)
        for link in self._principal.values():
            found[link.successor].append(link)
        return {successor: tuple(links) for successor, links in found.items()}

    def bearer(self, agency: K, on: date | None) -> K:
        """Who stands for the agency on the day: itself until it is succeeded. Without a day: itself."""
        return self._follow(agency, on, lambda link: True)

    def renamed(self, agency: K, on: date | None) -> K:
        """The agency under its name of the day: only renamings are followed, never a merger."""
        return self._follow(agency, on, lambda link: link.kind == Succession.Kind.RENAMED)

    def _follow(self, agency: K, on: date | None, along: Callable[[Link[K]], bool]) -> K:
        seen = {agency}
        link = self._principal.get(agency)
        while on is not None and link is not None and link.on <= on and along(link):
            if link.successor in seen:  # refused when it is entered; a loop here would never end
                break
            agency = link.successor
            seen.add(agency)
            link = self._principal.get(agency)
        return agency

    def since(self, agency: K, on: date) -> date | None:
        """The day from which its bearer of `on` stands for the agency; None where it bears itself."""
        latest, seen = None, {agency}
        link = self._principal.get(agency)
        while link is not None and link.on <= on and link.successor not in seen:
            latest = max(latest or link.on, link.on)
            seen.add(link.successor)
            link = self._principal.get(link.successor)
        return latest

    def borne_by(self, agency: K, on: date | None) -> tuple[K, ...]:
        """Everyone for whom the agency stands on the day, itself first."""
        found, waiting = [agency], [agency]
        while on is not None and waiting:
            links = self._predecessors.get(waiting.pop(0), ())
            new = [link.predecessor for link in links if link.on <= on and link.predecessor not in found]
            found += new
            waiting += new
        return tuple(found)

    def heirs(self, agency: K) -> tuple[K, ...]:
        """The principal successors of all generations, the next first, whenever they take over."""
        found: list[K] = []
        link = self._principal.get(agency)
        while link is not None and link.successor not in (agency, *found):
            found.append(link.successor)
            link = self._principal.get(link.successor)
        return tuple(found)

    def name(self, agency: K) -> str:
        return self.known[agency].name if agency in self.known else str(agency)


def _load(field_name: str) -> Any:
    sides = [f"{side}__{name}" for side in ("predecessor", "successor") for name in _COLUMNS]
    rows = Succession.objects.order_by("on", "id").values_list(
        f"predecessor__{field_name}", f"successor__{field_name}", "on", "kind", "principal", *sides
    )
    links, known = [], {}
    for before, after, on, kind, principal, *said in rows:
        links.append(Link(before, after, on, kind, principal))
        known[before], known[after] = Known(*said[: len(_COLUMNS)]), Known(*said[len(_COLUMNS) :])
    return Lineage(tuple(links), known)


_COLUMNS = ("name", "short_name", "kind")


@dataclass(frozen=True, slots=True)
class Included(Generic[K, T]):
    """What one predecessor brought into an attributed figure."""

    agency: K
    amount: T | None


@dataclass(frozen=True, slots=True)
class Attributed(Generic[K, T]):
    """A figure and who bears it; `includes` says what it took over from predecessors."""

    agency: K
    amount: T | None
    includes: tuple[Included[K, T], ...] = ()


def attribute(
    amounts: Mapping[K, T | None],
    lineage: Lineage[K],
    attribution: Attribution,
    *,
    plus: Callable[[T, T], T] = add,
) -> list[Attributed[K, T]]:
    """Each bearing agency with its sum, in the order in which `amounts` first lead to it.

    A blank (None) is not a zero: a sum of blanks is blank. Any type that `plus` adds will do: money, counts,
    several amounts at once. What the agency itself had is not in `includes`.
    """
    gathered: dict[K, list[Included[K, T]]] = {}
    for agency, amount in amounts.items():
        gathered.setdefault(lineage.bearer(agency, attribution.on), []).append(Included(agency, amount))
    return [
        Attributed(bearer, total(parts, plus=plus), tuple(one for one in parts if one.agency != bearer))
        for bearer, parts in gathered.items()
    ]


def total(
    figures: Iterable[Included[K, T] | Attributed[K, T]], *, plus: Callable[[T, T], T] = add
) -> T | None:
    """The sum of what is stated; None where nothing is."""
    found: T | None = None
    for one in figures:
        if one.amount is not None:
            found = one.amount if found is None else plus(found, one.amount)
    return found


def included_words(figure: Attributed[K, Any], lineage: Lineage[K]) -> str:
    """The note beside a figure that took others over: "including Tỉnh Hà Tây"; "" where it took none."""
    names = ", ".join(lineage.name(one.agency) for one in figure.includes)
    return _("including %(names)s") % {"names": names} if names else ""
