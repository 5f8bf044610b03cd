"""Accounts: who the person is, and whether the door is open to him or her.

An account is one for all agencies of its person: each act asks `scope.require_whole`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import ApiToken, Membership, SignInEvent, SignInKind, User
from agencies.people import lockout, rules
from agencies.people.delegations import delegations_of, withdraw
from agencies.people.invitations import resend, taken
from agencies.people.keeping import Handing, pass_on, unspoken_for
from agencies.people.scope import require_whole
from agencies.people.states import AccountState, invitation_of, state_of
from agencies.sign_in import actions as second_step
from agencies.sign_in import sessions
from agencies.superusers import refuse_superuser
from agencies.workflow import lock
from core import clock
from core.findings import NotAllowed, WrongState
from core.vietnamese import clean


def correct_person(person: User, *, full_name: str, post: str, email: str, actor: Membership) -> str:
    """Name, post and address as they are now. Gives the path of a new invitation, or "".

    A new address ends no session, but every link that was sent to the old one; who was invited and has not
    come is invited anew at the new one. Raises `NotAllowed` or `Refused`.
    """
    email, full_name, post = rules.email_as_kept(email), clean(full_name), clean(post)
    with audit.recording() as record:
        row = lock(person)
        require_whole(row, actor)
        found = [*rules.name_findings(full_name, post), *rules.email_findings(email)]
        rules.refuse([*found, *rules.taken_findings(email, row)], "person")
        said = {
            name: {"before": before, "after": after}
            for name, before, after in (
                ("full_name", row.full_name, full_name),
                ("post", row.post, post),
                ("email", row.email, email),
            )
            if before != after
        }
        if not said:
            return ""
        if "email" in said:
            refuse_superuser(row, actor)
        row.full_name, row.post, row.email = full_name, post, email
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise taken(email) from None
        record.add("correct_person", row, actor=actor, **said)
        waits = state_of(row) in (AccountState.INVITED, AccountState.EXPIRED)
        return resend(row, actor=actor) if waits and "email" in said else ""


@dataclass(frozen=True, slots=True)
class Deactivated:
    """What ended with an account, and how much work passed on."""

    sessions: int
    tokens: int
    delegations: int
    handed_over: int


def deactivate(
    person: User, *, reason: str, handings: Sequence[Handing] = (), actor: Membership
) -> Deactivated:
    """Shut an account: sessions, tokens and delegated signatures end at once; memberships keep their days.

    `handings` says of each membership with drafts in hand who takes them over. Raises `NotAllowed` for
    oneself, `WrongState` when it is shut already, `Refused` for what is missing and for the last
    administrator.
    """
    reason = clean(reason, multiline=True)
    with audit.recording() as record:
        lockout.hold_administrators()
        row = lock(person)
        require_whole(row, actor)
        if row.pk == actor.user_id:
            text = _("Nobody deactivates his or her own account. Ask another administrator.")
            raise NotAllowed(text, code="own_account")
        if not row.is_active:
            raise WrongState(_("This account is not open. Reload the page."), code="wrong_state")
        rules.refuse([*rules.reason_findings(reason), *unspoken_for(row, handings, actor)], "person")
        handed = sum(pass_on(row, one, actor=actor) for one in handings)
        row.is_active = False
        row.save(update_fields=["is_active"])
        now = clock.real_now()
        done = Deactivated(
            sessions=sessions.end_all(row),
            tokens=ApiToken.objects.usable(now).filter(user=row).update(revoked_at=now),
            delegations=sum(withdraw(one) for one in delegations_of(row)),
            handed_over=handed,
        )
        lockout.keep_an_administrator(row.memberships.lasting(clock.today()))
        record.add("deactivate", row, actor=actor, reason=reason, **_counts(done))
    return done


def _counts(done: Deactivated) -> dict[str, Any]:
    return {
        "sessions_ended": done.sessions,
        "tokens_revoked": done.tokens,
        "delegations_ended": done.delegations,
        "handed_over": done.handed_over,
    }


def reactivate(person: User, *, reason: str, actor: Membership) -> None:
    """Open an account again, with its password and the memberships that have not ended.

    What ended with it (sessions, tokens, delegations) does not come back. Raises `NotAllowed`, `WrongState`
    or `Refused`.
    """
    reason = clean(reason, multiline=True)
    with audit.recording() as record:
        row = lock(person)
        require_whole(row, actor)
        if row.is_active:
            raise WrongState(_("This account is open already. Reload the page."), code="wrong_state")
        if never_came(row):
            text = _("This person has never chosen a password. Send the invitation again instead.")
            raise WrongState(text, code="never_came")
        rules.refuse(list(rules.reason_findings(reason)), "person")
        row.is_active = True
        row.save(update_fields=["is_active"])
        record.add("reactivate", row, actor=actor, reason=reason)


def reset_second_step(person: User, *, reason: str, actor: Membership) -> None:
    """As `sign_in.actions.reset_second_step`, of somebody else and with a reason."""
    reason = clean(reason, multiline=True)
    with audit.recording():
        require_whole(person, actor)
        if person.pk == actor.user_id:
            text = _("Nobody resets the own two-step sign-in. Ask another administrator.")
            raise NotAllowed(text, code="own_account")
        rules.refuse(list(rules.reason_findings(reason)), "person")
        second_step.reset_second_step(person, actor=actor, reason=reason)


def sign_out_everywhere(person: User, *, reason: str, actor: Membership) -> None:
    """End all sessions of somebody else; the account stays open.

    Raises `NotAllowed`, `WrongState` or `Refused`.
    """
    reason = clean(reason, multiline=True)
    with audit.recording() as record:
        require_whole(person, actor)
        if person.pk == actor.user_id:
            raise NotAllowed(_("End your own sessions under “My account”."), code="own_account")
        rules.refuse(list(rules.reason_findings(reason)), "person")
        ended = sessions.end_all(person)
        if not ended:
            raise WrongState(_("This person is signed in nowhere."), "not_signed_in")
        SignInEvent.objects.create(
            at=clock.real_now(), kind=SignInKind.ENDED, email=person.email, user=person
        )
        record.add("sign_out_everywhere", person, actor=actor, reason=reason, sessions_ended=ended)


def never_came(person: User) -> bool:
    invitation = invitation_of(person)
    return invitation is not None and invitation.accepted_at is None
