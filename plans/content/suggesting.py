"""What a new line begins with, and what the programme prints about the line at hand."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from plans.models import OutlineItem, Plan
from plans.parts.base import PlanPart
from plans.parts.columns import Kind

# A new line begins with these values of the line before it.
GOES_ON = {
    "projects": ("group_code", "group_name", "subgroup"),
    "targets": ("agency_class", "year", "comparator"),
}


def suggested(plan: Plan, part: PlanPart[Any], after: UUID | None) -> dict[str, str]:
    """Texts that a new line starts with: the group goes on, a number is the next one."""
    texts = {
        column.name: str(plan.years[-1]) if column.kind is Kind.YEAR else str(column.choices[0][0])
        for column in part.columns
        if column.editable and column.required and column.kind in (Kind.YEAR, Kind.CHOICE)
    }
    rows = part.read(plan) if part.key in GOES_ON else ()
    previous = next((row for row in rows if row.line == after), rows[-1] if rows else None)
    if previous is None:
        return texts
    for name in GOES_ON[part.key]:
        texts[name] = part.columns_by_name[name].show(getattr(previous, name))
    number = getattr(previous, "number", "")
    if number.isascii() and number.isdigit():
        taken = {row.number for row in rows if row.group_code == previous.group_code}
        texts["number"] = str(next(n for n in range(int(number) + 1, 10**6) if str(n) not in taken))
    return texts


def guidance_for(plan: Plan, part: PlanPart[Any], texts: Mapping[str, str]) -> OutlineItem | None:
    """The heading of the programme's outline that a section fills, with its printed guidance."""
    if part.key != "sections" or not texts.get("number"):
        return None
    return OutlineItem.objects.filter(programme=plan.programme, number=texts["number"]).first()
