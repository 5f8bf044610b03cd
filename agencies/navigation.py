"""The left column: each app registers its entry at start-up; a lower app never imports an upper one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from agencies.acting import ActingRequest
from agencies.models import Membership
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    `prefixes` are the starts of the paths on which it is current; `count` gives its number or None;
    `shown_to` says who has it, None everybody.
    """

    order: int
    label: Text
    url_name: str
    prefixes: tuple[str, ...]
    count: Callable[[ActingRequest], int | None] | None = None
    shown_to: Callable[[Membership], bool] | None = None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    label: Text
    url: str
    current: bool
    count: int | None


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda one: one.order)


def shown(request: ActingRequest) -> list[ShownEntry]:
    """The entries as the base template draws them."""
    return [
        ShownEntry(
            label=entry.label,
            url=reverse(entry.url_name),
            current=any(
                request.path == prefix if prefix == "/" else request.path.startswith(prefix)
                for prefix in entry.prefixes
            ),
            count=entry.count(request) if entry.count else None,
        )
        for entry in _entries
        if entry.shown_to is None or entry.shown_to(request.membership)
    ]
