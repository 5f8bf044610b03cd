"""New lines that come together stand where they would, had they come one by one."""

from typing import Any

import pytest

from plans.content.bulk import TypedLine, save_lines
from plans.content.editing import add_line, remove_line
from plans.models import Plan
from plans.parts import registry
from tests.cast import Cast

pytestmark = pytest.mark.django_db

GROUPS = [("I", ""), ("II", "a"), ("II", "b"), ("IX", ""), ("X", "")]
CLAUSES = ["III", "II.2", "I.1", "II.10", "Phụ lục I, 3", "II.2", "IV.1.a"]


def typed(part: str, number: int) -> dict[str, str]:
    if part == "projects":
        group, subgroup = GROUPS[number * 7 % 11 % len(GROUPS)]
        return {"name": f"Dự án {number}", "group_code": group, "subgroup": subgroup}
    if part == "tasks":
        return {"name": f"Việc {number}", "clause": CLAUSES[number * 7 % 11 % len(CLAUSES)]}
    return {"indicator": "officials-using-email", "year": "2010", "comparator": ">=", "note": str(number)}


def order(plan: Plan, part: str) -> list[Any]:
    rows = registry.get(part).read(plan)
    assert [row.position for row in rows] == sorted({row.position for row in rows})
    name = "note" if part == "targets" else "name"
    return [getattr(row, name) for row in rows]


@pytest.mark.parametrize("part", ["projects", "tasks", "targets"])
def test_together_or_one_by_one_the_order_is_the_same(draft: Plan, cast: Cast, part: str) -> None:
    standing = [typed(part, number) for number in range(6)]
    for raw in standing:
        add_line(draft, part, raw, actor=cast.editor)
    gone = registry.get(part).read(draft)[1].line
    assert gone is not None
    remove_line(draft, part, gone, actor=cast.editor)  # leaves a gap
    before = {row.line for row in registry.get(part).read(draft)}
    new = [typed(part, number) for number in range(100, 125)]
    for raw in new:
        add_line(draft, part, raw, actor=cast.editor)
    one_by_one = order(draft, part)
    for row in registry.get(part).read(draft):
        if row.line not in before:
            remove_line(draft, part, row.line, actor=cast.editor)
    save_lines(draft, part, [TypedLine(raw) for raw in new], actor=cast.editor)
    assert order(draft, part) == one_by_one
