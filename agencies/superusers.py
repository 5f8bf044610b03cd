"""Superusers, who run the portal's server: their own pages show every row and change none.

Nobody in the portal makes one: only who has the server's shell, by `manage.py superuser`.
"""

from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Membership, User
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import NotAllowed, WrongState


def make_superuser(person: User, *, actor: Membership) -> None:
    """From now on this person reads every row. Raises `NotAllowed`, or `WrongState` for a shut account."""
    with audit.recording() as record:
        require(actor, "superuser.appoint")
        row = lock(person)
        if row.is_system or not row.is_active:
            raise WrongState(_("This account is not open; nobody can sign in with it."), code="wrong_state")
        if row.is_superuser:
            raise WrongState(_("This person is a superuser already."), code="wrong_state")
        _write(row, True)
        record.add("make_superuser", row, actor=actor)


def unmake_superuser(person: User, *, actor: Membership) -> None:
    """This person keeps account and memberships. Raises `NotAllowed` or `WrongState`."""
    with audit.recording() as record:
        require(actor, "superuser.appoint")
        row = lock(person)
        if not row.is_superuser:
            raise WrongState(_("This person is no superuser."), code="wrong_state")
        _write(row, False)
        record.add("unmake_superuser", row, actor=actor)


def _write(row: User, yes: bool) -> None:
    row.is_superuser = row.is_staff = yes
    row.save(update_fields=["is_superuser", "is_staff"])


def refuse_superuser(person: User, actor: Membership) -> None:
    """Who could change a superuser's address or second step could become one.

    Raises `NotAllowed`, but for what is done from the server's shell.
    """
    if not actor.user.is_system and User.objects.filter(pk=person.pk, is_superuser=True).exists():
        raise NotAllowed(
            _(
                "This person is a superuser: address and second step are changed only by who runs the"
                " portal's server."
            ),
            code="superuser",
        )
