"""Which acts are shown to whom: what nobody of the reader's agency may do tells nobody there anything.

An act that a colleague in another role may do is shown shut, with the reason of `can()` beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership, Role
from agencies.permissions import GRANTS, Related, can
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """A button or link; `refused` says why it is shut, "" where it is open."""

    name: str
    label: Text
    url: str = ""
    refused: Text = ""


def concerns(permission: str, obj: Related, membership: Membership) -> bool:
    """Whether any role of the reader's agency may do it to this object."""
    relations = obj.relation_to(membership)
    return any(
        granted == permission and role is not Role.SYSTEM and relations & allowed
        for (role, granted), allowed in GRANTS.items()
    )


@dataclass(frozen=True, slots=True)
class ObjectAct:
    """An act on an object that has no workflow of its own: a row of an app's literal table.

    `bar` gives the reason of its state why it cannot be done now, or "". One that is `hidden` while barred
    is not offered at all then.
    """

    name: str
    label: Text
    permission: str
    bar: Callable[..., Text] = lambda obj: ""
    hidden: bool = False


def offers(
    acts: tuple[ObjectAct, ...], obj: Related, membership: Membership, url_of: Callable[[str], str]
) -> dict[str, Offer]:
    """By name, the acts that concern the reader's agency; shut where the reader may not or nobody can."""
    found = {}
    for act in acts:
        if not concerns(act.permission, obj, membership):
            continue
        decision, barred = can(membership, act.permission, obj), act.bar(obj)
        if barred and act.hidden:
            continue
        refused = barred if decision else decision.reason
        found[act.name] = Offer(act.name, act.label, url_of(act.name), refused)
    return found
