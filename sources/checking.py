"""What the documents print, held against itself before anything is written: sums and clauses."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from budgets.reconciliation import Comparison, Verdict, line_totals, reconcile, share_totals
from core.notation import format_money
from sources.clauses import unresolved
from sources.rows import PrintedContent


def problems(printed: PrintedContent, numbers: Collection[str] | None) -> list[str]:
    """One line for each sum that does not hold and each clause that does not stand in the document.

    Clauses are held against `numbers`, those of the document; None while it has no list of them.
    """
    found = [*_stated_totals(printed), *_projects(printed)]
    return found if numbers is None else [*found, *unresolved(printed, numbers)]


def _stated_totals(printed: PrintedContent) -> Iterator[str]:
    compared = reconcile(printed.content)
    for comparison, record in zip(compared, printed.records["stated_totals"], strict=True):
        if comparison.verdict is Verdict.DIFFERENT:
            stated = comparison.stated
            narrowed = ", ".join(str(part) for part in (stated.clause, stated.year, stated.source) if part)
            yield record.said(
                "amount",
                f"“{stated.label}” ({narrowed}): {_is_printed(comparison)}, the lines of "
                f"projects.yaml add up to {format_money(comparison.computed)}",
            )


def _projects(printed: PrintedContent) -> Iterator[str]:
    """Each project's total against its years, each group line against the shares of its members."""
    allocations, shares = _by_line(printed, "allocations"), _by_line(printed, "shares")
    for project, record in printed.placed("projects"):
        own = {
            "projects": [project],
            "allocations": allocations[project.line],
            "shares": shares[project.line],
        }
        name = f"{project.label} “{project.name}”"
        for comparison in line_totals(own):
            if comparison.verdict is Verdict.DIFFERENT:
                added = format_money(comparison.computed)
                problem = f"{name}: total {_is_printed(comparison)}, its allocations add up to {added}"
                yield record.said("total", problem)
        for comparison in share_totals(own):
            if comparison.verdict is Verdict.DIFFERENT:
                money, added = format_money(comparison.stated.amount), format_money(comparison.computed)
                yield record.said("shares", f"{name}: {money} is allocated, its shares add up to {added}")


def _by_line(printed: PrintedContent, part: str) -> dict[UUID | None, list[Any]]:
    rows: dict[UUID | None, list[Any]] = defaultdict(list)
    for row in printed.content[part]:
        rows[row.line].append(row)
    return rows


def _is_printed(comparison: Comparison) -> str:
    return f"{format_money(comparison.stated.amount)} is printed"
