"""Nobody shuts out the last administrator who keeps the portal, or oneself.

Who keeps the portal can mend whatever another agency's administrators did; nobody could mend the loss of its
own.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.answering import portal_keeper
from agencies.models import Membership, Role
from agencies.models.people import MembershipQuerySet
from core import clock
from core.findings import NotAllowed, Refused


def hold_administrators() -> None:
    """Lock every administrator's membership: of two who end each other's, the second waits and is refused.

    The first lock of an act that may end one: whoever locks one of them before would wait for one who waits.
    """
    rows = Membership.objects.select_for_update(no_key=True, of=("self",))
    list(rows.filter(role=Role.ADMINISTRATOR).order_by("pk").values_list("pk", flat=True))


def refuse_own(membership: Membership, actor: Membership) -> None:
    """One's own role of administrator is ended by another one."""
    if membership.user_id == actor.user_id and membership.role == Role.ADMINISTRATOR:
        raise NotAllowed(
            _("This is your own role of administrator. Ask another administrator to end it."),
            code="own_administration",
        )


def keepers_on(day: date) -> MembershipQuerySet:
    """The administrators of who keeps the portal on a day; of every agency where none does."""
    keeper = portal_keeper(day)
    found = Membership.objects.active(day).filter(role=Role.ADMINISTRATOR)
    return found.filter(agency=keeper) if keeper else found


def keep_an_administrator(ended: Iterable[Membership], last: date | None = None) -> None:
    """Refuse an act after which nobody would keep the portal: today, or on the day after `last`.

    Asked after the act has been written, in its transaction; `ended` are the memberships that it shortens.
    """
    today = clock.today()
    agencies = {one.agency_id for one in ended if one.role == Role.ADMINISTRATOR}
    for day in {today, max(today, last + timedelta(days=1)) if last else today}:
        keeper = portal_keeper(day)
        concerned = keeper.pk in agencies if keeper else bool(agencies)
        if concerned and not keepers_on(day).exists():
            raise Refused(
                _(
                    "After this nobody would be an administrator of %(agency)s any more, which keeps the"
                    " portal. Give somebody else this role there first; a person who was invited counts once"
                    " he or she has come."
                )
                % {"agency": keeper.name if keeper else _("any agency")},
                code="last_administrator",
            )
