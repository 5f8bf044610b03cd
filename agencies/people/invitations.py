"""Inviting people: an account that stays shut until its person chooses a password by the link of a letter."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import audit, letters
from agencies.models import Invitation, Membership, User
from agencies.people import rules
from agencies.people.letters import in_words, tell_of_memberships
from agencies.people.memberships import lasting_memberships, make, require_stated, said_of
from agencies.people.rules import Stated
from agencies.people.scope import require_whole
from agencies.people.states import AccountState, invitation_of, state_of
from agencies.workflow import lock
from core import clock
from core.findings import Finding, Refused, WrongState
from core.notation import format_datetime
from core.vietnamese import clean

LETTER = "invitation"
_signer = partial(signing.Signer, sep=".", salt="agencies.people.invitation")


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation. `link` is its path; "" for somebody who has an account already."""

    person: User
    memberships: Sequence[Membership]
    link: str = ""

    @property
    def is_new(self) -> bool:
        return bool(self.link)


def invite(
    email: str, full_name: str, post: str, memberships: Sequence[Stated], *, actor: Membership
) -> Invited:
    """A new person with memberships, asked by letter to choose a password.

    An address that has an account gets the memberships instead; name and post stay as they are there. Raises
    `NotAllowed`, or `Refused` with everything that is wrong at once.
    """
    email, full_name, post = rules.email_as_kept(email), clean(full_name), clean(post)
    with audit.recording() as record:
        require_stated(memberships, actor)
        known = _known(email)
        person = lock(known) if known else None
        rules.refuse(findings_of(email, full_name, post, memberships, person), "invitation")
        if person is not None:
            made = [make(person, one) for one in memberships]
            for one in made:
                record.add("add_membership", person, actor=actor, **said_of(one))
            tell_of_memberships(made, by=actor)
            return Invited(person, made)
        person = _new_account(email, full_name, post)
        made = [make(person, one) for one in memberships]
        record.add("invite", person, actor=actor, email=email, memberships=[said_of(one) for one in made])
        invitation = Invitation(user=person, by=actor, sendings=0)
        return Invited(person, made, _send(invitation, made))


def _new_account(email: str, full_name: str, post: str) -> User:
    """A shut account. Raises `Refused` when somebody has just made one for the same address."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, full_name=full_name, post=post, is_active=False)
    except IntegrityError:
        raise taken(email) from None


def taken(email: str) -> Refused:
    """The refusal of an address that came into use a moment ago."""
    text = _("%(email)s has just come into use. Reload the page.") % {"email": email}
    return Refused(text, [rules.at("email", "email_taken", text, email)], code="invitation")


def findings_of(
    email: str, full_name: str, post: str, memberships: Sequence[Stated], person: User | None = None
) -> list[Finding]:
    """Everything that bars an invitation; `person` is who has an account under the address."""
    email = rules.email_as_kept(email)
    person = person or _known(email)
    found = list(rules.email_findings(email))
    if person is None:
        found += rules.name_findings(clean(full_name), clean(post))
    elif person.is_system:
        text = _("%(email)s is the portal's own account. Give the person's address.")
        found.append(rules.at("email", "email_of_portal", text % {"email": email}, email))
    elif state_of(person) is AccountState.DEACTIVATED:
        text = _("%(email)s belongs to an account that was deactivated. Reactivate it instead.")
        found.append(rules.at("email", "email_deactivated", text % {"email": email}, email))
    return [*found, *rules.memberships_findings(person, memberships)]


def _known(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first() if email else None


def send_again(person: User, *, actor: Membership) -> str:
    """A new link, by a new letter; every link before is void. Gives its path.

    Also for one that expired or was withdrawn. Raises `NotAllowed`, or `WrongState` when the person has come.
    """
    with audit.recording() as record:
        row = lock(person)
        require_whole(row, actor)
        invitation = invitation_of(row)
        if row.is_active or invitation is None or invitation.accepted_at is not None:
            raise WrongState(
                _("This person has come already. Who forgot the password asks for a link at the sign-in."),
                code="wrong_state",
            )
        invitation.withdrawn_at = None
        record.add("invite_again", row, actor=actor, email=row.email)
        return resend(row, actor=actor)


def resend(person: User, *, actor: Membership) -> str:
    """Within an act: the next link of an open invitation, by letter; gives its path."""
    invitation = person.invitation
    invitation.by = actor
    return _send(invitation, list(lasting_memberships().filter(user=person).select_related("agency")))


def withdraw_invitation(person: User, *, actor: Membership) -> None:
    """The link is void at once; the account stays shut. Raises `NotAllowed` or `WrongState`."""
    with audit.recording() as record:
        row = lock(person)
        require_whole(row, actor)
        invitation = invitation_of(row)
        if invitation is None or not invitation.is_open:
            raise WrongState(_("There is no open invitation. Reload the page."), code="wrong_state")
        invitation.withdrawn_at = clock.real_now()
        invitation.save(update_fields=["withdrawn_at"])
        record.add("withdraw_invitation", row, actor=actor, email=row.email)


def accept_invitation(key: str, password: str) -> User:
    """The person of the link has chosen a password; the account is open. Raises `Refused` as `by_key`."""
    with audit.recording() as record:
        lock(by_key(key).user)
        invitation = by_key(key)  # once more, now that nobody else can send again or withdraw
        invitation.accepted_at = clock.real_now()
        invitation.save(update_fields=["accepted_at"])
        person = invitation.user
        person.is_active = True
        person.set_password(password)
        person.save()
        first = person.memberships.select_related("agency", "user").order_by("id").first()
        record.add("accept_invitation", person, actor=first)
    return person


def by_key(key: str) -> Invitation:
    """The invitation that a link names. Raises `Refused`, saying why the link is void."""
    void = _(
        "This link is not complete, or no longer the last that was sent. Open the one of the last letter."
    )
    try:
        pk, _dot, sending = _signer().unsign(key).partition(".")
    except signing.BadSignature:
        raise Refused(void, code="link_unknown") from None
    invitation = Invitation.objects.select_related("user").filter(pk=pk).first()
    if invitation is None or str(invitation.sendings) != sending:
        raise Refused(void, code="link_unknown")
    if invitation.accepted_at is not None:
        raise Refused(_("The password was chosen already. Sign in with it."), code="link_used")
    if invitation.withdrawn_at is not None or invitation.user.is_active:
        text = _("The invitation was withdrawn. Ask %(who)s.") % {"who": invitation.by.user}
        raise Refused(text, code="link_withdrawn")
    if invitation.has_expired:
        text = _("The link was valid until %(until)s. Ask %(who)s to send it again.")
        said = {"until": format_datetime(invitation.expires_at), "who": invitation.by.user}
        raise Refused(text % said, code="link_expired")
    return invitation


def link_of(invitation: Invitation) -> str:
    """The path that is valid since the last sending."""
    return reverse("invitation_accept", args=[_signer().sign(f"{invitation.pk}.{invitation.sendings}")])


def mail_goes_out() -> bool:
    """Whether letters are sent at all; without a mail server the administrator hands the link on."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def _send(invitation: Invitation, memberships: Sequence[Membership]) -> str:
    """Number the sending, say until when it lasts, and post the letter after the commit; gives the path."""
    invitation.sendings += 1
    invitation.sent_at = clock.real_now()
    invitation.expires_at = invitation.sent_at + timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    link = link_of(invitation)
    values = {
        "inviter": invitation.by.user.full_name,
        "agency": invitation.by.agency.name,
        "email": invitation.user.email,
        "memberships": in_words(memberships),
        "until": format_datetime(invitation.expires_at),
        "link": letters.address_of(link),
    }
    addressee = copy(invitation.user)
    addressee.is_active = True  # the one letter that goes to an account which is still shut
    letters.post(letters.compose(LETTER, values), [addressee], invitation)
    return link
