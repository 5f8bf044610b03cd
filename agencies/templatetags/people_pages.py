"""What the pages of people ask of memberships and delegated signatures."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from agencies.models import Delegation, Membership, Role
from agencies.people import reading
from core import clock

register = template.Library()


@register.filter
def signature(delegation: Delegation) -> str:
    """As what somebody signs, in one line."""
    return reading.signature_words(delegation)


@register.filter
def lasts(row: Membership) -> bool:
    """Whether a delegated membership can still be withdrawn."""
    return reading.lasts(row)


@register.filter
def may_give(row: Membership | None) -> bool:
    """Whether there is a signature to delegate."""
    if row is None or row.role != Role.APPROVER or row.delegation_id is not None:
        return False
    return row.acts_on(clock.today())


@register.filter
def sides(delegations: reading.Delegations) -> list[tuple[str, Sequence[reading.Shown], bool]]:
    """Received and given, each with its heading and whether it was given."""
    return [
        (_("Signs for others"), delegations.received, False),
        (_("Delegated to others"), delegations.given, True),
    ]
