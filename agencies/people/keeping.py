"""Work in hand: the drafts of which a person is in charge, and how they pass on.

What else waits in an agency belongs to the agency: whoever has the role there goes on with it. Apps that have
drafts register a `Keeper` for their model, whose `in_charge` is a nullable key to a membership.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies import audit
from agencies.answering import answering
from agencies.models import Agency, Membership, Role, User
from agencies.people.scope import within
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, Place, Refused, Text, WrongState, error

HOLDERS = (Role.EDITOR, Role.APPROVER)
"""In these roles somebody can be in charge."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """One kind of draft. `open` gives those that are not settled yet, with what the other functions read."""

    key: str
    label: Text
    model: type[models.Model]
    open: Callable[[], QuerySet[Any]]
    agency: str
    """Lookup of its agency, such as "report__agency"."""
    agency_of: Callable[[Any], Agency]
    title: Callable[[Any], Text]
    word: Callable[[Any], Text]
    """Its state in words."""
    url: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Work:
    """One draft as lists show it."""

    keeper: Keeper
    row: Any

    @property
    def kind(self) -> str:
        return self.keeper.key

    @property
    def title(self) -> Text:
        return self.keeper.title(self.row)

    @property
    def word(self) -> Text:
        return self.keeper.word(self.row)

    @property
    def url(self) -> str:
        return self.keeper.url(self.row)

    @property
    def agency(self) -> Agency:
        return self.keeper.agency_of(self.row)


_keepers: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    _keepers[keeper.key] = keeper


def keepers() -> list[Keeper]:
    return list(_keepers.values())


def keeper_of(key: str) -> Keeper | None:
    return _keepers.get(key)


def in_hand_of(person: User, actor: Membership | None = None) -> list[Work]:
    """Everything open of which the person is in charge, one query a kind.

    In whichever membership, or in those of which the actor manages the people.
    """
    return [
        Work(keeper, row)
        for keeper in keepers()
        for row in _kept(keeper.open(), actor)
        .filter(in_charge__user=person)
        .select_related("in_charge")
        .order_by("pk")
    ]


def _kept(rows: QuerySet[Any], actor: Membership | None) -> QuerySet[Any]:
    return rows if actor is None else within(rows, "in_charge__agency", actor)


def by_membership(works: Iterable[Work]) -> dict[int, list[Work]]:
    found: dict[int, list[Work]] = {}
    for one in works:
        found.setdefault(one.row.in_charge_id, []).append(one)
    return found


def belonging_to(agency_ids: Iterable[int], person: User) -> dict[Text, int]:
    """How much of each kind is open in agencies without the person being in charge."""
    ids = list(agency_ids)
    counts = {
        keeper.label: keeper.open().filter(**{f"{keeper.agency}__in": ids}).exclude(in_charge__user=person)
        for keeper in keepers()
    }
    return {label: found.count() for label, found in counts.items()}


def holders_for(agency: Agency) -> QuerySet[Membership]:
    """Who can be in charge of drafts of an agency today: editors and approvers of who answers for it."""
    bearer = answering(agency).bearer
    found = Membership.objects.active(clock.today()).own().filter(agency=bearer, role__in=HOLDERS)
    return found.select_related("user", "agency").order_by("user__sort_key", "user_id", "role")


def who_goes_on(agency: Agency, holders: Iterable[Membership]) -> str:
    """What to know before somebody is put in charge: a leader reads and submits, and does not edit."""
    roles = {one.role for one in holders}
    if Role.EDITOR not in roles:
        text = _("No editor of %(agency)s is in this list: add one who can go on.")
        return text % {"agency": agency.short_name}
    return _("Only editors go on with a draft; a leader reads and submits it.") if len(roles) > 1 else ""


def put_in_charge(keeper: Keeper, row: models.Model, to: Membership | None, *, actor: Membership) -> None:
    """Say who is in charge of one draft, or that nobody is.

    Raises `NotAllowed`, `WrongState` where it is settled, `Refused` for somebody who does not draft there.
    """
    with audit.recording() as record:
        held: Any = lock(row)
        require(actor, "work.assign", keeper.agency_of(held))
        if not keeper.open().filter(pk=held.pk).exists():
            raise WrongState(_("This is settled: nobody is in charge of it any more."), "wrong_state")
        _refuse_stranger(keeper.agency_of(held), to)
        before = str(held.in_charge.user) if held.in_charge else ""
        if held.in_charge_id == (to.pk if to else None):
            return
        held.in_charge = to
        held.save(update_fields=["in_charge"])
        record.add("put_in_charge", held, actor=actor, before=before, after=str(to.user) if to else "")


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a membership's work passes; to nobody where `to` is None: the agency's editors see that."""

    giver: Membership
    to: Membership | None


def hand_over_work(person: User, handings: Sequence[Handing], *, actor: Membership) -> int:
    """Everything that a person has in hand in the named memberships passes on; gives how much.

    Raises `NotAllowed` or `Refused`. One entry in the record for each membership, with counts.
    """
    with audit.recording():
        require(actor, "people.manage")
        lock(person)
        if not handings:
            findings = unspoken_for(person, (), actor)
            text = " ".join(str(one.text) for one in findings) or _("This person has no draft in hand.")
            raise Refused(text, findings, code="in_hand")
        return sum(pass_on(person, one, actor=actor) for one in handings)


def pass_on(person: User, handing: Handing, *, actor: Membership) -> int:
    """One membership's work, in the transaction of an act on its person."""
    with audit.recording() as record:
        require(actor, "people.manage", handing.giver.agency)
        works = by_membership(in_hand_of(person)).get(handing.giver.pk, [])
        if handing.to is not None and handing.to.user_id == person.pk:
            text = _("%(person)s has this in hand already. Choose somebody else.") % {"person": person}
            raise Refused(text, [error("same_person", text, Place(path=f"to-{handing.giver.pk}"))], "in_hand")
        for agency in {one.agency for one in works}:
            _refuse_stranger(agency, handing.to, f"to-{handing.giver.pk}")
        counts: dict[str, int] = {}
        for keeper in keepers():
            ids = [one.row.pk for one in works if one.keeper is keeper]
            counts[keeper.key] = keeper.model._base_manager.filter(pk__in=ids).update(in_charge=handing.to)
        total = sum(counts.values())
        if total:
            record.add(
                "hand_over_work",
                person,
                actor=actor,
                agency=handing.giver.agency.key,
                to=str(handing.to.user) if handing.to else "",
                **counts,
            )
    return total


def unspoken_for(person: User, handings: Sequence[Handing], actor: Membership) -> list[Finding]:
    """Memberships that the actor keeps, with work in hand of which nobody said who takes it over."""
    said = {one.giver.pk for one in handings}
    found = []
    for pk, works in by_membership(in_hand_of(person, actor)).items():
        if pk not in said:
            agency = works[0].agency
            text = _("Say who takes over what is in hand at %(agency)s: %(works)s.")
            listed = "; ".join(str(one.title) for one in works)
            words = text % {"agency": agency.short_name, "works": listed}
            found.append(error("in_hand", words, Place(path=f"to-{pk}")))
    return found


def follow(before: Membership, after: Membership) -> None:
    """A membership goes on at a successor: what it has in hand goes along."""
    for keeper in keepers():
        open_rows = keeper.open().filter(in_charge=before).values("pk")
        keeper.model._base_manager.filter(pk__in=list(open_rows.values_list("pk", flat=True))).update(
            in_charge=after
        )


def _refuse_stranger(agency: Agency, to: Membership | None, path: str = "to") -> None:
    if to is None or holders_for(agency).filter(pk=to.pk).exists():
        return
    text = _("%(person)s is no editor or approver of %(agency)s today. Choose one of the list.")
    words = text % {"person": to.user, "agency": agency.short_name}
    raise Refused(words, [error("not_of_agency", words, Place(path=path))], code="not_of_agency")
