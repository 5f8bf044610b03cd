"""Which facts of a programme may no longer change, and why: one literal table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.findings import Text
from plans.programmes.uses import Use

Uses = Mapping[str, Use]


@dataclass(frozen=True, slots=True)
class Lock:
    """Fields that stay as they are while `holds(uses)` gives a reason."""

    fields: tuple[str, ...]
    holds: Callable[[Uses], Text]


def _counted(uses: Uses, *keys: str) -> str:
    """ "3 plans, 2 reporting periods", of the kinds that exist."""
    return ", ".join(str(uses[key].text) for key in keys if key in uses)


def _in_addresses(uses: Uses) -> Text:
    found = _counted(uses, "plans", "cycles")
    return _("%(found)s carry it in their addresses and files.") % {"found": found} if found else ""


def _years_in_use(uses: Uses) -> Text:
    found = _counted(uses, "plans", "cycles")
    return _("%(found)s stand in these years, with their money.") % {"found": found} if found else ""


def _basis_of_plans(uses: Uses) -> Text:
    found = _counted(uses, "plans")
    return _("%(found)s rest on it.") % {"found": found} if found else ""


def _route_asked(uses: Uses) -> Text:
    found = _counted(uses, "plans")
    return _("%(found)s were begun by it.") % {"found": found} if found else ""


def _under_review(uses: Uses) -> Text:
    found = _counted(uses, "reviews")
    text = _("%(found)s: they are decided by the body that was named when they were submitted.")
    return text % {"found": found} if found else ""


LOCKS: tuple[Lock, ...] = (
    Lock(("code",), _in_addresses),
    Lock(("year_from", "year_to"), _years_in_use),
    Lock(("document",), _basis_of_plans),
    Lock(("asks_route",), _route_asked),
    Lock(("decided_by", "deciding_body"), _under_review),
)


def locked(uses: Uses) -> dict[str, Text]:
    """Field -> why it stays as it is."""
    return {field: reason for lock in LOCKS if (reason := lock.holds(uses)) for field in lock.fields}
