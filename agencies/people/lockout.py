"""Nobody shuts out the last administrator, or oneself."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.models import Membership, Role
from core import clock
from core.findings import NotAllowed, Refused


def hold_administrators() -> None:
    """Lock every administrator's membership: of two who end each other's, the second waits and is refused."""
    rows = Membership.objects.select_for_update(no_key=True, of=("self",))
    list(rows.filter(role=Role.ADMINISTRATOR).order_by("pk").values_list("pk", flat=True))


def refuse_own(membership: Membership, actor: Membership) -> None:
    """One's own role of administrator is ended by another one."""
    if membership.user_id == actor.user_id and membership.role == Role.ADMINISTRATOR:
        raise NotAllowed(
            _("This is your own role of administrator. Ask another administrator to end it."),
            code="own_administration",
        )


def keep_an_administrator(last: date | None = None) -> None:
    """Refuse an act after which nobody would administer: today, or on the day after `last`.

    Asked after the act has been written, in its transaction.
    """
    today = clock.today()
    for day in {today, max(today, last + timedelta(days=1)) if last else today}:
        if not Membership.objects.active(day).filter(role=Role.ADMINISTRATOR).exists():
            raise Refused(
                _(
                    "After this nobody would be an administrator any more. Give somebody else this role"
                    " first; a person who was invited counts once he or she has come."
                ),
                code="last_administrator",
            )
