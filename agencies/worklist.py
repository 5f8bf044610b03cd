"""*Việc cần làm*: what waits for a person, gathered from the apps that register a provider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from agencies.acting import ActingRequest
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


Provider = Callable[[Membership], Iterable[Item]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def items(membership: Membership) -> list[Item]:
    """Everything, the nearest deadline first; what has none stands last, the longest waiting first."""
    found = [item for provider in _providers for item in provider(membership)]
    return sorted(
        found,
        key=lambda item: (not item.mine, item.due_on or date.max, item.since or date.max, str(item.title)),
    )


def items_for(request: ActingRequest) -> list[Item]:
    """The items of the person who asks, gathered once a request for the page and the navigation."""
    if not hasattr(request, "worklist_items"):
        request.worklist_items = items(request.membership)  # type: ignore[attr-defined]
    found: list[Item] = getattr(request, "worklist_items")  # noqa: B009 - kept on the request, not declared
    return found


def count_of_mine(request: ActingRequest) -> int:
    """How many things wait for the person, beside the navigation's entry."""
    return sum(1 for item in items_for(request) if item.mine)
