"""*Việc cần làm*: what waits for a person, gathered from the apps that register a provider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, or one that waits for somebody else (`mine` false).

    `family` is the colour family of its state (ok, wait, work, bad, none), `sign` the mark beside the word.
    `since` is the day from which it waits: it orders what has no deadline. `in_charge` is a person's name.
    """

    title: Text
    url: str
    detail: Text
    family: str
    sign: str
    state: Text
    due_on: date | None = None
    action: Text = ""
    mine: bool = True
    since: date | None = None
    in_charge: Text = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """What an app puts on work lists; `count_mine` counts the person's own of `items` without making them."""

    items: Callable[[Membership], Iterable[Item]]
    count_mine: Callable[[Membership], int]


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def items(membership: Membership) -> list[Item]:
    """Everything, the nearest deadline first; what has none stands last, the longest waiting first."""
    found = [item for provider in _providers for item in provider.items(membership)]
    return sorted(
        found,
        key=lambda item: (not item.mine, item.due_on or date.max, item.since or date.max, str(item.title)),
    )


def count_mine(membership: Membership) -> int:
    """How many things wait for the person: beside the navigation's entry, on every page."""
    return sum(provider.count_mine(membership) for provider in _providers)
