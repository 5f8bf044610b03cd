"""One agency through its names and codes: the chain of those before and after it, each with its document."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import Agency, Succession


@dataclass(frozen=True)
class Period:
    """One row of "names and codes through time"; `links` are the successions that lead to the next rows."""

    agency: Agency
    current: bool
    began: tuple[Succession, ...]
    ended: tuple[Succession, ...]


@dataclass(frozen=True)
class History:
    """What became of an agency, and what it came from."""

    periods: tuple[Period, ...]
    predecessions: tuple[Succession, ...]
    successions: tuple[Succession, ...]

    @property
    def has_chain(self) -> bool:
        return len(self.periods) > 1


def build(agency: Agency, links: Sequence[Succession]) -> History:
    """The history from all successions. Pure."""
    into: dict[int, list[Succession]] = defaultdict(list)
    out_of: dict[int, list[Succession]] = defaultdict(list)
    for link in links:
        into[link.successor_id].append(link)
        out_of[link.predecessor_id].append(link)
    before = _reach(agency, into, lambda link: link.predecessor)
    after = _reach(agency, out_of, lambda link: link.successor)
    earlier = {one.pk for one in before}
    later = [one for one in after if one.pk not in earlier]  # what was split off and came back stands once
    rows = [*sorted(before, key=_by_time), agency, *sorted(later, key=_by_time)]
    shown = {one.pk for one in rows}
    return History(
        tuple(
            Period(
                one,
                one.pk == agency.pk,
                tuple(link for link in into[one.pk] if link.predecessor_id in shown),
                tuple(link for link in out_of[one.pk] if link.successor_id in shown),
            )
            for one in rows
        ),
        tuple(into[agency.pk]),
        tuple(sorted(out_of[agency.pk], key=lambda link: (link.on, not link.principal, link.pk))),
    )


def _reach(
    agency: Agency, links: dict[int, list[Succession]], side: Callable[[Succession], Agency]
) -> Collection[Agency]:
    found: dict[int, Agency] = {}
    waiting = [agency.pk]
    while waiting:
        for link in links[waiting.pop()]:
            other = side(link)
            if other.pk not in found and other.pk != agency.pk:
                found[other.pk] = other
                waiting.append(other.pk)
    return found.values()


def _by_time(agency: Agency) -> tuple[Any, ...]:
    """By last day, the open end last; then by first day and name."""
    ends = (agency.valid_to is None, agency.valid_to.isoformat() if agency.valid_to else "")
    begins = agency.valid_from.isoformat() if agency.valid_from else ""
    return (*ends, begins, agency.sort_key, agency.pk)
