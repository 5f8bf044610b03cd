"""What templates ask about one row of a plan."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import template

from plans.content.assigning import Assignment
from plans.content.origins import Origin
from plans.content.routes import POINTS
from plans.models import Plan, PlanRoute

register = template.Library()


@register.filter
def route_point(plan: Plan) -> str:
    """The point of the asking document in which the plan's way stands; "" when it was not said."""
    return POINTS[PlanRoute(plan.route)] if plan.route else ""


@register.simple_tag
def source_of(plan: Plan, origins: Mapping[UUID, Origin], row: Any) -> Origin:
    """The line that a row was taken from, else the plan's own document and the row's clause."""
    if row.line in origins:
        return origins[row.line]
    number = plan.document.number if plan.document else ""
    return Origin(number or plan.decision_number, row.clause, "", plan.document)


@register.simple_tag
def assigned_to(assigned: Mapping[UUID, Sequence[Assignment]] | str, row: Any) -> Sequence[Assignment]:
    """Who is assigned on the system to report on a row; nobody where the page knows of no assignments."""
    return assigned.get(row.line, ()) if isinstance(assigned, Mapping) else ()
