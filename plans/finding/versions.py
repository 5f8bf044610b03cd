"""Which versions of plans are searched, and what a hit says of the plan in which it stands."""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.finding import Scope
from agencies.models import Membership
from core.findings import Text
from plans.models import OPEN_STATES, Plan, PlanState
from plans.review.workflow import LOOK


def _versions(membership: Membership) -> "QuerySet[Any, Any]":
    """The approved ones, and the open ones that the reader may see; own plans stand before others.

    An open version says which approved one it amends. A text that is not a document's is its plan's own: a
    document's is found as its clauses.
    """
    approved = Plan.objects.filter(code=OuterRef("code"), state=PlanState.APPROVED).order_by("id")
    return (
        Plan.objects.visible_to(membership)
        .filter(Q(state=PlanState.APPROVED) | Q(state__in=OPEN_STATES))
        .annotate(
            later=Case(When(agency__in=membership.agency_ids, then=0), default=1),
            amends=Case(
                When(state__in=OPEN_STATES, then=Subquery(approved.values("id")[:1])),
                default=None,
                output_field=IntegerField(),
            ),
            own_text=ExpressionWrapper(Q(document__isnull=True), output_field=BooleanField()),
        )
        .values_list("id", "later", "amends", "own_text")
    )


VERSIONS = Scope("plan_versions", _versions, flags=("own_text",))

OF_PLAN: dict[str, Any] = {
    "code": "code",
    "version": "version",
    "state": "state",
    "agency": "agency__short_name",
    "programme": "programme__short_name",
    "document": "document__number",
}
OF_ITS_PLAN = {name: f"plan__{path}" for name, path in OF_PLAN.items()}


def plan_address(name: str, data: Mapping[str, Any], **more: Any) -> str:
    return reverse(name, kwargs={"code": data["code"], "version": data["version"], **more})


def state_of(data: Mapping[str, Any]) -> tuple[str, str, Text]:
    state = PlanState(data["state"])
    return (*LOOK[state], state.label)


def where_of(data: Mapping[str, Any]) -> list[Text]:
    """Document, agency, programme, and the version where there are several."""
    found: list[Text] = [data["document"] or "", data["agency"], data["programme"]]
    if data["version"] > 1:
        found.append(_("version %(version)s") % {"version": data["version"]})
    return [one for one in found if one]
