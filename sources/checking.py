"""Sums that the documents print, held against the lines of the fixtures before anything is written."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from budgets.reconciliation import Verdict, reconcile
from budgets.rows import AllocationRow, StatedTotalRow
from core.notation import format_money
from plans.parts.base import Content
from plans.parts.projects import ProjectRow
from sources.reading import shown


def broken_sums(folder: Path, content: Content) -> list[str]:
    """One line for each sum that does not hold: file, what, what is printed, what the lines add up to."""
    return [*_stated_totals(folder, content), *_project_totals(folder, content), *_shares(folder, content)]


def _stated_totals(folder: Path, content: Content) -> Iterator[str]:
    for comparison in reconcile(content):
        if comparison.verdict is Verdict.DIFFERENT:
            yield (
                f"{shown(folder / 'totals.yaml')}: {_name(comparison.stated)}: "
                f"{format_money(comparison.stated.amount)} is printed, the lines of projects.yaml add up to "
                f"{format_money(comparison.computed)}"
            )


def _name(stated: StatedTotalRow) -> str:
    narrowed = [str(part) for part in (stated.year, stated.source) if part]
    return f"“{stated.label}” ({', '.join([stated.clause, *narrowed])})"


def _project_totals(folder: Path, content: Content) -> Iterator[str]:
    """A total need is the sum of the years once money is stated for the last of them, and never less."""
    money: dict[UUID | None, list[AllocationRow]] = defaultdict(list)
    for row in content["allocations"]:
        money[row.line].append(row)
    for project in content["projects"]:
        rows = money[project.line]
        if project.total_need is None or not rows:
            continue
        total = sum((row.amount for row in rows), Decimal(0))
        whole = project.year_to in {row.year for row in rows}
        if total > project.total_need or (whole and total != project.total_need):
            yield (
                f"{shown(folder / 'projects.yaml')}: {_label(project)}: "
                f"total {format_money(project.total_need)} is printed, its allocations add up to "
                f"{format_money(total)}"
            )


def _shares(folder: Path, content: Content) -> Iterator[str]:
    shares: dict[UUID | None, Decimal] = defaultdict(Decimal)
    money: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for share in content["shares"]:
        shares[share.line] += share.amount
    for row in content["allocations"]:
        money[row.line] += row.amount
    for project in content["projects"]:
        if project.line in shares and shares[project.line] != money[project.line]:
            yield (
                f"{shown(folder / 'projects.yaml')}: {_label(project)}: {format_money(money[project.line])} "
                f"is allocated, its shares add up to {format_money(shares[project.line])}"
            )


def _label(project: ProjectRow) -> str:
    return f"{project.label} “{project.name}”"
