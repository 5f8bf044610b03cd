"""The two ways in which a plan comes about, in the words of the document that asks (CV 1594, points 1, 2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.findings import Finding, Place, Text, warning
from core.vietnamese import clean
from plans.models import Clause, LegalDocument, Plan, PlanKind, PlanRoute, Programme

# The point of the document in which each way stands; its sub-items belong to it.
POINTS = {PlanRoute.CARVED_OUT: "1", PlanRoute.WRITTEN: "2"}


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """One way: its name, the clause where the document prints it, and the words that stand there."""

    value: str
    label: Text
    document: LegalDocument | None
    clause: str
    words: Sequence[str] = ()


def route_choices(programme: Programme) -> list[RouteChoice]:
    """The ways that a programme asks about; none where it asks nothing. One query."""
    if not programme.asks_route:
        return []
    clauses = list(programme.document.clauses.all()) if programme.document else []
    return [
        RouteChoice(route, route.label, programme.document, point, _words(clauses, point))
        for route, point in POINTS.items()
    ]


def _words(clauses: Sequence[Clause], point: str) -> list[str]:
    """The words of a point and of what stands below it."""
    found = [one for one in clauses if one.number == point or one.number.startswith(f"{point}.")]
    return [text for one in found if (text := clean(one.text))]


def check_route(plan: Plan) -> list[Finding]:
    """A plan whose programme asks how it came about should say so."""
    if plan.kind != PlanKind.AGENCY or not plan.programme.asks_route or plan.route:
        return []
    text = _("The plan does not say how it came about: carved out of an approved plan, or written anew.")
    return [warning("route_missing", text, Place(path="route"))]
