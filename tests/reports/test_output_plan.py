"""A plan as JSON, PDF and workbook: the figures that the documents print, in each of them."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from budgets.parts import AllocationRow
from plans.models import Plan
from plans.parts import registry
from plans.parts.projects import ProjectRow
from plans.parts.texts import SectionRow
from reports.exports import plan_facts, plan_names
from reports.output.plan_export import PlanExport, PlanFacts, PlanNames
from reports.output.plan_json import plan_json
from reports.output.plan_pdf import plan_pdf
from reports.output.plan_tables import grand_total_is_meant
from reports.output.plan_xlsx import plan_xlsx
from tests.reports.opened import (
    formulas_of,
    pages_of,
    recalculated,
    rightmost,
    row_of,
    sizes_of,
    text_of,
    written,
)

NATIONAL, PROVINCIAL = "43-2008-qd-ttg", "605-qd-ubnd"

FACTS = PlanFacts(
    code="thu-nghiem",
    version=2,
    title="Kế hoạch thử nghiệm",
    kind="agency",
    state="draft",
    agency="p82",
    agency_name="Tỉnh Tiền Giang",
    issuer="Ủy ban nhân dân tỉnh Tiền Giang",
    programme="2009-2010",
    programme_name="Kế hoạch giai đoạn 2009 - 2010",
    document="",
    reference="",
    signer="",
    signer_title="",
    decision_number="",
    decision_on=None,
    decision_issuer="",
    registered=False,
    illustrative=False,
    as_of=datetime(2008, 6, 20, 2, 0, tzinfo=UTC),
)
PARTS = registry.REQUIRED
EMPTY: dict[str, tuple[Any, ...]] = dict.fromkeys(PARTS, ())


def made_export(*projects: ProjectRow, money: tuple[AllocationRow, ...] = (), **facts: Any) -> PlanExport:
    content = {**EMPTY, "projects": projects, "allocations": money}
    return PlanExport(replace(FACTS, **facts), content, PlanNames(sources={"NSTW": "Ngân sách trung ương"}))


def amount(line: UUID, value: str, year: int = 2009) -> AllocationRow:
    return AllocationRow(line=line, year=year, source="NSTW", amount=Decimal(value))


@pytest.fixture
def export(request: pytest.FixtureRequest, db: None) -> PlanExport:
    plan = Plan.objects.for_pages().get(code=request.param, version=1)
    return PlanExport(plan_facts(plan), registry.read_content(plan), plan_names())


def of(code: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("export", [code], indirect=True)


# JSON


@of(PROVINCIAL)
def test_json_gives_decimal_strings_in_trieu_and_null_for_blank(export: PlanExport) -> None:
    data = json.loads(plan_json(export))
    amounts = [one["amount"] for project in data["projects"] for one in project["allocations"]]
    assert all(isinstance(one, str) for one in amounts)
    assert sum(Decimal(one) for one in amounts) == 50141
    first = data["projects"][0]
    assert (first["group"], first["no"], first["lead"], first["total"]) == ("I", "1", "s-bcvt-82", "2500")
    assert first["subgroup"] is None
    assert data["tasks"][0]["due"] is None
    assert (data["code"], data["version"], data["state"]) == (PROVINCIAL, 1, "approved")
    assert (data["agency"], data["programme"]) == ("p82", "2007-2010-tien-giang")
    assert (data["document"], data["illustrative"]) == ("605/QĐ-UBND", False)


@of(NATIONAL)
def test_json_of_the_national_plan_holds_its_42_tasks_and_leaves_needs_open(export: PlanExport) -> None:
    data = json.loads(plan_json(export))
    assert len([task for task in data["tasks"] if not task["parent"]]) == 42
    assert len(data["tasks"]) == 42 + 17
    needs = [project["total"] for project in data["projects"] if project["group"] == "A"]
    assert (len(needs), needs.count(None)) == (19, 6)
    assert sum(Decimal(need) for need in needs if need) == 160000
    task = next(task for task in data["tasks"] if task["clause"] == "II.2.p")
    assert (task["leads"], task["due"]) == (["m-tttt"], "2008-07-30")
    assert all(key in data["names"]["agencies"] for key in ("m-tttt", "m-nv"))


@of(NATIONAL)
def test_every_declared_column_stands_in_the_json(export: PlanExport) -> None:
    other_names = {
        "sections": {},
        "tasks": {"date_phrase": "phrase", "due_on": "due"},
        "projects": {"group_code": "group", "number": "no", "lead_agency": "lead", "lead_group": "lead"}
        | {"total_need": "total"},
        "allocations": {},
        "shares": {},
        "stated_totals": {"group_code": "group", "lines": "projects"},
        "targets": {"agency_class": "class", "due_on": "due"},
        "baselines": {},
    }
    data = json.loads(plan_json(export))
    for part in registry.parts():
        if not export.content[part.key]:
            continue  # the status of QĐ 43 is not printed; QĐ 605's is in the next test
        rows = data.get(part.key) or [one for project in data["projects"] for one in project[part.key]]
        keys = set(rows[0])
        for column in part.columns:
            assert other_names[part.key].get(column.name, column.name) in keys, f"{part.key}.{column.name}"


# PDF


@of(PROVINCIAL)
def test_the_annex_of_projects_ends_with_the_printed_totals(export: PlanExport) -> None:
    lines = [" ".join(line.split()) for page in pages_of(plan_pdf(export)) for line in page.splitlines()]
    assert "Cộng I 43.795 7.545 19.500 16.750 6.800 33.550 3.445 43.795" in lines
    assert "Cộng II 2.520 220 1.800 500 400 2.120 2.520" in lines
    assert "Cộng III 3.826 230 1.868 1.728 3.826 3.826" in lines
    assert "Tổng cộng 50.141 7.995 23.168 18.978 6.800 33.950 9.391 50.141" in lines


@of(NATIONAL)
def test_what_the_decision_does_not_add_up_is_not_added_up(export: PlanExport) -> None:
    text = text_of(plan_pdf(export))
    for printed in ("93.500", "33.500", "127.000", "93.700", "160.000", "19.800", "53.900"):
        assert printed in text
    assert "13/19 dự án có ghi" in text
    assert "220.700" not in text
    assert "2.008" not in text
    assert unicodedata.is_normalized("NFC", text)


@of(PROVINCIAL)
def test_the_plan_is_laid_out_as_an_official_document(export: PlanExport, tmp_path: Path) -> None:
    pdf = plan_pdf(export)
    pages = pages_of(pdf)
    first = " ".join(pages[0].split())
    assert "TỈNH TIỀN GIANG" in first
    assert "KẾ HOẠCH Ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước" in first
    assert "(Kèm theo Quyết định số 605/QĐ-UBND ngày 07 tháng 3 năm 2008" in first
    text = text_of(pdf)
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Nguyễn Văn Phòng" in text
    assert "phiên bản 1 (đã phê duyệt, ghi nhận từ văn bản)" in text
    assert "DỰ THẢO" not in text
    annex = next(at for at, page in enumerate(pages) if "Phụ lục I\n" in page)
    assert all(width > height for width, height in sizes_of(pdf, tmp_path)[annex:])
    assert all(end <= width - 40 for width, end in rightmost(pdf))


def test_a_draft_says_so_on_every_page_and_nobody_has_signed_it() -> None:
    pages = pages_of(plan_pdf(made_export(ProjectRow(line=uuid4(), name="Dự án"))))
    assert all("BẢN DỰ THẢO" in page for page in pages)
    assert "Đã ký" not in "".join(pages)


def test_an_illustrative_approval_is_marked_on_every_page_with_its_decision() -> None:
    export = made_export(
        ProjectRow(line=uuid4(), name="Dự án"),
        state="approved",
        illustrative=True,
        decision_number="12/QĐ-MH",
        decision_on=date(2008, 7, 21),
        decision_issuer="Bộ Thông tin và Truyền thông",
    )
    pages = pages_of(plan_pdf(export))
    assert all("SỐ LIỆU MINH HỌA" in page for page in pages)
    said = "(Phê duyệt tại Quyết định số 12/QĐ-MH ngày 21 tháng 7 năm 2008 của Bộ Thông tin và Truyền thông)"
    assert said in " ".join(pages[0].split())


def test_an_opening_that_is_the_heading_itself_is_printed_once() -> None:
    row = SectionRow(number="II.2.a", heading="Đề xuất kiện toàn", body="Đề xuất kiện toàn Ban Chỉ đạo.")
    export = PlanExport(FACTS, {**EMPTY, "sections": (row,)}, PlanNames())
    assert text_of(plan_pdf(export)).count("Đề xuất kiện toàn") == 1


# Workbook


@of(PROVINCIAL)
def test_recalculated_totals_of_the_workbook_are_those_of_the_decision(
    export: PlanExport, tmp_path: Path
) -> None:
    xlsx = plan_xlsx(export)
    with override("vi"):
        name = str(registry.get("projects").label)
    sheet = recalculated(xlsx, tmp_path)[name]
    labels = {"Cộng I": 43795, "Cộng II": 2520, "Cộng III": 3826, "Tổng cộng": 50141}
    for label, expected in labels.items():
        numbers = [value for value in row_of(sheet, label) if isinstance(value, int | float)]
        assert numbers[0] == numbers[-1] == expected  # total need, and what years and sources add up to
        assert sum(numbers[1:-1]) == expected
    grand = [value for value in row_of(sheet, "Tổng cộng") if isinstance(value, int | float)]
    assert sum(grand[1:3]) == 7995
    typed = [value for label in labels for value in row_of(written(xlsx)[name], label) if value != label]
    assert all(value is None or str(value).startswith("=SUM(") for value in typed)


@of(PROVINCIAL)
def test_the_summary_sheet_repeats_the_totals_as_values(export: PlanExport) -> None:
    sheet = written(plan_xlsx(export))["Tóm tắt"]
    assert formulas_of(sheet) == []
    values = [row[2] for row in sheet.iter_rows(values_only=True)]
    for expected in (43795, 2520, 3826, 50141, 7995, 23168, 18978, 6800, 33950, 9391):
        assert expected in values


@of(NATIONAL)
def test_the_workbook_of_the_national_plan_has_no_grand_total(export: PlanExport, tmp_path: Path) -> None:
    book = recalculated(plan_xlsx(export), tmp_path)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 127000 in cells
    assert 93700 in cells
    assert 220700 not in cells
    assert not any(isinstance(cell, str) and "220.700" in cell for cell in cells)


@of(NATIONAL)
def test_every_part_with_rows_has_a_sheet_with_frozen_head_and_print_set_up(export: PlanExport) -> None:
    book = written(plan_xlsx(export))
    parts = [part for part in registry.parts() if part.key != "allocations" and export.content[part.key]]
    assert len(book.sheetnames) == 1 + len(parts)
    for sheet in book:
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.page_setup.fitToWidth == 1, sheet.title


@of(PROVINCIAL)
def test_printed_totals_are_held_against_the_computed_ones(export: PlanExport) -> None:
    with override("vi"):
        name = str(registry.get("stated_totals").label)
    rows = list(written(plan_xlsx(export))[name].iter_rows(values_only=True))
    verdicts = [row[-1] for row in rows if row[0] and isinstance(row[0], int)]
    assert len(verdicts) == len(export.content["stated_totals"])
    assert set(verdicts) == {"khớp"}


def test_a_formula_in_a_name_stays_text_and_500_characters_stay_whole(tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://example.invalid")', "+84 1", "@SUM(A1)", ("Tên rất dài " * 50)[:500]]
    rows = tuple(ProjectRow(line=uuid4(), name=name, number=str(at)) for at, name in enumerate(names))
    xlsx = plan_xlsx(made_export(*rows))
    assert all(formulas_of(sheet) == [] for sheet in written(xlsx))
    cells = [
        cell
        for sheet in recalculated(xlsx, tmp_path)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert set(names) <= set(cells)


def test_money_of_many_years_and_sources_still_fits_the_page() -> None:
    line = uuid4()
    codes = [f"NGUON-{number}" for number in range(6)]
    money = tuple(
        AllocationRow(line=line, year=year, source=code, amount=Decimal("12345.5"))
        for year in range(2011, 2016)
        for code in codes
    )
    row = ProjectRow(
        line=line, number="1", name="Tên " * 100, objective="Mục tiêu " * 50, location="Toàn quốc"
    )
    pdf = plan_pdf(made_export(row, money=money))
    assert all(end <= width - 40 for width, end in rightmost(pdf))
    assert "370.365" in text_of(pdf)


def test_an_agency_s_own_plan_without_printed_totals_is_added_up() -> None:
    first, second = uuid4(), uuid4()
    export = made_export(
        ProjectRow(line=first, group_code="I", number="1", name="Một"),
        ProjectRow(line=second, group_code="II", number="1", name="Hai"),
        money=(amount(first, "1500.5"), amount(second, "2000")),
    )
    assert grand_total_is_meant(export.content)
    lines = [" ".join(line.split()) for page in pages_of(plan_pdf(export)) for line in page.splitlines()]
    assert "Tổng cộng 3.500,5 3.500,5" in lines


def test_a_plan_without_any_content_can_be_exported() -> None:
    export = made_export()
    assert json.loads(plan_json(export))["projects"] == []
    assert pages_of(plan_pdf(export))
    assert written(plan_xlsx(export)).sheetnames == ["Tóm tắt"]


@of(PROVINCIAL)
def test_writing_asks_the_database_nothing(
    export: PlanExport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        plan_json(export)
        plan_pdf(export)
        plan_xlsx(export)
