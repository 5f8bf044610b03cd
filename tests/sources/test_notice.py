"""The notice of the conclusions of the meeting of 28/12/2007 as loaded: its 18 points, dates, successors."""

import re
from datetime import date
from decimal import Decimal

import pytest

from budgets.reconciliation import Verdict, compare_across, reconcile
from plans.models import Clause, LegalDocument, Plan, PlanKind, Task
from plans.parts.texts import TaskRow
from tests.sources.facts import QD43, content, decision, tasks
from tests.sources.test_against_text import PRINTED, letters

pytestmark = pytest.mark.django_db

NOTICE = "tb-28-12-2007"
DATED = {
    "2.a, gạch 9": ("trong tháng 01 năm 2008", date(2008, 1, 31)),
    "2.a, gạch 11": ("trong tháng 01 năm 2008", date(2008, 1, 31)),
    "2.b": ("hoàn thành trước ngày 30 tháng 6 năm 2008", date(2008, 6, 29)),
    "4": ("trước ngày 30 tháng 6 năm 2008", date(2008, 6, 29)),
}
SUPERSEDED = {"2.a, gạch 9": "II.2.d", "2.a, gạch 11": "II.2.c", "2.b": "II.2.p"}


def document() -> LegalDocument:
    return LegalDocument.objects.get(slug=NOTICE)


def points() -> list[TaskRow]:
    """All 18, the parts of the plan 2009-2010 among them."""
    return tasks(NOTICE, parts=True)


def task(number: str) -> TaskRow:
    (found,) = [row for row in points() if row.clause == number]
    return found


def keys(number: str, role: str) -> list[str]:
    return [party.value for party in getattr(task(number), role)]


def test_it_is_a_directive_of_the_programme_2008_without_number_and_date() -> None:
    plan = Plan.objects.get(code=NOTICE)
    assert (plan.kind, plan.programme.code, plan.agency.key) == (PlanKind.DIRECTIVE, "2008", "m-tttt")
    assert decision(NOTICE) == ("", "", "Văn phòng Chính phủ", "")
    assert (document().number, document().issued_on, document().signer) == ("", None, "")
    assert "Số và ngày của chính thông báo" in document().note
    assert "28 tháng 12 năm 2007 là ngày họp" in document().note


def test_the_18_points() -> None:
    found = [row.clause for row in points()]
    assert found == [
        *(f"2.a, gạch {n}" for n in range(1, 12)),
        "2.b",
        *(f"2.b, gạch {n}" for n in range(1, 4)),
        "3, gạch 1",
        "3, gạch 2",
        "4",
    ]
    assert len(found) == 18 == 11 + 4 + 2 + 1


def test_the_three_points_of_the_plan_2009_2010_are_part_of_it() -> None:
    plan = task("2.b").line
    assert {row.clause for row in points() if row.parent == plan} == {f"2.b, gạch {n}" for n in range(1, 4)}
    assert {row.parent for row in points() if row.parent != plan} == {None}


def test_who_leads_and_who_co_operates() -> None:
    assert {tuple(keys(row.clause, "leads")) for row in points() if row.clause != "4"} == {("m-tttt",)}
    assert (keys("4", "leads"), keys("4", "co")) == (["m-tc"], ["m-khdt", "m-tttt"])
    assert keys("2.b, gạch 3", "co") == ["m-khdt", "m-tc"]
    assert [row.clause for row in points() if row.co] == ["2.b, gạch 3", "4"]


def test_the_deadlines_are_kept_beside_their_phrases() -> None:
    assert {
        row.clause: (row.date_phrase, row.due_on) for row in points() if row.due_on or row.date_phrase
    } == DATED


def test_what_decision_43_took_over_is_linked_to_its_task() -> None:
    lines = {row.line: row.clause for row in tasks(QD43)}
    assert {
        row.clause: lines[row.superseded_by] for row in points() if row.superseded_by is not None
    } == SUPERSEDED
    stored = Task.objects.filter(plan__code=NOTICE, superseded_by__isnull=False)
    for one in stored:
        assert one.superseded_by is not None
        assert one.superseded_by.tasks.get(plan__state="approved").plan.code == QD43


def test_the_200_billion_speaks_of_the_lines_of_decision_43() -> None:
    (comparison,) = reconcile(content(NOTICE))
    stated = comparison.stated
    assert (stated.amount, stated.approximate, stated.year) == (Decimal(200_000), False, 2008)
    assert (stated.clause, stated.about) == ("2.a, gạch 8", QD43)
    assert "200 tỷ đồng từ ngân sách trung ương" in stated.label
    assert (comparison.verdict, comparison.computed) == (Verdict.NOT_COMPARABLE, None)
    across = compare_across(stated, content(QD43))
    assert (across.computed, across.difference) == (Decimal(220_700), Decimal(-20_700))


def test_it_holds_no_projects_and_no_targets() -> None:
    held = content(NOTICE)
    assert [list(held[part]) for part in ("projects", "allocations", "targets", "baselines")] == [[]] * 4


def test_the_lines_stand_in_the_text() -> None:
    text = letters(document().text)
    held = content(NOTICE)
    printed = [
        (part, row.clause, paragraph)
        for part, names in PRINTED.items()
        for row in held[part]
        for name in names
        for paragraph in getattr(row, name).splitlines()
    ]
    assert len(printed) > 50
    assert not [one for one in printed if letters(one[2]) not in text]


def test_the_sections_hold_every_word_of_the_conclusions() -> None:
    held = content(NOTICE)["sections"]
    assert [row.number for row in held] == ["1", "2", "2.a", "2.b", "3", "4"]
    said = [letters(part) for row in held for part in (row.heading, *row.body.splitlines())]
    text = document().text
    lines = text[text.index("1. Ghi nhận") : text.index("Văn phòng Chính phủ xin thông báo")].splitlines()
    assert len(lines) == 22
    assert not [one for one in lines if letters(re.sub(r"^(\d\. |[ab]\) |- )", "", one)) not in said]


def test_every_line_has_a_clause_with_its_words() -> None:
    own = {one.number: one for one in Clause.objects.select_related("document").filter(document__slug=NOTICE)}
    held = content(NOTICE)
    for part in ("sections", "tasks", "stated_totals"):
        assert not [row.clause for row in held[part] if row.clause not in own]
    for row in held["tasks"]:
        assert letters(row.text) in letters(own[row.clause].text), row.clause
    assert own["4"].text.startswith("4. Giao Bộ Tài chính chủ trì")
    assert not [one.number for one in own.values() if one.missing]
