"""API tokens: who makes one, for how long, and who revokes it."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from agencies import audit
from agencies.models import ApiToken, Membership, Role
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, NotAllowed, Place, Refused, error
from core.vietnamese import clean

NAME_LENGTH = 100
MOST_TOKENS = 20
"""Usable tokens of one membership: more than that is a program that makes one for every call."""


def issue_token(*, name: str, scope: str, days: int, actor: Membership) -> tuple[ApiToken, str]:
    """A token of one's own membership, and its secret, which nobody can show again.

    `days` is how long it lasts, at most `API_TOKEN_DAYS`. Raises `NotAllowed` for the portal's own account,
    `Refused` with everything that is wrong with name, scope and days at once.
    """
    name = clean(name)
    with audit.recording() as record:
        lock(actor)
        if actor.role == Role.SYSTEM:
            raise NotAllowed(_("The portal's own account has no tokens."), code="not_allowed")
        if findings := _what_is_wrong(name, scope, days, actor):
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="token")
        digest, secret = get_digest_token()
        token = ApiToken.objects.create(
            digest=digest,
            token_key=secret[: CONSTANTS.TOKEN_KEY_LENGTH],
            user=actor.user,
            membership=actor,
            name=name,
            scope=scope,
            expiry=clock.real_now() + timedelta(days=days),
        )
        record.add("issue_token", token, actor=actor, scope=scope, days=days)
    return token, secret


def revoke_token(token: ApiToken, *, actor: Membership) -> ApiToken:
    """End a token at once: one's own, or anybody's where one manages people. It stays in the lists.

    Raises `NotAllowed`; one that is revoked already stays as it is.
    """
    with audit.recording() as record:
        row = lock(token)
        if row.user_id != actor.user_id:
            require(actor, "people.manage", row.membership.agency)
        if row.revoked_at is None:
            row.revoked_at = clock.real_now()
            row.save(update_fields=["revoked_at"])
            record.add(
                "revoke_token", row, actor=actor, person=str(row.user), agency=row.membership.agency.key
            )
    return row


def _what_is_wrong(name: str, scope: str, days: int, actor: Membership) -> list[Finding]:
    findings = []
    if not name:
        text = _("Name what will use the token, such as “nightly export”.")
        findings.append(error("name_missing", text, Place(path="name")))
    elif len(name) > NAME_LENGTH:
        text = _("The name has more than %(limit)d characters. Shorten it.") % {"limit": NAME_LENGTH}
        findings.append(error("name_too_long", text, Place(path="name"), name))
    if scope not in ApiToken.Scope.values:
        text = _("“%(scope)s” is not a scope: read, or read and write.") % {"scope": scope}
        findings.append(error("scope_unknown", text, Place(path="scope"), scope))
    if not 1 <= days <= settings.API_TOKEN_DAYS:
        text = _("A token lasts 1 to %(most)d days, not %(days)d.")
        said = {"most": settings.API_TOKEN_DAYS, "days": days}
        findings.append(error("days_out_of_range", text % said, Place(path="days"), str(days)))
    if ApiToken.objects.usable(clock.real_now()).filter(membership=actor).count() >= MOST_TOKENS:
        text = _("There are %(most)d tokens already. Revoke one that is no longer used.")
        findings.append(error("tokens_too_many", text % {"most": MOST_TOKENS}))
    return findings
