"""The compliance report as a workbook, opened again and recalculated."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from reports.figures.shapes import ClassTimeliness, ComplianceFigures, Money
from reports.output.compliance_tables import class_name
from reports.output.compliance_xlsx import compliance_xlsx
from tests.reports.made_figures import ISSUE, made_figures
from tests.reports.opened import formulas_of, recalculated, row_of, rows_of, written

SHEETS = [
    "Tóm tắt",
    "Tình hình nộp",
    "Cơ quan",
    "Nhiệm vụ",
    "Dự án và kinh phí",
    "Chỉ tiêu",
    "Cơ quan còn thiếu",
]


@pytest.fixture(scope="module")
def figures() -> ComplianceFigures:
    return made_figures()


@pytest.fixture(scope="module")
def xlsx(figures: ComplianceFigures) -> bytes:
    return compliance_xlsx(figures, ISSUE)


@pytest.fixture(scope="module")
def book(xlsx: bytes, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return recalculated(xlsx, tmp_path_factory.mktemp("compliance"))


def counts(one: ClassTimeliness) -> list[object]:
    return [one.obliged, one.on_time, one.late, one.nothing, one.missing, one.waiting, one.exempt]


def amounts(money: Money) -> list[object]:
    return [
        None if amount is None else float(amount)
        for amount in (money.planned, money.assigned, money.released, money.disbursed, money.settled)
    ]


def floats(values: list[object]) -> list[object]:
    return [float(value) if isinstance(value, int | float | Decimal) else value for value in values]


def test_the_sheets_are_those_of_the_report(xlsx: bytes) -> None:
    assert written(xlsx).sheetnames == SHEETS


def test_every_sheet_has_a_frozen_head_and_is_set_up_for_print(xlsx: bytes) -> None:
    for sheet in written(xlsx):
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.fitToWidth == 1, sheet.title
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title


def test_totals_of_timeliness_are_formulas_that_give_the_figures(
    figures: ComplianceFigures, xlsx: bytes, book: Workbook
) -> None:
    sheet = book["Tình hình nộp"]
    for one in figures.classes:
        assert row_of(sheet, class_name(one.agency_class))[2:9] == counts(one)
    assert row_of(sheet, "Cộng")[2:9] == counts(figures.total)
    assert len(formulas_of(written(xlsx)["Tình hình nộp"])) == 7


def test_money_stands_in_blocks_of_one_programme_with_totals_as_formulas(
    figures: ComplianceFigures, xlsx: bytes, book: Workbook
) -> None:
    sheet = book["Dự án và kinh phí"]
    by_group = rows_of(sheet, "Cộng theo nhóm dự án")
    for block, totals in zip(figures.money, by_group, strict=True):
        assert floats(totals[3:8]) == amounts(block.total)
        assert floats(row_of(sheet, f"Cộng {block.projects} dự án")[3:8]) == amounts(block.total)
        for line in block.lines:
            assert amounts(line.money) in [floats(row[3:8]) for row in rows_of(sheet, line.name)]
    formulas = formulas_of(written(xlsx)["Dự án và kinh phí"])
    # planned, assigned and disbursed are reported: once by group, once by project; and two counts by group
    assert len(formulas) == len(figures.money) * (3 + 3 + 2)
    both = sum(float(block.total.planned or 0) for block in figures.money)
    assert both not in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_a_flow_that_nobody_reported_is_blank_and_not_nought(book: Workbook) -> None:
    released = [row[5] for row in rows_of(book["Dự án và kinh phí"], "Cộng theo nhóm dự án")]
    assert released == [None, None]


def test_the_summary_repeats_the_totals_as_values(
    figures: ComplianceFigures, xlsx: bytes, book: Workbook
) -> None:
    sheet, total = book["Tóm tắt"], figures.total
    assert formulas_of(written(xlsx)["Tóm tắt"]) == []
    expected = {
        "Cơ quan phải báo cáo": total.obliged,
        "Nộp đúng hạn": total.on_time,
        "Nộp muộn": total.late,
        "Chưa nộp khi đã quá hạn": total.missing,
        "Tỷ lệ nộp đúng hạn": total.on_time_share,
        "Nhiệm vụ được giao": len(figures.tasks),
        "Nhiệm vụ quá hạn": figures.task_count("late"),
        "Cơ quan chưa thực hiện đầy đủ": len(figures.shortfalls),
    }
    for label, value in expected.items():
        assert row_of(sheet, label)[2] == pytest.approx(float(value or 0)), label
    assert [row[2] for row in rows_of(sheet, "Kế hoạch vốn năm 2008")] == [
        float(block.total.planned or 0) for block in figures.money
    ]
    assert [row[2] for row in rows_of(sheet, "Vốn đã quyết toán")] == [None, None]
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert ISSUE.audit_line in text
    assert "Số 05/BC-BTTTT" in text


def test_every_agency_task_and_target_has_a_typed_row(figures: ComplianceFigures, book: Workbook) -> None:
    for one in figures.obligations:
        row = row_of(book["Cơ quan"], one.name)
        assert row[2] == class_name(one.agency_class)
        filed = row[4].date() if isinstance(row[4], datetime) else row[4]
        assert (filed, row[5], row[6]) == (one.filed_on, one.days or None, one.filings)
    for task in figures.tasks:
        assert [task.reporters, task.done, task.in_progress, task.not_started, task.silent] in [
            row[5:10] for row in rows_of(book["Nhiệm vụ"], task.name)
        ]
    for target in figures.targets:
        found = [row for row in rows_of(book["Chỉ tiêu"], target.name) if row[2] == target.scope]
        assert found[0][11] == (None if target.value is None else float(target.value))
    assert len(rows_of(book["Nhiệm vụ"], "43/2008/QĐ-TTg")) == len(figures.tasks)


def test_a_formula_in_a_name_stays_text(figures: ComplianceFigures, tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://example.invalid")', "+1+1", "-2+3", "@SUM(A1)", "=1+1"]
    agencies = tuple(
        replace(one, name=name) for one, name in zip(figures.obligations[:5], names, strict=True)
    )
    xlsx = compliance_xlsx(replace(figures, obligations=agencies), ISSUE)
    sheet = written(xlsx)["Cơ quan"]
    assert formulas_of(sheet) == []
    found = [row[1] for row in recalculated(xlsx, tmp_path)["Cơ quan"].iter_rows(values_only=True)]
    assert set(names) <= set(found)


def test_a_name_of_500_characters_is_whole_and_its_row_high_enough(figures: ComplianceFigures) -> None:
    name = ("Nhiệm vụ có tên rất dài " * 25)[:500]
    xlsx = compliance_xlsx(replace(figures, tasks=(replace(figures.tasks[0], name=name),)), ISSUE)
    sheet = written(xlsx)["Nhiệm vụ"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == name)
    assert cell.alignment.wrap_text
    assert (sheet.row_dimensions[cell.row].height or 0) >= 15 * 500 / 80


def test_draft_and_illustrative_figures_are_marked_on_every_sheet_and_printed_page() -> None:
    book = written(compliance_xlsx(made_figures(illustrative=True)))
    for sheet in book:
        assert sheet["A1"].value == "SỐ LIỆU MINH HỌA - BẢN DỰ THẢO", sheet.title
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.center.text == "SỐ LIỆU MINH HỌA - BẢN DỰ THẢO", sheet.title


def test_the_same_figures_give_the_same_bytes(figures: ComplianceFigures, xlsx: bytes) -> None:
    assert compliance_xlsx(figures, ISSUE) == xlsx
