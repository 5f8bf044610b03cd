"""Sums of planned money. Pure: from rows to figures, so live plans, revisions and reports count alike.

A project's money may be known by year and source, or only as a margin of one, or only in total. A figure
never adds two levels of the same project: it takes the finest one that answers the question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from budgets.rows import AllocationRow
from plans.parts.projects import ProjectRow

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    """Planned money of some projects in triệu đồng. `None` as a year or "" as a source: not stated by it."""

    total: Decimal = ZERO
    by_year: Mapping[int | None, Decimal] = field(default_factory=dict)
    by_source: Mapping[str, Decimal] = field(default_factory=dict)
    cells: Mapping[tuple[int | None, str], Decimal] = field(default_factory=dict)
    projects: int = 0
    with_need: int = 0
    need: Decimal = ZERO

    def year(self, year: int) -> Decimal:
        return self.by_year.get(year, ZERO)

    def source(self, code: str) -> Decimal:
        return self.by_source.get(code, ZERO)


def money_of(projects: Iterable[ProjectRow], allocations: Iterable[AllocationRow]) -> Money:
    """The figures over exactly these projects."""
    chosen = list(projects)
    lines = {project.line for project in chosen}
    by_line: dict[UUID | None, list[AllocationRow]] = defaultdict(list)
    for row in allocations:
        if row.line in lines:
            by_line[row.line].append(row)
    cells: dict[tuple[int | None, str], Decimal] = defaultdict(lambda: ZERO)
    by_year: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    by_source: dict[str, Decimal] = defaultdict(lambda: ZERO)
    total = ZERO
    for rows in by_line.values():
        for row in _finest(rows, lambda row: (row.year is None) + (row.source == "")):
            cells[row.year, row.source] += row.amount
            total += row.amount
        for row in _level(rows, lambda row: row.year is not None, lambda row: row.source != ""):
            by_year[row.year] += row.amount
        for row in _level(rows, lambda row: row.source != "", lambda row: row.year is not None):
            by_source[row.source] += row.amount
    needs = [project.total_need for project in chosen if project.total_need is not None]
    return Money(
        total=total,
        by_year=dict(by_year),
        by_source=dict(by_source),
        cells=dict(cells),
        projects=len(chosen),
        with_need=len(needs),
        need=sum(needs, ZERO),
    )


def _finest(rows: list[AllocationRow], coarseness: Callable[[AllocationRow], int]) -> list[AllocationRow]:
    """The rows of the finest level that is stated; a year margin goes before a source margin."""
    best = min((coarseness(row), row.year is None) for row in rows)
    return [row for row in rows if (coarseness(row), row.year is None) == best]


def _level(
    rows: list[AllocationRow],
    stated: Callable[[AllocationRow], bool],
    finer: Callable[[AllocationRow], bool],
) -> list[AllocationRow]:
    """The rows that answer one question: with both stated when there are any, else that margin alone."""
    answering = [row for row in rows if stated(row)]
    fine = [row for row in answering if finer(row)]
    return fine or answering or _finest(rows, lambda row: (row.year is None) + (row.source == ""))


def project_money(allocations: Iterable[AllocationRow]) -> dict[UUID | None, dict[str, Decimal]]:
    """Amounts of a grid: line -> declared path -> amount."""
    found: dict[UUID | None, dict[str, Decimal]] = defaultdict(dict)
    for row in allocations:
        found[row.line][row.path] = row.amount
    return found


@dataclass(frozen=True, slots=True)
class GroupMoney:
    """One group of projects, in printed order, with its figures."""

    code: str
    name: str
    subgroup: str
    money: Money
    projects: tuple[ProjectRow, ...]


def by_group(projects: Iterable[ProjectRow], allocations: Iterable[AllocationRow]) -> list[GroupMoney]:
    """Groups and sub-groups in the order in which they are printed."""
    rows = list(allocations)
    grouped: dict[tuple[str, str], list[ProjectRow]] = {}
    for project in projects:
        grouped.setdefault((project.group_code, project.subgroup), []).append(project)
    return [
        GroupMoney(code, members[0].group_name, subgroup, money_of(members, rows), tuple(members))
        for (code, subgroup), members in grouped.items()
    ]
