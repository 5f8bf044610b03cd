"""Printed totals held against computed sums: equal, different by, or not comparable and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from budgets.rows import AllocationRow, StatedTotalRow
from budgets.totals import ZERO, money_of
from plans.parts.base import Content
from plans.parts.projects import ProjectRow


class Verdict(StrEnum):
    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not_comparable"


class Reason(StrEnum):
    """Why a printed total cannot be held against a sum."""

    APPROXIMATE = "approximate"  # printed as "khoảng"
    NO_LINES = "no_lines"  # the lines that it adds up are not in our copy
    ELSEWHERE = "elsewhere"  # its lines stand in another document
    PARTIAL = "partial"  # a project's total, of whose years only some have printed money


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated total beside the sum of the lines that it covers, in triệu đồng."""

    stated: StatedTotalRow
    computed: Decimal | None
    verdict: Verdict
    lines: int
    reason: Reason | None = None

    @property
    def difference(self) -> Decimal | None:
        """What is printed less what the lines add up to."""
        return None if self.computed is None else self.stated.amount - self.computed


def compare(stated: StatedTotalRow, content: Content) -> Comparison:
    """Hold one printed total against the projects and allocations of the same plan."""
    if stated.about:
        return Comparison(stated, None, Verdict.NOT_COMPARABLE, 0, Reason.ELSEWHERE)
    return _compare(stated, content)


def compare_across(stated: StatedTotalRow, content: Content) -> Comparison:
    """Hold a total that speaks of another document's lines against the content of that document's plan."""
    return _compare(stated, content)


def _compare(stated: StatedTotalRow, content: Content) -> Comparison:
    projects = [project for project in content["projects"] if _covers(stated, project)]
    if stated.approximate:
        return Comparison(stated, None, Verdict.NOT_COMPARABLE, len(projects), Reason.APPROXIMATE)
    rows: Sequence[AllocationRow] = content["allocations"]
    covered = {project.line for project in projects}
    if not any(row.line in covered for row in rows):
        return Comparison(stated, None, Verdict.NOT_COMPARABLE, len(projects), Reason.NO_LINES)
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


def line_totals(content: Content) -> list[Comparison]:
    """The total printed for each project, held against its own years and sources."""
    money: dict[UUID | None, list[AllocationRow]] = defaultdict(list)
    for row in content["allocations"]:
        money[row.line].append(row)
    return [
        _line_total(project, money[project.line])
        for project in content["projects"]
        if project.total_need is not None and money[project.line]
    ]


def _line_total(project: ProjectRow, rows: Sequence[AllocationRow]) -> Comparison:
    assert project.total_need is not None
    stated = StatedTotalRow(clause=project.clause, label=project.title, amount=project.total_need)
    computed = sum((row.amount for row in rows), ZERO)
    if computed < project.total_need and project.year_to not in {row.year for row in rows}:
        return Comparison(stated, None, Verdict.NOT_COMPARABLE, 1, Reason.PARTIAL)
    verdict = Verdict.EQUAL if computed == project.total_need else Verdict.DIFFERENT
    return Comparison(stated, computed, verdict, 1)


def share_totals(content: Content) -> list[Comparison]:
    """The money of each group line that a document divides, held against the sum of its members' shares."""
    shares: dict[UUID | None, list[Decimal]] = defaultdict(list)
    money: dict[UUID | None, Decimal] = defaultdict(lambda: ZERO)
    for share in content["shares"]:
        shares[share.line].append(share.amount)
    for row in content["allocations"]:
        money[row.line] += row.amount
    found = []
    for project in content["projects"]:
        if amounts := shares.get(project.line):
            stated = StatedTotalRow(clause=project.clause, label=project.title, amount=money[project.line])
            computed = sum(amounts, ZERO)
            verdict = Verdict.EQUAL if computed == stated.amount else Verdict.DIFFERENT
            found.append(Comparison(stated, computed, verdict, len(amounts)))
    return found
