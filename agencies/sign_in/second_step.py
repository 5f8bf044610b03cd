"""Two-step sign-in: which roles need it (MFA_ROLES; with any of them superusers too), and who lacks it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Membership, User
from core import clock


def needed_for(role: str) -> bool:
    return role in settings.MFA_ROLES


def set_up_by(user: User | OuterRef) -> QuerySet[Authenticator]:
    """What shows that somebody has set it up; for `Exists` with a reference to the person."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return found


def is_set_up(user: User) -> bool:
    return set_up_by(user).exists()


def noted(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """The memberships, each with `second_step`, so that `missing` asks the database nothing more."""
    if not settings.MFA_ROLES:
        return memberships
    return memberships.annotate(second_step=Exists(set_up_by(OuterRef("user"))))


def missing(membership: Membership) -> bool:
    """Whether nothing may be done in this membership until its person has set up the second step."""
    if not needed_for(membership.role):
        return False
    known: bool | None = getattr(membership, "second_step", None)
    return not (is_set_up(membership.user) if known is None else known)


def missing_for_superuser(user: User) -> bool:
    """Whether a superuser, who reads every row, has yet to set it up; unless no role at all needs it."""
    return bool(settings.MFA_ROLES) and not is_set_up(user)


def roles_that_need_it(user: User) -> list[str]:
    """The person's roles of today, in words, for which the second step cannot be taken off."""
    roles = Membership.objects.active(clock.today()).filter(user=user, role__in=settings.MFA_ROLES)
    found = {one.get_role_display() for one in roles.only("role")}
    if user.is_superuser and settings.MFA_ROLES:
        found.add(_("Superuser"))
    return sorted(found)
