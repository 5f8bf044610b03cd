"""How far the lines of a plan are: upper apps say it, each registers a provider at start-up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from agencies.models import Membership
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A line whose state is asked for. A task with sub-items is as far as these are."""

    line: UUID
    kind: str  # of plans.models.LineKind
    due_on: date | None = None
    superseded: bool = False
    sub_items: tuple["Asked", ...] = ()


@dataclass(frozen=True, slots=True)
class LineState:
    """One thing that is known of a line: "2008-Q2: 84/86 done". `url` leads to where it was said.

    `illustrative` passes from what it is made of.
    """

    text: Text
    family: str
    sign: str
    note: Text = ""
    url: str = ""
    illustrative: bool = False


Agencies = frozenset[int]
Provider = Callable[[Sequence[Asked], Membership, Agencies | None], Mapping[UUID, Sequence[LineState]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """A provider says only what the reader may see, in as many queries for many lines as for one."""
    if provider not in _providers:
        _providers.append(provider)


def of(
    asked: Iterable[Asked], membership: Membership, agencies: Agencies | None = None
) -> dict[UUID, list[LineState]]:
    """What is known of each line, for this reader; with `agencies` only how far these are with it."""
    lines = list(asked)
    found: dict[UUID, list[LineState]] = {one.line: [] for one in lines}
    if lines:
        for provider in _providers:
            for line, states in provider(lines, membership, agencies).items():
                found[line].extend(states)
    return found
