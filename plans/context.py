"""What every page knows of programmes: the switch at the top, and the one that lists are filtered to."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from agencies.acting import ActingRequest, once
from agencies.models import Membership, Role
from core import clock
from plans.models import Plan, PlanKind, PlanState, Programme, with_document

PLANNING = (Role.EDITOR, Role.APPROVER)
REMINDED_AT = "reminded_at"
Annotation = Callable[[Membership], Any]
_annotations: dict[str, Annotation] = {}


def annotate_programmes(name: str, expression: Annotation) -> None:
    """Let an upper app note something of each programme for the reader's agency, within the one query."""
    _annotations[name] = expression


def known_programmes(membership: Membership) -> list[Programme]:
    """All programmes, read once a page.

    For those who plan with what was noted of each, and `taken`: whether the agency has a plan there, under
    any name.
    """

    def read() -> list[Programme]:
        known = with_document(Programme.objects.select_related("lead"))
        if membership.role not in PLANNING:
            return list(known)
        names = membership.agency.names_on(clock.today())
        plans = Plan.objects.filter(agency__in=names, kind=PlanKind.AGENCY, programme=OuterRef("pk"))
        taken = Exists(plans.exclude(state=PlanState.REJECTED))
        noted = {name: expression(membership) for name, expression in _annotations.items()}
        return list(known.annotate(taken=taken, **noted))

    return once(membership, "programmes", read)


def programmes_of(request: ActingRequest) -> list[Programme]:
    return known_programmes(request.membership)


def programmes(request: HttpRequest) -> dict[str, Any]:
    """`programmes` and `current_programme`; a page of one plan puts its own in place of the latter."""
    if getattr(request, "membership", None) is None:
        return {}
    known = programmes_of(cast(ActingRequest, request))
    asked = request.GET.get("programme", "")
    return {
        "programmes": known,
        "current_programme": next((one for one in known if one.code == asked), None),
    }
