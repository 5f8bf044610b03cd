"""Printed totals held against computed sums."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from budgets.reconciliation import Verdict, compare, reconcile
from budgets.rows import AllocationRow, StatedTotalRow
from plans.models import Plan
from plans.parts import registry
from plans.parts.projects import ProjectRow

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
CONTENT: dict[str, Any] = {
    "projects": [
        ProjectRow(line=FIRST, group_code="A", subgroup="chung", number="1"),
        ProjectRow(line=SECOND, group_code="A", subgroup="riêng", number="2"),
        ProjectRow(line=THIRD, group_code="B", number="1"),
    ],
    "allocations": [
        AllocationRow(line=FIRST, year=2009, source="TW", amount=Decimal(5)),
        AllocationRow(line=FIRST, year=2010, source="DP", amount=Decimal(1)),
        AllocationRow(line=SECOND, year=2009, source="DP", amount=Decimal(3)),
        AllocationRow(line=THIRD, year=2010, source="TW", amount=Decimal(2)),
    ],
}

COVERED = [
    ({}, 11, 3),
    ({"group_code": "A"}, 9, 2),
    ({"group_code": "A", "subgroup": "chung"}, 6, 1),
    ({"year": 2009}, 8, 3),
    ({"source": "TW"}, 7, 3),
    ({"year": 2009, "source": "TW"}, 5, 3),
    ({"group_code": "A", "year": 2010}, 1, 2),
    ({"year": 2011}, 0, 3),
    ({"lines": (FIRST, THIRD)}, 8, 2),
    ({"lines": (FIRST,), "year": 2009}, 5, 1),
]


@pytest.mark.parametrize(("narrowed", "computed", "lines"), COVERED, ids=str)
def test_a_total_covers_the_lines_that_it_names(narrowed: dict[str, Any], computed: int, lines: int) -> None:
    found = compare(StatedTotalRow(amount=Decimal(computed), **narrowed), CONTENT)
    assert found.computed == computed
    assert (found.lines, found.verdict) == (lines, Verdict.EQUAL)
    assert found.difference == 0


def test_a_difference_is_printed_less_computed() -> None:
    found = compare(StatedTotalRow(amount=Decimal(12)), CONTENT)
    assert found.verdict is Verdict.DIFFERENT
    assert found.difference == 1


@pytest.mark.parametrize("narrowed", [{"approximate": True}, {"group_code": "C"}], ids=str)
def test_about_and_lines_that_are_not_here_are_not_comparable(narrowed: dict[str, Any]) -> None:
    found = compare(StatedTotalRow(amount=Decimal(11), **narrowed), CONTENT)
    assert (found.verdict, found.computed, found.difference) == (Verdict.NOT_COMPARABLE, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "count"), [("43-2008-qd-ttg", 4), ("605-qd-ubnd", 115)])
def test_every_total_of_the_documents_agrees(code: str, count: int) -> None:
    found = reconcile(registry.read_content(Plan.objects.get(code=code)))
    assert len(found) == count
    assert {one.verdict for one in found} == {Verdict.EQUAL}
