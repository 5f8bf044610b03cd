"""Printed totals held against computed sums: equal, different by, or not comparable and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgets.rows import AllocationRow, StatedTotalRow
from budgets.totals import ZERO, money_of
from plans.parts.base import Content
from plans.parts.projects import ProjectRow


class Verdict(StrEnum):
    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated total beside the sum of the lines that it covers, in triệu đồng."""

    stated: StatedTotalRow
    computed: Decimal | None
    verdict: Verdict
    lines: int

    @property
    def difference(self) -> Decimal | None:
        return None if self.computed is None else self.stated.amount - self.computed


def compare(stated: StatedTotalRow, content: Content) -> Comparison:
    """Hold one printed total against the projects and allocations of the same plan."""
    projects = [project for project in content["projects"] if _covers(stated, project)]
    if stated.approximate or not projects:
        return Comparison(stated, None, Verdict.NOT_COMPARABLE, len(projects))
    rows: Sequence[AllocationRow] = content["allocations"]
    money = money_of(projects, rows)
    if stated.year is not None and stated.source:
        computed = money.cells.get((stated.year, stated.source), ZERO)
    elif stated.year is not None:
        computed = money.year(stated.year)
    elif stated.source:
        computed = money.source(stated.source)
    else:
        computed = money.total
    verdict = Verdict.EQUAL if computed == stated.amount else Verdict.DIFFERENT
    return Comparison(stated, computed, verdict, len(projects))


def _covers(stated: StatedTotalRow, project: ProjectRow) -> bool:
    if stated.lines:
        return project.line in stated.lines
    return (not stated.group_code or project.group_code == stated.group_code) and (
        not stated.subgroup or project.subgroup == stated.subgroup
    )


def reconcile(content: Content) -> list[Comparison]:
    """Every printed total of a plan, in printed order."""
    return [compare(stated, content) for stated in content["stated_totals"]]
