"""The plans of an agency on the agency's own page."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from agencies.panels import AgencyPanel
from plans.models import Plan, Programme
from plans.review.workflow import LOOK


def plans_of_agency(agency: Agency, membership: Membership) -> AgencyPanel:
    """Its plans that the reader may see, and the programmes that it leads."""
    plans = Plan.objects.visible_to(membership).filter(agency=agency).for_pages()
    context = {
        "rows": [
            (plan, LOOK[plan.state]) for plan in plans.order_by("-programme__year_from", "-version", "id")
        ],
        "led": Programme.objects.filter(lead=agency),
    }
    return AgencyPanel(_("Plans"), "plans/_agency_plans.html", context)
