"""Delegating a signature: who signs for the head of an agency, from when to when, by which document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Delegation, DelegationKind, Membership, Role, User
from agencies.models.delegation import NUMBER_LENGTH, POST_LENGTH
from agencies.people import rules
from agencies.people.letters import tell_of_delegation
from agencies.people.memberships import lasting_memberships, stop
from agencies.people.rules import at, overlap, period_words
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, NotAllowed, WrongState
from core.notation import format_date
from core.vietnamese import clean

SCOPE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Signing:
    """What is stated of a delegation. `to` is the e-mail address of who signs."""

    to: str
    kind: str
    giver_post: str
    signer_post: str
    document: str
    first: date | None
    last: date | None = None
    scope: str = ""


def delegate(giver: Membership, stated: Signing, *, actor: Membership) -> Delegation:
    """Somebody else of the agency signs for its head: an approver's membership for these days.

    The approver delegates the own signature, an administrator records what was decided on paper. Who signs
    by delegation does not delegate further (Điều 13 khoản 3, Nghị định 30/2020/NĐ-CP). Raises `NotAllowed`,
    `WrongState`, or `Refused` with everything that is wrong at once.
    """
    stated = _cleaned(stated)
    with audit.recording() as record:
        lock(giver.user)
        row = lock(giver)
        _require_own(row, actor)
        if row.role != Role.APPROVER or not row.acts_on(clock.today()):
            text = _("Only who acts as approver of an agency today has a signature to delegate.")
            raise WrongState(text, code="wrong_state")
        rules.refuse(findings_of(row, stated), "delegation")
        person = User.objects.get(email__iexact=stated.to)
        delegation = Delegation.objects.create(
            giver=row,
            kind=stated.kind,
            giver_post=stated.giver_post,
            signer_post=stated.signer_post,
            document_number=stated.document,
            scope=stated.scope,
        )
        made = Membership.objects.create(
            user=person,
            agency=row.agency,
            role=Role.APPROVER,
            valid_from=stated.first,
            valid_to=stated.last,
            delegation=delegation,
        )
        record.add(
            "delegate",
            person,
            actor=actor,
            giver=str(row.user),
            agency=row.agency.key,
            kind=stated.kind,
            document=stated.document,
            **{"from": str(stated.first or ""), "to": str(stated.last or "")},
        )
        tell_of_delegation(made)
    return delegation


def withdraw_delegation(delegation: Delegation, *, reason: str, actor: Membership) -> None:
    """It ends at this moment. Raises `NotAllowed`, `WrongState` when it has ended, `Refused`."""
    reason = clean(reason, multiline=True)
    with audit.recording() as record:
        row = lock(delegation)
        _require_own(row.giver, actor)
        if not lasting_memberships().filter(pk=row.membership.pk).exists():
            raise WrongState(_("This delegation has ended already."), code="wrong_state")
        rules.refuse(list(rules.reason_findings(reason)), "delegation")
        withdraw(row.membership)
        record.add(
            "withdraw_delegation",
            row.membership.user,
            actor=actor,
            giver=str(row.giver.user),
            agency=row.giver.agency.key,
            document=row.document_number,
            reason=reason,
        )


def withdraw(membership: Membership) -> int:
    """Within an act: a delegated membership stops; gives 1, to be counted."""
    stop(lock(membership))
    return 1


def delegations_of(person: User) -> QuerySet[Membership]:
    """Delegated memberships that last, given or received by a person."""
    concerned = Q(user=person) | Q(delegation__giver__user=person)
    return lasting_memberships().filter(concerned, delegation__isnull=False)


def candidates_for(giver: Membership) -> QuerySet[User]:
    """Who of the agency can be given the signature: whoever acts for it in the own right today."""
    there = Membership.objects.active(clock.today()).own().filter(agency=giver.agency_id)
    people = User.objects.filter(pk__in=there.exclude(role=Role.SYSTEM).values("user"))
    return people.exclude(pk=giver.user_id).order_by("sort_key", "id")


def _require_own(giver: Membership, actor: Membership) -> None:
    require(actor, "signature.delegate", giver.agency)
    if actor.role == Role.APPROVER and (actor.delegation_id is not None or actor.pk != giver.pk):
        raise NotAllowed(
            _("An approver delegates the own signature alone, and none that is delegated itself."),
            code="not_own_signature",
        )


def _cleaned(stated: Signing) -> Signing:
    return Signing(
        to=rules.email_as_kept(stated.to),
        kind=stated.kind,
        giver_post=clean(stated.giver_post),
        signer_post=clean(stated.signer_post),
        document=clean(stated.document),
        first=stated.first,
        last=stated.last,
        scope=clean(stated.scope, multiline=True),
    )


_TEXTS = (
    (
        "giver_post",
        POST_LENGTH,
        lambda: _("Give the post of the head as documents print it, such as Bộ trưởng."),
    ),
    ("signer_post", POST_LENGTH, lambda: _("Give the post of who signs, such as Thứ trưởng.")),
    ("document", NUMBER_LENGTH, lambda: _("Give the number of the document that delegates the signature.")),
    ("scope", SCOPE_LENGTH, None),
)


def _text_findings(stated: Signing) -> Iterator[Finding]:
    if stated.kind not in DelegationKind.values:
        text = _("“%(kind)s” is no way to sign for the head: KT., TL. or TUQ.") % {"kind": stated.kind}
        yield at("kind", "kind_unknown", text, stated.kind)
    for name, limit, missing in _TEXTS:
        value: str = getattr(stated, name)
        if not value and missing is not None:
            yield at(name, f"{name}_missing", missing())
        elif len(value) > limit:
            said = {"value": value[:40], "length": len(value), "limit": limit}
            words = _("“%(value)s…” has %(length)d characters; at most %(limit)d fit. Shorten it.")
            yield at(name, "too_long", words % said, value)


def findings_of(giver: Membership, stated: Signing) -> list[Finding]:
    """Everything that bars a delegation."""
    stated = _cleaned(stated)
    person = User.objects.filter(email__iexact=stated.to, is_system=False).first() if stated.to else None
    return [
        *_text_findings(stated),
        *_day_findings(giver, stated),
        *_person_findings(giver, person, stated),
    ]


def _day_findings(giver: Membership, stated: Signing) -> Iterator[Finding]:
    first, last, today = stated.first, stated.last, clock.today()
    if first is None:
        yield at("first", "first_missing", _("Give the first day of the delegation."))
    elif first < today:
        text = _("%(first)s is over: nothing signed before today can rest on it. Give today or a later day.")
        yield at("first", "first_over", text % {"first": format_date(first)}, format_date(first))
    yield from (one for one in rules.period_findings(first, last) if one.code == "period_backwards")
    if last is None and stated.kind == DelegationKind.TUQ:
        text = _("TUQ. has a last day: the authority is given in writing and for a limited time.")
        yield at("last", "last_missing", text)
    if giver.valid_to is not None and (last is None or last > giver.valid_to):
        text = _(
            "%(giver)s is approver until %(to)s: nobody signs for him or her longer. Give an earlier day."
        )
        said = {"giver": giver.user, "to": format_date(giver.valid_to)}
        yield at("last", "longer_than_giver", text % said, format_date(last))


def _person_findings(giver: Membership, person: User | None, stated: Signing) -> Iterator[Finding]:
    if not stated.to:
        yield at("to", "person_missing", _("Choose who signs."))
        return
    said = {"email": stated.to, "agency": giver.agency.short_name}
    if person is None or not candidates_for(giver).filter(pk=person.pk).exists():
        text = _("“%(email)s” is nobody else who acts for %(agency)s today. Choose a person of the agency.")
        yield at("to", "not_of_agency", text % said, stated.to)
        return
    given = lasting_memberships().filter(delegation__giver=giver, user=person)
    for one in given.order_by("valid_from", "id"):
        if overlap(stated.first, stated.last, one.valid_from, one.valid_to):
            text = _("The signature is delegated to %(person)s already, %(period)s. Withdraw that first.")
            period = period_words(one.valid_from, one.valid_to)
            yield at("to", "periods_overlap", text % {"person": person, "period": period}, stated.to)
            return
