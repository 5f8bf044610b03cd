"""What templates ask about one row of a plan."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from plans.content.origins import Origin
from plans.models import Plan

register = template.Library()


@register.simple_tag
def source_of(plan: Plan, origins: Mapping[UUID, Origin], row: Any) -> Origin:
    """The line that a row was taken from, else the plan's own document and the row's clause."""
    if row.line in origins:
        return origins[row.line]
    number = plan.document.number if plan.document else ""
    return Origin(number or plan.decision_number, row.clause, "")
