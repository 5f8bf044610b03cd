"""What an administrator does to another person's sign-in."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from agencies import audit
from agencies.models import Membership, SignInEvent, SignInKind, User
from agencies.people.scope import require_whole
from agencies.sign_in import second_step, sessions
from agencies.superusers import refuse_superuser
from core import clock
from core.findings import WrongState


def reset_second_step(person: User, *, actor: Membership, reason: str = "") -> None:
    """Take two-step sign-in off a person who has lost phone and codes, and sign the person out everywhere.

    Where a role needs it, the next sign-in leads to setting it up again. Raises `NotAllowed` or `WrongState`.
    """
    with audit.recording() as record:
        require_whole(person, actor)
        refuse_superuser(person, actor)
        if not second_step.is_set_up(person):
            raise WrongState(
                _("This person has no two-step sign-in; there is nothing to reset."), "no_second_step"
            )
        Authenticator.objects.filter(user=person).delete()
        ended = sessions.end_all(person)
        SignInEvent.objects.create(
            at=clock.real_now(), kind=SignInKind.MFA_OFF, email=person.email, user=person
        )
        said = {"reason": reason} if reason else {}
        record.add("reset_second_step", person, actor=actor, sessions_ended=ended, **said)
