"""What an administrator does to a programme, as buttons: open, or shut with the reason."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from agencies.models import Membership
from agencies.offering import Offer
from agencies.permissions import can
from core.findings import Text
from plans.models import Programme

# Name of the page -> what its button says.
ACTS: dict[str, Text] = {
    "programme_edit": gettext_lazy("Change the facts"),
    "programme_lead": gettext_lazy("Hand over the lead"),
    "programme_outline": gettext_lazy("Change the outline"),
    "programme_mapping": gettext_lazy("Say where headings go"),
    "regime_new": gettext_lazy("Enter a regime"),
    "regime_edit": gettext_lazy("Change"),
    "regime_remove": gettext_lazy("Take out"),
    "programme_checklist": gettext_lazy("Change the checklist"),
}
_OF_ONE_ROW = frozenset({"regime_edit", "regime_remove", "programme_mapping"})


def offered(programme: Programme, membership: Membership) -> dict[str, Offer]:
    """By name; where another agency leads all of them are shut. Those of one row have no address here."""
    refused = can(membership, "programme.manage", programme).reason
    return {
        name: Offer(name, label, "" if name in _OF_ONE_ROW else reverse(name, args=[programme.code]), refused)
        for name, label in ACTS.items()
    }
