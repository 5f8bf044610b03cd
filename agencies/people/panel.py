"""The people of an agency on the agency's own page, for administrators."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership, Role
from agencies.panels import AgencyPanel
from agencies.people.memberships import lasting_memberships
from agencies.people.states import LOOK, AccountState, state_of
from agencies.permissions import can


def people_of_agency(agency: Agency, membership: Membership) -> AgencyPanel | None:
    """Who acts for it, in which role, and whether the account is open; one query."""
    if not can(membership, "people.manage", agency):
        return None
    found = lasting_memberships().filter(agency=agency).exclude(role=Role.SYSTEM)
    rows = found.select_related("user__invitation", "delegation", "agency")
    context = {
        "agency": agency,
        "rows": [
            (one, LOOK[state_of(one.user)], state_of(one.user))
            for one in rows.order_by("role", "user__sort_key", "id")
        ],
        "deactivated": AccountState.DEACTIVATED,
    }
    return AgencyPanel(_("People"), "agencies/people/_of_agency.html", context)
