"""How memberships and delegated signatures are laid out for reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _

from agencies.models import Delegation, Membership, User
from agencies.models.delegation import in_one_line
from agencies.models.people import MembershipQuerySet
from agencies.people.acts import OfferedAct, offered_of
from agencies.people.memberships import lasting_memberships
from agencies.people.scope import within
from core import clock
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Shown:
    """One membership: colour family, sign and word of how it stands, and what can be done to it."""

    row: Membership
    family: str
    sign: str
    word: Text
    acts: Sequence[OfferedAct] = ()


def shown(row: Membership, acts: Sequence[OfferedAct] = ()) -> Shown:
    today = clock.today()
    if row.stopped_at is not None:
        return Shown(row, "none", "⊘", _("ended at once"), acts)
    if row.valid_to is not None and row.valid_to < today:
        return Shown(row, "none", "○", _("ended"), acts)
    if row.valid_from is not None and row.valid_from > today:
        return Shown(row, "work", "→", _("to come"), acts)
    if not row.agency.exists_on(today):
        return Shown(row, "none", "○", _("the agency has ended"), acts)
    return Shown(row, "ok", "✓", _("runs"), acts)


def in_time(rows: MembershipQuerySet) -> MembershipQuerySet:
    """The latest first, those without dates before them."""
    return rows.order_by(F("valid_from").desc(nulls_first=True), "-id")


def memberships_shown(person: User, actor: Membership) -> list[Shown]:
    """Those in the own right that the administrator keeps, with the acts that are offered."""
    rows = within(Membership.objects.filter(user=person, delegation__isnull=True), "agency", actor)
    return [shown(row, offered_of(row, actor)) for row in in_time(rows.select_related("user", "agency"))]


def coming_of(person: User) -> MembershipQuerySet:
    """The memberships that a person has not begun yet, the next first."""
    found = lasting_memberships().filter(user=person, valid_from__gt=clock.today())
    return found.select_related("agency", "delegation").order_by("valid_from", "id")


@dataclass(frozen=True, slots=True)
class Delegations:
    """Delegated signatures that a person received, and those that he or she gave."""

    received: Sequence[Shown]
    given: Sequence[Shown]

    def __bool__(self) -> bool:
        return bool(self.received or self.given)


def delegated() -> MembershipQuerySet:
    """Memberships that rest on a delegation, with everybody concerned."""
    found = Membership.objects.filter(delegation__isnull=False)
    return found.select_related("user", "agency", "delegation__giver__user", "delegation__giver__agency")


def delegations_shown(person: User, actor: Membership | None = None) -> Delegations:
    """A person's own, or as far as an administrator keeps their agencies."""
    concerned = delegated().filter(Q(user=person) | Q(delegation__giver__user=person))
    kept = within(concerned, "agency", actor) if actor else concerned
    rows = [shown(row) for row in in_time(kept)]
    return Delegations(
        received=[one for one in rows if one.row.user_id == person.pk],
        given=[one for one in rows if one.row.user_id != person.pk],
    )


def lasts(row: Membership) -> bool:
    """Whether it can still be withdrawn: it runs or is to come."""
    return row.stopped_at is None and (row.valid_to is None or row.valid_to >= clock.today())


def signature_words(delegation: Delegation) -> str:
    """The lines above the name in one line: "KT. BỘ TRƯỞNG / THỨ TRƯỞNG"."""
    return in_one_line(delegation.signature(delegation.giver.agency))
