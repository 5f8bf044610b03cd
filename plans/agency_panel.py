"""The plans of an agency on the agency's own page, and those that pass on when it ends."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from agencies.answering import taken_over_from
from agencies.changes.consequences import Fact
from agencies.models import Agency, Membership
from agencies.panels import AgencyPanel
from core import clock
from plans.context import known_programmes
from plans.models import OPEN_STATES, Plan, PlanState, Programme
from plans.review.workflow import LOOK


def plans_of_agency(agency: Agency, membership: Membership) -> AgencyPanel:
    """Its plans that the reader may see, those that it took over, and the programmes that it leads."""
    ours = agency.answers_for_on(clock.today())
    plans = Plan.objects.visible_to(membership).filter(agency__in=ours).for_pages()
    context = {
        "rows": [
            (plan, LOOK[plan.state], "" if plan.agency_id == agency.pk else taken_over_from(plan.agency))
            for plan in plans.order_by("-programme__year_from", "-version", "id")
        ],
        "led": [one for one in known_programmes(membership) if one.lead_id in ours],
    }
    return AgencyPanel(_("Plans"), "plans/_agency_plans.html", context)


def plans_that_pass_on(agencies: Sequence[Agency]) -> Iterator[Fact]:
    """For the confirmation of an act on agencies: open plans, plans in force, programmes led."""
    plans = Plan.objects.filter(agency__in=list(agencies)).order_by("programme__position", "code", "version")
    open_plans = [plan.title for plan in plans.filter(state__in=OPEN_STATES)]
    in_force = [plan.title for plan in plans.filter(state=PlanState.APPROVED)]
    led = Programme.objects.filter(lead__in=list(agencies)).values_list("short_name", flat=True)
    yield _("Plans in work"), "; ".join(open_plans) or _("none")
    yield _("Plans in force"), "; ".join(in_force) or _("none")
    if led:
        yield _("Programmes that it leads"), "; ".join(led)
