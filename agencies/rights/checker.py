"""May this person do that? The answer of `can()` with its reason, for a relation or for one object."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from agencies.people.scope import within
from agencies.permissions import OF_AN_AGENCY, OF_THE_PORTAL, Decision, Related, Relation, can
from core import clock
from core.findings import Text
from core.vietnamese import clean, search_key

MOST = 50
Finder = Callable[[ResolverMatch, Membership], Related | None]
_finders: list[Finder] = []


def register_finder(find: Finder) -> None:
    """`find` gives the object that a page is about, as far as the membership may see it, or None."""
    if find not in _finders:
        _finders.append(find)


def agency_at(match: ResolverMatch, membership: Membership) -> Related | None:
    """Agencies are no secret to anybody."""
    if match.url_name not in ("agency_detail", "agency_act"):
        return None
    return Agency.objects.filter(key=match.kwargs["key"]).first()


register_finder(agency_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """An object that stands to everybody in one way."""

    relation: Relation

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return frozenset({self.relation.value})


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one membership; `relations` are those of the object, `sees` whether it may be read."""

    membership: Membership
    decision: Decision
    relations: Sequence[Relation] = ()
    sees: bool | None = None

    @property
    def reason(self) -> Text:
        if self.sees is False:
            return _("The object is not shown to this person at all.")
        return self.decision.reason


def object_at(address: str, membership: Membership) -> Related | None:
    """The object of a page, as far as the membership may see it. Anything but a path of ours gives None."""
    path = urlsplit(address.strip()).path
    try:
        match = resolve(path if path.startswith("/") else f"/{path}")
    except Resolver404:
        return None
    return next((found for find in _finders if (found := find(match, membership)) is not None), None)


def memberships_matching(text: str, asker: Membership) -> list[Membership]:
    """Memberships of today by name or address of the person, or by the agency; at most `MOST`.

    Of the agencies whose people the asker manages.
    """
    words = clean(text)
    if not words:
        return []
    found = within(Membership.objects.active(clock.today()), "agency", asker).filter(
        Q(user__search_key__contains=search_key(words))
        | Q(user__email__icontains=words)
        | Q(agency__key__iexact=words)
        | Q(agency__name__iexact=words)
        | Q(agency__short_name__iexact=words),
        user__is_system=False,
    )
    return list(found.select_related("user", "agency").order_by("user__full_name", "user_id", "id")[:MOST])


@dataclass(frozen=True, slots=True)
class NotKept:
    """An agency as plans and reports stand to it: who keeps the portal leads none of them for that."""

    agency: Agency

    def relation_to(self, membership: Membership) -> frozenset[str]:
        found = self.agency.relation_to(membership) - {Relation.LED}
        return found or frozenset({Relation.FOREIGN.value})


def _concerned(permission: str, found: Related) -> Related:
    """People and who is in charge are an agency's affair: of what belongs to one, it is asked itself."""
    if isinstance(found, Agency):
        return found if permission in OF_AN_AGENCY | OF_THE_PORTAL else NotKept(found)
    agency = getattr(found, "agency", None) if permission in OF_AN_AGENCY else None
    return agency if isinstance(agency, Agency) else found


def answer(
    membership: Membership, permission: str, relation: Relation | None = None, address: str = ""
) -> Answer:
    """For an object by its address, for any that stands so to the agency, or whether the role ever may."""
    if address:
        found = object_at(address, membership)
        if found is None:
            return Answer(membership, Decision(False), sees=False)
        found = _concerned(permission, found)
        decision = can(membership, permission, found)
        relations = sorted(Relation(one) for one in found.relation_to(membership))
        return Answer(membership, decision, relations, sees=True)
    if relation is not None:
        return Answer(membership, can(membership, permission, Standing(relation)), [relation])
    return Answer(membership, can(membership, permission))
