"""The people of an agency that ends, and how they follow it to its principal successor."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.models import Agency, Membership, Role, Succession
from agencies.models.agency import AgencyQuerySet
from agencies.people.keeping import follow
from agencies.people.lockout import keepers_on
from core import clock
from core.findings import Refused


def with_left_behind(agencies: AgencyQuerySet) -> AgencyQuerySet:
    """Each with `heir`, whether it has a principal successor, and `left_behind`, whether it has people."""
    people = Membership.objects.own().filter(agency=OuterRef("pk"), user__is_active=True)
    people = people.exclude(role=Role.SYSTEM)
    lasting = people.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    heirs = Succession.objects.filter(predecessor=OuterRef("pk"), principal=True)
    return agencies.annotate(heir=Exists(heirs), left_behind=Exists(lasting))


def people_of(agencies: Iterable[Agency], on: date) -> list[Membership]:
    """Who acts for them on or after a day. The portal's account follows nobody, a delegation ends here."""
    found = Membership.objects.own().filter(agency__in=list(agencies), user__is_active=True)
    found = found.exclude(role=Role.SYSTEM).select_related("user", "agency")
    return [one for one in found.order_by("id") if one.valid_to is None or one.valid_to >= on]


def move_people(agency: Agency, successor: Agency, on: date, since: date | None = None) -> int:
    """Each membership ends with the day before, and goes on at the successor from the day; how many did.

    Who has the role there already keeps that one membership. `since` is the day on which it begins there,
    where the agency had ended before.
    """
    moved = 0
    held_there = Membership.objects.own().filter(agency=successor)
    in_time = held_there.order_by(F("valid_from").asc(nulls_first=True), "id")
    there = {(one.user_id, one.role): one for one in in_time}  # the last of several periods
    for membership in people_of([agency], on):
        begins = max(since or on, membership.valid_from or on)
        ends = membership.valid_to
        if membership.valid_from is None or membership.valid_from < on:
            membership.valid_to = on - timedelta(days=1)
            membership.save(update_fields=["valid_to"])
        held = there.get((membership.user_id, membership.role))
        if held is None:
            held = there[membership.user_id, membership.role] = Membership.objects.create(
                user=membership.user,
                agency=successor,
                role=membership.role,
                valid_from=begins,
                valid_to=ends,
            )
        elif _covers(held, begins, ends):
            follow(membership, held)
            continue
        else:
            held.valid_from = min(held.valid_from, begins) if held.valid_from else None
            held.valid_to = max(held.valid_to, ends) if held.valid_to and ends else None
            held.save(update_fields=["valid_from", "valid_to"])
        follow(membership, held)
        moved += 1
    return moved


def _covers(held: Membership, begins: date, ends: date | None) -> bool:
    from_then = held.valid_from is None or held.valid_from <= begins
    return from_then and (held.valid_to is None or (ends is not None and ends <= held.valid_to))


def keep_an_administrator(on: date) -> None:
    """Refuse an act after which nobody could manage the list and its people any more."""
    if not keepers_on(on).exists():
        raise Refused(
            _(
                "After this nobody would keep the portal: its last administrator belongs to an agency that "
                "ends. Let the people follow to the successor, or enter an administrator there first."
            ),
            code="last_administrator",
        )
