"""For which agencies a person acts, and when: added, dated anew, stopped; never removed once used."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, ApiToken, Membership, Role, User
from agencies.models.people import MembershipQuerySet
from agencies.people import lockout
from agencies.people.letters import tell_of_memberships
from agencies.people.rules import (
    Stated,
    at,
    membership_findings,
    overlap_findings,
    period_findings,
    reason_findings,
    refuse,
)
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, NotAllowed, WrongState
from core.notation import format_date
from core.vietnamese import clean

REFUSAL = "membership"


def add_membership(person: User, stated: Stated, *, actor: Membership) -> Membership:
    """The person acts for one more agency, or in one more role.

    Raises `NotAllowed`, or `Refused` with everything that is wrong with agency, role and days at once.
    """
    with audit.recording() as record:
        lock(person)
        require_stated([stated], actor)
        refuse(list(membership_findings(person, stated)), REFUSAL)
        membership = make(person, stated)
        record.add("add_membership", person, actor=actor, **said_of(membership))
        tell_of_memberships([membership], by=actor)
    return membership


def require_stated(stated: Sequence[Stated], actor: Membership) -> None:
    """Raise `NotAllowed` unless the actor manages the people of every agency that is named."""
    require(actor, "people.manage")
    for agency in Agency.objects.filter(key__in={one.agency for one in stated}):
        require(actor, "people.manage", agency)


def make(person: User, stated: Stated) -> Membership:
    """The row of what was found right."""
    return Membership.objects.create(
        user=person,
        agency=Agency.objects.get(key=stated.agency),
        role=stated.role,
        valid_from=stated.first,
        valid_to=stated.last,
    )


def said_of(membership: Membership) -> dict[str, str]:
    """A membership in the record of acts."""
    return {
        "agency": membership.agency.key,
        "role": membership.role,
        "from": str(membership.valid_from or ""),
        "to": str(membership.valid_to or ""),
    }


def change_membership(
    membership: Membership, *, first: date | None, last: date | None, actor: Membership
) -> Membership:
    """Other days. One that has begun keeps its first day, and ends yesterday at the earliest.

    Delegated signatures that rest on it end with it. Raises `NotAllowed`, `WrongState` or `Refused`.
    """
    with audit.recording() as record:
        row = _held(membership, actor)
        refuse(days_findings(row, first, last), REFUSAL)
        before = said_of(row)
        row.valid_from, row.valid_to = first, last
        row.save(update_fields=["valid_from", "valid_to"])
        said: dict[str, Any] = said_of(row) | {"was_from": before["from"], "was_to": before["to"]}
        if last is not None:
            said.update(_cut(row, last))
            if last <= clock.today():
                lockout.refuse_own(row, actor)
            lockout.keep_an_administrator([row], last)
        if row.valid_from and row.valid_from > clock.today():
            lockout.keep_an_administrator([row])
        record.add("change_membership", row.user, actor=actor, **said)
    return row


def stop_membership(membership: Membership, *, reason: str, actor: Membership) -> Membership:
    """From this moment the person no longer acts there; its tokens are revoked. It stays in the list.

    Raises `NotAllowed`, `WrongState` or `Refused`.
    """
    reason = clean(reason, multiline=True)
    with audit.recording() as record:
        row = _held(membership, actor)
        lockout.refuse_own(row, actor)
        refuse(list(reason_findings(reason)), REFUSAL)
        stopped = stop(row)
        said: dict[str, Any] = {
            **said_of(row),
            "reason": reason,
            "tokens_revoked": stopped,
            **_cut(row, None),
        }
        lockout.keep_an_administrator([row])
        record.add("stop_membership", row.user, actor=actor, **said)
    return row


def stop(membership: Membership) -> int:
    """Within an act: the membership ends at once; gives how many tokens ended with it."""
    membership.stopped_at = clock.now()
    membership.save(update_fields=["stopped_at"])
    tokens = ApiToken.objects.usable(clock.real_now()).filter(membership=membership)
    return tokens.update(revoked_at=clock.real_now())


def remove_membership(membership: Membership, *, actor: Membership) -> None:
    """Take out one that was entered by mistake and in which nobody can have acted. Raises `WrongState`."""
    used = WrongState(
        _("It was used already: what was done under it stays. End it with a last day, or at once."),
        code="membership_used",
    )
    with audit.recording() as record:
        row = _held(membership, actor)
        lockout.refuse_own(row, actor)
        if not is_unused(row):
            raise used
        record.add("remove_membership", row.user, actor=actor, **said_of(row))
        try:
            row.delete()
        except ProtectedError:  # somebody put it in charge of a draft, or made something else rest on it
            raise used from None
        lockout.keep_an_administrator([row])


def is_unused(membership: Membership) -> bool:
    """Nobody can have acted in it: it has not begun, or its person never came."""
    begun = membership.valid_from is None or membership.valid_from <= clock.today()
    return not begun or membership.user.last_login is None


def _held(membership: Membership, actor: Membership) -> Membership:
    """The row, locked together with its person's, of one that goes on in its own right."""
    if membership.role == Role.ADMINISTRATOR:
        lockout.hold_administrators()
    lock(membership.user)
    row = lock(membership)
    require(actor, "people.manage", row.agency)
    if row.delegation_id is not None:
        raise NotAllowed(
            _("This rests on a delegation of signature. Withdraw the delegation instead."), code="delegated"
        )
    if row.stopped_at is not None or (row.valid_to and row.valid_to < clock.today()):
        raise WrongState(
            _("This membership has ended; it stays as it was. Add a new one where the person acts again."),
            code="wrong_state",
        )
    return row


def days_findings(row: Membership, first: date | None, last: date | None) -> list[Finding]:
    """What bars other days of a membership."""
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    found = [one for one in period_findings(first, last) if one.code != "period_over"]
    if last is not None and last < yesterday:
        text = _("%(last)s lies in the past, when it held. It ends on %(yesterday)s at the earliest.")
        said = {"last": format_date(last), "yesterday": format_date(yesterday)}
        found.append(at("last", "end_in_past", text % said, format_date(last)))
    begun = row.valid_from is None or row.valid_from <= today
    if begun and first != row.valid_from and row.user.last_login is not None:
        text = _("It has begun, %(from)s: that day stays, because things may have been done since.")
        said = {"from": format_date(row.valid_from) or _("without a first day")}
        found.append(at("first", "begun", text % said, format_date(first)))
    stated = Stated(row.agency.key, row.role, first, last)
    return found or list(overlap_findings(row.user, row.agency, stated, besides=row.pk))


def _cut(membership: Membership, last: date | None) -> dict[str, int]:
    """Delegated signatures that last no longer than this membership: to `last`, or at once (None)."""
    ended = 0
    for one in delegated_on(membership):
        if last is not None and one.valid_to is not None and one.valid_to <= last:
            continue
        ended += 1
        if last is None or last < clock.today() or (one.valid_from and one.valid_from > last):
            stop(one)
        else:
            one.valid_to = last
            one.save(update_fields=["valid_to"])
    return {"delegations_ended": ended} if ended else {}


def delegated_on(membership: Membership) -> Sequence[Membership]:
    """Delegated memberships that rest on one: given by it, or had by its person through it alone."""
    lasting = lasting_memberships().filter(delegation__isnull=False).select_related("delegation", "agency")
    given = list(lasting.filter(delegation__giver=membership))
    others = lasting_memberships().own().filter(user=membership.user_id, agency=membership.agency_id)
    if others.exclude(pk=membership.pk).exists():
        return given
    return given + list(lasting.filter(user=membership.user_id, agency=membership.agency_id))


def lasting_memberships() -> MembershipQuerySet:
    """Those that have not ended: running ones and ones to come."""
    return Membership.objects.lasting(clock.today())
