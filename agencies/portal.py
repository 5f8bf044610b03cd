"""Handing the portal over to another agency, which keeps it for all others from then on."""

from django.utils.translation import gettext as _

from agencies import audit
from agencies.answering import answering, has_ended, portal_keeper
from agencies.models import Agency, Membership, Role
from agencies.permissions import PORTAL, require
from agencies.workflow import lock
from core import clock
from core.findings import Refused


def hand_over_portal(agency: Agency, *, actor: Membership) -> None:
    """From now on its administrators keep all agencies, people and lists.

    A successor needs no such act: it keeps what its predecessor kept. Raises `NotAllowed`, or `Refused` for
    an agency that has ended or in which nobody is an administrator today.
    """
    with audit.recording() as record:
        require(actor, "portal.hand_over", PORTAL)
        row = lock(agency)
        if has_ended(row):
            text = _("%(agency)s keeps nothing any more: %(note)s. Choose an agency that exists.")
            raise Refused(text % {"agency": row.name, "note": answering(row).note}, code="agency_ended")
        there = Membership.objects.active(clock.today()).filter(agency=row, role=Role.ADMINISTRATOR)
        if not there.exists():
            text = _(
                "%(agency)s has no administrator. Make one first: `manage.py create_admin --agency %(key)s`."
            )
            raise Refused(text % {"agency": row.name, "key": row.key}, code="no_administrator")
        before = portal_keeper()
        Agency.objects.filter(keeps_portal=True).update(keeps_portal=False)
        row.keeps_portal = True
        row.save(update_fields=["keeps_portal"])
        record.add("hand_over_portal", row, actor=actor, before=before.key if before else "")
