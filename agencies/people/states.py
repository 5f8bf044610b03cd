"""How an account stands: in use, asked to come, shut. Derived from the account and its invitation alone."""

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from agencies.models import Invitation, User
from core import clock


class AccountState(TextChoices):
    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited")
    EXPIRED = "expired", _("Invitation expired")
    DEACTIVATED = "deactivated", _("Deactivated")


LOOK: dict[AccountState, tuple[str, str]] = {
    AccountState.ACTIVE: ("ok", "✓"),
    AccountState.INVITED: ("work", "→"),
    AccountState.EXPIRED: ("wait", "◷"),
    AccountState.DEACTIVATED: ("none", "⊘"),
}
"""Colour family and sign of each."""


def invitation_of(person: User) -> Invitation | None:
    found: Invitation | None = getattr(person, "invitation", None)
    return found


def state_of(person: User) -> AccountState:
    """No query where the person was read with the invitation."""
    if person.is_active:
        return AccountState.ACTIVE
    invitation = invitation_of(person)
    if invitation is None or not invitation.is_open:
        return AccountState.DEACTIVATED
    return AccountState.EXPIRED if invitation.has_expired else AccountState.INVITED


def in_state(people: QuerySet[User], wanted: str) -> QuerySet[User]:
    """The people of whom `state_of` says so."""
    waiting = Q(
        is_active=False,
        invitation__isnull=False,
        invitation__accepted_at__isnull=True,
        invitation__withdrawn_at__isnull=True,
    )
    now = clock.real_now()
    asked = {
        AccountState.ACTIVE: Q(is_active=True),
        AccountState.INVITED: waiting & Q(invitation__expires_at__gt=now),
        AccountState.EXPIRED: waiting & Q(invitation__expires_at__lte=now),
        AccountState.DEACTIVATED: Q(is_active=False) & ~waiting,
    }
    return people.filter(asked[AccountState(wanted)])
