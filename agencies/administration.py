"""*Quản trị*: what an administrator keeps, and what is missing. Each app registers its own at start-up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agencies.models import Membership
from agencies.permissions import can
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to keep, with its page; shown to whom the permission is ever given.

    `count` gives how many there are, or None.
    """

    order: int
    title: Text
    text: Text
    url_name: str
    permission: str
    count: Callable[[Membership], int | None] | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which the portal does not work for somebody, and where it is mended."""

    text: Text
    url: str
    remedy: Text


MissingProvider = Callable[[Membership], Iterable[Missing]]
_subjects: list[Subject] = []
_providers: list[MissingProvider] = []


def register(subject: Subject) -> None:
    if subject not in _subjects:
        _subjects.append(subject)
        _subjects.sort(key=lambda one: one.order)


def register_missing(provider: MissingProvider) -> None:
    """A provider asks the rights itself: it names only what this person can mend."""
    if provider not in _providers:
        _providers.append(provider)


def subjects_for(membership: Membership) -> list[Subject]:
    return [one for one in _subjects if can(membership, one.permission)]


def missing_for(membership: Membership) -> list[Missing]:
    return [one for provider in _providers for one in provider(membership)]


def administers(membership: Membership) -> bool:
    """Whether there is anything at all for this person to keep."""
    return bool(subjects_for(membership))
