"""What comes of the half-year: figures from reports that were really filed, and the plan as a file."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from plans.models import Plan
from plans.parts import registry
from reports.compiling import compile_cycle
from reports.exports import export_plan_bytes
from reports.figures import compliance
from reports.figures.freezing import freeze, thaw
from reports.figures.shapes import AssignedFigure, ComplianceFigures, TargetFigure
from reports.filing.content import read_filing
from reports.models import Cycle, Filing
from tests.cast import Cast
from tests.prepared import prepared
from tests.reports.filings import People, PeopleOf, begun, filed, people_of
from tests.reports.half_year import AS_OF, BASIS, FILED_AT, PROGRAMME, TIEN_GIANG, assign, contents, present
from tests.reports.opened import text_of, written

pytestmark = pytest.mark.django_db


@prepared
def answered_half_year(cast: Cast) -> None:
    half_year, staff = present(), People(cast.editor, cast.approver)
    lines = contents()
    task = {"status": "in_progress", "text": "Đang triển khai."}
    draft = begun(half_year, staff, TIEN_GIANG, at=FILED_AT)
    tasks = {line.name: task for line in read_filing(draft).tasks}
    content = {f"projects/{lines['B.III.1']}": {"status": "done", "NSDP-SN/assigned": "120"}}
    filed(half_year, staff, {**TIEN_GIANG, **tasks, **content}, at=FILED_AT)
    health = {f"projects/{lines['B.II.1, gạch 19']}": {"status": "preparing"}}
    filed(half_year, people_of("m-yt"), {"text": {"summary": "Đang lập dự án."}, **health}, at=FILED_AT)
    late = {"indicators/documents-exchanged-electronically": {"numerator": "12", "denominator": "300"}}
    nghe_an = People(cast.other_editor, cast.other_approver)
    filed(half_year, nghe_an, {"text": {"summary": "Báo cáo."}, **late}, at="2011-07-18T09:00")


@pytest.fixture
def figures(half_year: Cycle, answered_half_year: None) -> ComplianceFigures:
    """Tiền Giang and the Ministry of Health on time, Nghệ An late, the others not at all."""
    return compliance.live(half_year, AS_OF)


def target(figures: ComplianceFigures, indicator: str, scope: str) -> TargetFigure:
    return next(one for one in figures.targets if (one.indicator, one.scope) == (indicator, scope))


def test_who_reported_in_the_half_year(figures: ComplianceFigures) -> None:
    total = figures.total
    assert (total.obliged, total.on_time, total.late, total.missing) == (85, 2, 1, 82)
    assert (figures.title, figures.addressee) == ("6 tháng đầu năm 2011", "Thủ tướng Chính phủ")
    assert "1605/QĐ-TTg" in figures.citation
    assert figures.basis == "điểm i khoản 3 Điều 2 Quyết định 1605"


def test_the_37_tasks_of_article_2_bear_no_date_and_are_never_late(figures: ComplianceFigures) -> None:
    assert (len(figures.whole_tasks), len(figures.sub_items)) == (37, 0)
    verdicts = Counter(task.verdict for task in figures.tasks)
    assert verdicts == {"undated": 35, "unassigned": 2}
    common = next(task for task in figures.tasks if task.clause == "Điều 2.1.a")
    assert (common.reporters, common.in_progress, common.silent) == (85, 1, 84)
    nobody = [task.clause for task in figures.tasks if task.verdict == "unassigned"]
    assert nobody == ["Điều 2.2", "Điều 2.11"]
    assert not any(short.late_tasks for short in figures.shortfalls)


def test_contents_without_money_say_who_reports_and_on_which_nobody_does(figures: ComplianceFigures) -> None:
    (block,) = figures.money
    assert (block.programme, block.projects, len(block.contents)) == (PROGRAMME, 0, 59)
    assert block.total.is_reported is False
    by_label = {one.label: one for one in block.contents}
    common = by_label["B.III.1"]
    assert (common.lead, common.reporters, common.reported, common.statuses) == ("", 58, 1, {"done": 1})
    assert common.money.assigned == Decimal(120)
    assert common.assigned == (AssignedFigure("Tỉnh", BASIS, date(2011, 6, 15)),)
    assert by_label["B.II.1.19"].assigned[0].who == "Bộ Y tế"
    assert by_label["B.II.1.1"].reporters == 0
    rows = {row.key: (row.projects, row.silent, row.assigned, row.reported) for row in block.content_groups}
    assert rows == {
        "B.I": (8, 8, 0, 0),
        "B.II.1": (33, 31, 2, 1),
        "B.II.2": (9, 9, 0, 0),
        "B.III": (4, 2, 2, 1),
        "B.IV": (5, 5, 0, 0),
    }


def test_targets_of_2015_are_not_due_with_the_distance_that_is_left(figures: ComplianceFigures) -> None:
    assert {one.due_on for one in figures.targets} == {date(2015, 12, 31)}
    exchanged = target(figures, "documents-exchanged-electronically", "Tỉnh")
    # (48 + 12) of (100 + 300), not the mean of 48 and 4
    assert (exchanged.value, exchanged.attainment, exchanged.distance) == (
        Decimal("15.00"),
        "not_due",
        Decimal("45.00"),
    )
    portal = target(figures, "portal-article-28", "Tỉnh")
    assert (portal.value, portal.with_data, portal.agencies) == (Decimal("1.7"), 1, 58)
    assert not any(short.targets_below for short in figures.shortfalls)


def test_targets_for_the_whole_country_stand_there_and_nobody_reports_on_them(
    figures: ComplianceFigures,
) -> None:
    country = [one for one in figures.targets if one.scope == "Cả nước"]
    assert len(country) >= 10
    assert {(one.attainment, one.agencies, one.value) for one in country} == {("unassigned", 0, None)}


def test_half_year_figures_come_back_from_their_text_as_they_were(figures: ComplianceFigures) -> None:
    assert thaw(freeze(figures)) == figures


def test_compiled_half_years_are_the_figures_of_their_filings(
    cast: Cast, half_year: Cycle, figures: ComplianceFigures
) -> None:
    with clock.at("2011-07-28T09:00"):
        compilation = compile_cycle(half_year, actor=cast.reviewer)
    assert compliance.frozen(compilation) == compliance.recomputed(compilation) == figures
    assert Filing.objects.counting(half_year, AS_OF).count() == 3


def test_the_questions_cost_the_same_however_many_report(
    half_year: Cycle, staff: People, people: PeopleOf
) -> None:
    def cost() -> int:
        cycle = Cycle.objects.get(pk=half_year.pk)
        with CaptureQueriesContext(connection) as captured:
            compliance.live(cycle, AS_OF)
        return len(captured)

    filed(half_year, staff, at=FILED_AT)
    before = cost()
    for key in ("p89", "p91", "m-qp", "m-yt"):
        filed(half_year, people(key), at=FILED_AT)
    assert cost() == before
    assert before <= 31


# --- The plan as a file


def unbroken(text: str) -> str:
    """Text without what a narrow cell breaks it at."""
    return text.replace(" ", "").replace("-", "")


def test_a_plan_leaves_with_its_assignments_never_as_its_leads(cast: Cast) -> None:
    assign(cast)
    words = f"phân công trên hệ thống: Bộ Y tế, {BASIS}, 15/06/2011"
    plan = Plan.objects.for_pages().get(code="1605-qd-ttg")
    with clock.at("2011-06-21T09:00"):
        made = {
            name: export_plan_bytes(plan, registry.read_content(plan), name)[0]
            for name in ("json", "pdf", "xlsx")
        }
    data = json.loads(made["json"])
    (clinic,) = [one for one in data["projects"] if one["clause"] == "B.II.1, gạch 19"]
    assert (clinic["lead"], clinic["lead_words"]) == (None, None)
    assert clinic["assigned_reporters"] == [{"party": "m-yt", "basis": BASIS, "on": "2011-06-15"}]
    assert data["names"]["agencies"]["m-yt"] == "Bộ Y tế"
    assert unbroken(words) in unbroken(text_of(made["pdf"]))
    sheet = written(made["xlsx"])["Dự án và kinh phí"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if "Phân công trên hệ thống" in row)
    assert not [name for name in head if name and "chủ trì" in str(name).lower()]
    at = head.index("Phân công trên hệ thống")
    assert [row[at] for row in rows if row[at] and "Bộ Y tế" in str(row[at])] == [words] * 2
