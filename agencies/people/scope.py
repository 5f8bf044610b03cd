"""Whom an administrator keeps: the people of the own agency and its units; who keeps the portal, everybody.

A person belongs to the agencies for which he or she acts or will act; where there is none any more, to those
for which he or she did. An account as a whole is kept by who keeps all of these, a membership by who keeps
its agency. Lists, addresses and counts all ask here, so what is outside is nowhere to be found.
"""

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from agencies.models import Agency, Membership, User
from agencies.models.agency import AgencyQuerySet
from agencies.models.people import MembershipQuerySet
from agencies.permissions import KEEPER, PORTAL, can, granted_to, require
from core import clock
from core.findings import NotAllowed, Text

MANAGING = "people.manage"
Rows = TypeVar("Rows", bound=QuerySet[Any])


def keeps_all(actor: Membership) -> bool:
    return bool(can(actor, MANAGING, PORTAL))


def kept_agencies(actor: Membership) -> AgencyQuerySet:
    """The agencies whose people the actor manages."""
    return Agency.objects.standing_so(actor, granted_to(actor, MANAGING))


def within(rows: Rows, agency: str, actor: Membership) -> Rows:
    """Those of the agencies that the actor keeps; `agency` is the lookup of theirs."""
    return rows if keeps_all(actor) else rows.filter(**{f"{agency}__in": kept_agencies(actor)})


def people_kept(actor: Membership) -> QuerySet[User]:
    """Those who belong to an agency that the actor keeps. Never the portal's own account."""
    people = User.objects.filter(is_system=False)
    if keeps_all(actor):
        return people
    ever, lasting = _memberships()
    there = {"agency__in": kept_agencies(actor)}
    return people.filter(Exists(lasting.filter(**there)) | ~Exists(lasting) & Exists(ever.filter(**there)))


def accounts_kept(actor: Membership) -> QuerySet[User]:
    """Those who belong to nobody else: their accounts as a whole are the actor's to keep."""
    people = people_kept(actor)
    if keeps_all(actor):
        return people
    ever, lasting = _memberships()
    there = {"agency__in": kept_agencies(actor)}
    return people.filter(
        Exists(lasting) & ~Exists(lasting.exclude(**there))
        | ~Exists(lasting) & ~Exists(ever.exclude(**there))
    )


def _memberships() -> tuple[MembershipQuerySet, MembershipQuerySet]:
    """All of a person, and those that have not ended."""
    ever = Membership.objects.filter(user=OuterRef("pk"))
    return ever, ever.lasting(clock.today())


def why_not_whole(person: User, actor: Membership) -> Text:
    """Why the account as a whole is not the actor's to keep, or ""."""
    if keeps_all(actor) or accounts_kept(actor).filter(pk=person.pk).exists():
        return ""
    return format_lazy(
        gettext_lazy(
            "{person} acts for other agencies too. The account as a whole is kept by an administrator of all"
            " of them, or of {keeper}; the memberships of your agency you can end."
        ),
        person=str(person),
        keeper=KEEPER,
    )


def require_whole(person: User, actor: Membership) -> None:
    """Raise `NotAllowed` unless the actor keeps the account as a whole."""
    require(actor, MANAGING)
    if reason := why_not_whole(person, actor):
        raise NotAllowed(reason, code="not_allowed")
