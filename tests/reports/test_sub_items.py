"""Tasks with sub-items: reported through these alone; what a task is follows from them."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from core import clock
from core.clock import HANOI
from plans.models import Plan
from plans.parts import registry
from reports.figures import compliance
from reports.figures.freezing import freeze, thaw
from reports.figures.shapes import ComplianceFigures, TaskFigure
from reports.filing.content import read_filing
from reports.filing.form import build_form
from reports.models import Cycle, ReportLine
from reports.output.compliance_pdf import compliance_pdf
from reports.output.compliance_tables import task_table
from reports.output.compliance_xlsx import compliance_xlsx
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said
from tests.reports.filings import People, PeopleOf, begun, filed, report_of
from tests.reports.opened import recalculated, text_of

pytestmark = pytest.mark.django_db

AS_OF = datetime(2008, 7, 29, 9, 0, tzinfo=HANOI)
PILOT_MINISTRIES = ("m-tttt", "m-tc", "m-gddt", "m-tp")
DONE = {"status": "done", "done_on": "20/06/2008"}


def lines() -> dict[str, UUID]:
    rows = registry.get("tasks").read(Plan.objects.get(code="43-2008-qd-ttg"))
    return {row.clause: row.line for row in rows}


def items_of(clause: str) -> list[str]:
    """The clauses of the sub-items of a task."""
    return [one for one in lines() if one.startswith(f"{clause},")]


def said_of(clauses: Sequence[str], **typed: str) -> dict[str, dict[str, str]]:
    found = lines()
    return {f"tasks/{found[clause]}": typed for clause in clauses}


def figure(figures: ComplianceFigures, clause: str) -> TaskFigure:
    (found,) = [one for one in figures.tasks if one.clause == clause]
    return found


@pytest.fixture
def figures(cast: Cast, q2: Cycle, people: PeopleOf) -> ComplianceFigures:
    """Of the four pilot ministries one has done all five systems, one three, one begins, one is silent."""
    systems = items_of("II.7.c")
    text = {"text": {"summary": "Đã triển khai."}}
    filed(q2, people("m-tttt"), {**text, **said_of(systems, **DONE)})
    filed(q2, people("m-tc"), {**text, **said_of(systems[:3], **DONE)})
    filed(q2, people("m-tp"), {**text, **said_of(systems[:1], status="not_started")})
    return compliance.live(q2, AS_OF)


# --- Who reports on what


def test_report_lines_are_made_for_leaves_alone(q2: Cycle) -> None:
    clauses = {line: clause for clause, line in lines().items()}
    asked = {
        clauses[line]
        for line in ReportLine.objects.filter(report__cycle=q2).values_list("line_id", flat=True)
        if line in clauses
    }
    assert not asked & {"II.1.b", "II.1.c", "II.2.k", "II.7.c", "II.7.d"}
    assert {"II.1.b, gạch 1", "II.1.c, gạch 3", "II.2.k, giai đoạn I", "II.7.d, gạch 5"} <= asked


def test_every_pilot_reports_on_each_of_its_five_systems(q2: Cycle) -> None:
    found = lines()
    for task, pilots in (("II.7.c", 4), ("II.7.d", 6)):
        for item in items_of(task):
            assert (
                ReportLine.objects.filter(report__cycle=q2, role="lead", line=found[item]).count() == pilots
            )
        assert len(items_of(task)) == 5


def test_the_form_groups_sub_items_under_their_task(
    client_for: ClientFor, cast: Cast, q2: Cycle, people: PeopleOf
) -> None:
    filing = begun(q2, People(cast.editor, cast.approver))
    form = build_form(filing, read_filing(filing))
    under = {line.content.row.clause: line.under for line in form.sections[0].lines}
    assert under["II.1.a"] == ""
    assert under["II.1.b, gạch 1"] == under["II.1.b, gạch 2"]
    assert under["II.1.b, gạch 1"].startswith("II.1.b Kế thừa các kết quả đã đạt được")
    group = form.sections[0].groups[0]
    assert group.heading.startswith("II.1.")
    assert len(group.lines) == 11
    address = {"programme": "2008", "cycle": "2008-Q2", "key": "p82"}
    with clock.at("2008-07-09T10:00"):
        page = said(client_for(cast.editor).get(reverse("filing_form", kwargs=address)))
    assert page.count("II.1.b Kế thừa các kết quả đã đạt được") == 1


def test_a_sub_item_without_a_day_of_its_own_is_due_with_its_task(q2: Cycle, people: PeopleOf) -> None:
    content = read_filing(begun(q2, people("m-tttt")))
    due = {line.row.clause: line.due_on for line in content.tasks}
    assert due["II.2.k, giai đoạn II"] == date(2008, 9, 29)
    assert due["II.7.c, gạch 1"] == date(2008, 12, 31)


# --- The figures


def test_a_task_is_what_its_items_make_it(figures: ComplianceFigures) -> None:
    task = figure(figures, "II.7.c")
    assert (task.items, task.items_done, task.verdict) == (20, 8, "not_due")
    # By agency: the ministry that leads the programme has done all, two are on their way, one is silent.
    assert (task.reporters, task.done, task.in_progress, task.not_started, task.silent) == (4, 1, 1, 1, 1)
    first = figure(figures, "II.7.c, gạch 1")
    assert first.parent == "II.7.c"
    assert (first.reporters, first.done, first.not_started, first.silent) == (4, 2, 1, 1)
    assert [one.clause for one in figures.tasks if one.parent == "II.7.c"] == items_of("II.7.c")


def test_a_task_is_done_when_every_reporter_has_done_every_item(q2: Cycle, people: PeopleOf) -> None:
    text = {"text": {"summary": "Đã triển khai."}}
    systems = items_of("II.7.c")
    for key in PILOT_MINISTRIES[:3]:
        filed(q2, people(key), {**text, **said_of(systems, **DONE)})
    draft = people(PILOT_MINISTRIES[3])
    filed(q2, draft, {**text, **said_of(systems[:4], **DONE)})
    short = figure(compliance.live(q2, AS_OF), "II.7.c")
    assert (short.items_done, short.items, short.done, short.verdict) == (19, 20, 3, "not_due")


def test_tasks_are_counted_by_letter_and_sub_items_apart(figures: ComplianceFigures) -> None:
    assert (len(figures.whole_tasks), len(figures.sub_items), len(figures.tasks)) == (42, 17, 59)
    verdicts = ("done", "late", "not_due", "undated", "superseded", "unassigned")
    assert sum(figures.task_count(one) for one in verdicts) == 42


def test_a_task_is_late_as_soon_as_one_of_its_items_is_and_named_once(q2: Cycle, people: PeopleOf) -> None:
    filed(q2, people("m-tttt"), {"text": {"summary": "."}, **said_of(["II.2.k, giai đoạn I"], **DONE)})
    later = Cycle.objects.get(pk=q2.pk)
    later.window_to = date(2008, 9, 30)
    found = compliance.live(later, datetime(2008, 10, 20, tzinfo=HANOI))
    task = figure(found, "II.2.k")
    assert (task.verdict, task.items_done, task.items) == ("late", 1, 2)
    short = next(one for one in found.shortfalls if one.agency == "m-tttt")
    assert short.late_tasks.count("II.2.k") == 1
    assert not [clause for clause in short.late_tasks if "giai đoạn" in clause]


ADDED = {"parent", "items", "items_done", "assigned", "contents", "content_groups", "basis"}


def test_figures_frozen_before_there_were_sub_items_are_still_read(figures: ComplianceFigures) -> None:
    old = thaw(json.dumps(_without(json.loads(freeze(figures)), ADDED)))
    assert len(old.tasks) == len(old.whole_tasks) == 59
    assert old.money[0].contents == ()


def _without(value: Any, names: set[str]) -> Any:
    """Parsed JSON without some keys, wherever they stand."""
    if isinstance(value, dict):
        return {name: _without(one, names) for name, one in value.items() if name not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


# --- Page, PDF, workbook


def test_page_pdf_and_workbook_count_items_alike(
    client_for: ClientFor, cast: Cast, q2: Cycle, figures: ComplianceFigures, tmp_path: Path
) -> None:
    with clock.at(AS_OF):
        page = said(
            in_english(client_for(cast.reviewer)).get(reverse("compliance", args=["2008", "2008-Q2"]))
        )
    assert "8 of 20 items done" in page
    assert "17 sub-items are reported in place of the tasks" in page
    rows = [row.cells for row in task_table(figures).rows]  # type: ignore[union-attr]
    assert [cells[0] for cells in rows if cells[0]] == list(range(1, 43))
    (whole,) = [cells for cells in rows if cells[3] == "II.7.c"]
    assert whole[-1] == "chưa đến hạn, đã hoàn thành 8/20 mục"
    pdf = text_of(compliance_pdf(figures))
    assert "Trong 42 nhiệm vụ được giao" in pdf
    assert "5 nhiệm vụ gồm 17 mục được báo cáo theo từng mục" in pdf
    book = recalculated(compliance_xlsx(figures), tmp_path)
    (row,) = [row for row in book["Nhiệm vụ"].iter_rows(values_only=True) if row[3] == "II.7.c"]
    assert row[5:10] == (4, 1, 1, 1, 1)
    assert row[10] == "chưa đến hạn, đã hoàn thành 8/20 mục"
    summary = {row[1]: row[2] for row in book["Tóm tắt"].iter_rows(values_only=True)}
    assert summary["Nhiệm vụ được giao"] == 42
    assert summary["Mục của các nhiệm vụ, báo cáo theo từng mục"] == 17


def test_who_has_nothing_to_do_with_a_task_has_no_line_of_it(q2: Cycle) -> None:
    found = lines()
    report = report_of(q2, "m-yt")
    assert not ReportLine.objects.filter(report=report, line=found["II.7.c, gạch 1"]).exists()
