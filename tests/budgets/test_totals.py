"""Sums of planned money where it is known by year and source, by one of them, or only in total."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from budgets.rows import AllocationRow
from budgets.totals import Money, by_group, money_of, project_money
from core.notation import format_money
from plans.parts.projects import ProjectRow

A, B = UUID(int=1), UUID(int=2)
Stated = tuple[UUID, int | None, str, int | str]


def project(line: UUID, **values: object) -> ProjectRow:
    return ProjectRow(line=line, name="Dự án", **values)  # type: ignore[arg-type]


def allocations(*stated: Stated) -> list[AllocationRow]:
    return [
        AllocationRow(line=line, year=year, source=source, amount=Decimal(amount))
        for line, year, source, amount in stated
    ]


def money(*stated: Stated) -> Money:
    return money_of([project(A), project(B)], allocations(*stated))


# What is stated -> total, by year, by source, cells. None and "" are "not stated by it".
MARGINS = [
    pytest.param([], 0, {}, {}, {}, id="nothing"),
    pytest.param(
        [(A, 2009, "TW", 5), (A, 2009, "DP", 1), (A, 2010, "DP", 2)],
        8,
        {2009: 6, 2010: 2},
        {"TW": 5, "DP": 3},
        {(2009, "TW"): 5, (2009, "DP"): 1, (2010, "DP"): 2},
        id="years and sources",
    ),
    pytest.param(
        [(A, 2009, "", 6), (A, 2010, "", 2)],
        8,
        {2009: 6, 2010: 2},
        {"": 8},
        {(2009, ""): 6, (2010, ""): 2},
        id="years alone",
    ),
    pytest.param(
        [(A, None, "TW", 5), (A, None, "DP", 3)],
        8,
        {None: 8},
        {"TW": 5, "DP": 3},
        {(None, "TW"): 5, (None, "DP"): 3},
        id="sources alone",
    ),
    pytest.param([(A, None, "", 8)], 8, {None: 8}, {"": 8}, {(None, ""): 8}, id="a total alone"),
    pytest.param(
        [(A, 2009, "", 6), (A, 2010, "", 2), (A, None, "TW", 5), (A, None, "DP", 3)],
        8,
        {2009: 6, 2010: 2},
        {"TW": 5, "DP": 3},
        {(2009, ""): 6, (2010, ""): 2},
        id="both margins are two views of one amount",
    ),
    pytest.param(
        [(A, 2009, "", 6), (A, 2010, "", 2), (A, None, "", 8)],
        8,
        {2009: 6, 2010: 2},
        {"": 8},
        {(2009, ""): 6, (2010, ""): 2},
        id="years and their total",
    ),
    pytest.param(
        [(A, 2009, "TW", 5), (A, 2009, "DP", 1), (A, 2009, "", 6), (A, None, "TW", 5), (A, None, "", 6)],
        6,
        {2009: 6},
        {"TW": 5, "DP": 1},
        {(2009, "TW"): 5, (2009, "DP"): 1},
        id="all levels at once count the finest",
    ),
    pytest.param(
        [(A, 2009, "TW", 5), (B, 2009, "", 3), (B, None, "DP", 3)],
        8,
        {2009: 8},
        {"TW": 5, "DP": 3},
        {(2009, "TW"): 5, (2009, ""): 3},
        id="two projects known at two levels",
    ),
    pytest.param(
        [(A, 2009, "TW", "0.000001"), (A, 2010, "TW", "0.000002")],
        Decimal("0.000003"),
        {2009: Decimal("0.000001"), 2010: Decimal("0.000002")},
        {"TW": Decimal("0.000003")},
        {(2009, "TW"): Decimal("0.000001"), (2010, "TW"): Decimal("0.000002")},
        id="single đồng",
    ),
    pytest.param(
        [(A, 2009, "TW", 0)], 0, {2009: 0}, {"TW": 0}, {(2009, "TW"): 0}, id="a printed nought is stated"
    ),
]


@pytest.mark.parametrize(("stated", "total", "years", "sources", "cells"), MARGINS)
def test_a_figure_takes_the_finest_level_that_answers_it(
    stated: list[Stated],
    total: Decimal,
    years: dict[int | None, Decimal],
    sources: dict[str, Decimal],
    cells: dict[tuple[int | None, str], Decimal],
) -> None:
    figures = money(*stated)
    assert figures.total == total
    assert figures.by_year == years
    assert figures.by_source == sources
    assert figures.cells == cells
    assert sum(figures.by_year.values()) == sum(figures.by_source.values()) == figures.total


def test_money_of_other_projects_is_not_counted() -> None:
    figures = money_of([project(A)], allocations((A, 2009, "TW", 5), (B, 2009, "TW", 7)))
    assert figures.total == 5
    assert figures.projects == 1


def test_what_is_not_stated_is_nought_as_a_figure_and_absent_as_a_key() -> None:
    figures = money((A, 2009, "TW", 5))
    assert figures.year(2010) == 0
    assert figures.source("ODA") == 0
    assert 2010 not in figures.by_year


def test_blank_needs_are_counted_apart_from_noughts() -> None:
    needs = [Decimal(30), None, Decimal(0)]
    figures = money_of([project(uuid4(), total_need=need) for need in needs], [])
    assert (figures.projects, figures.with_need) == (3, 2)
    assert figures.need == 30


def test_groups_stand_in_printed_order() -> None:
    rows = [
        project(A, group_code="B", group_name="Sau", subgroup="y"),
        project(B, group_code="A", group_name="Trước"),
        project(uuid4(), group_code="B", group_name="Sau", subgroup="y"),
        project(uuid4(), group_code="B", group_name="Sau", subgroup="x"),
    ]
    groups = by_group(rows, allocations((A, 2009, "TW", 5), (B, 2009, "TW", 7)))
    assert [(one.code, one.subgroup, len(one.projects), one.money.total) for one in groups] == [
        ("B", "y", 2, Decimal(5)),
        ("A", "", 1, Decimal(7)),
        ("B", "x", 1, Decimal(0)),
    ]


def test_a_grid_is_addressed_by_declared_paths() -> None:
    grid = project_money(
        allocations((A, 2009, "TW", 5), (A, 2010, "", 6), (B, None, "DP", 7), (B, None, "", 8))
    )
    assert grid == {
        A: {"allocations/2009/TW": 5, "allocations/2010/*": 6},
        B: {"allocations/*/DP": 7, "allocations/*/*": 8},
    }
    assert format_money(grid[A]["allocations/2009/TW"]) == "5"
