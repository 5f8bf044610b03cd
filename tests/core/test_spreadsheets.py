"""Workbooks: typed cells, text that stays text, the look and the print set-up that every export shares."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from core.spreadsheets import (
    CellKind,
    Formula,
    GroupRow,
    Row,
    Sheet,
    SheetColumn,
    SheetSpec,
    TotalRow,
    Value,
    sheet_names,
    write_workbook,
)

CREATED = datetime(2008, 7, 10, 1, 30, tzinfo=UTC)
PROJECTS = SheetSpec(
    name="Dự án",
    columns=[
        SheetColumn("Số", CellKind.TEXT, width=8),
        SheetColumn("Tên dự án", help="Như trong văn bản"),
        SheetColumn("Năm", CellKind.YEAR),
        SheetColumn("Kinh phí", CellKind.MONEY),
        SheetColumn("Tỷ lệ", CellKind.PERCENT),
        SheetColumn("Ngày", CellKind.DATE),
    ],
    titles=["Danh mục dự án", "Số liệu đến ngày 10/07/2008"],
    unit="(Đơn vị tính: triệu đồng)",
    mark="Số liệu minh họa",
    frozen_columns=2,
)
FIRST = PROJECTS.first_row
ROWS: list[Row] = [
    GroupRow(["A", "Dùng chung", None, None, None, None]),
    ["1.10", "Cổng thông tin", 2008, Decimal(2500), Decimal("80.2"), date(2008, 3, 7)],
    ["2", "Thư điện tử", 2009, Decimal("2.125"), 60, datetime(2008, 3, 6, 18, 2, tzinfo=UTC)],
    ["3", "Chưa nêu", None, None, None, None],
    TotalRow(["", "Cộng", None, Formula(f"SUM(D{FIRST + 1}:D{FIRST + 3})"), None, None]),
]


def one_column(kind: CellKind, *values: Value) -> bytes:
    spec = SheetSpec("Trang", [SheetColumn("Cột", kind)])
    return write_workbook([Sheet(spec, [[value] for value in values])], created=CREATED)


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


@pytest.fixture
def sheet() -> Any:
    return opened(write_workbook([Sheet(PROJECTS, ROWS)], created=CREATED)).active


def test_the_lines_above_the_table_stand_in_their_order(sheet: Any) -> None:
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [PROJECTS.mark, *PROJECTS.titles]
    assert sheet.cell(4, 6).value == PROJECTS.unit
    assert [cell.value for cell in sheet[5]] == [column.heading for column in PROJECTS.columns]
    assert sheet.cell(6, 2).value == "Như trong văn bản"
    assert (PROJECTS.head_row, PROJECTS.first_row) == (5, 7)
    assert sheet.cell(7, 2).value == "Dùng chung"


@pytest.mark.parametrize(
    ("above", "head_row", "first_row"),
    [
        ({}, 1, 2),
        ({"unit": "(triệu đồng)"}, 2, 3),
        ({"mark": "Minh họa"}, 3, 4),
        ({"titles": ["Một", "Hai"]}, 4, 5),
        ({"titles": ["Một"], "unit": "(triệu đồng)", "mark": "Minh họa"}, 4, 5),
    ],
)
@pytest.mark.parametrize("help_text", ["", "Giải thích"])
def test_formulas_may_rely_on_the_first_row(
    above: dict[str, Any], head_row: int, first_row: int, help_text: str
) -> None:
    spec = SheetSpec("Trang", [SheetColumn("Cột", help=help_text), SheetColumn("Hai")], **above)
    sheet = opened(write_workbook([Sheet(spec, [["dòng đầu", ""]])], created=CREATED)).active
    assert spec.head_row == head_row
    assert spec.first_row == first_row + bool(help_text)
    assert sheet.cell(spec.head_row, 1).value == "Cột"
    assert sheet[spec.cell(0, spec.first_row)].value == "dòng đầu"


def test_values_keep_their_type(sheet: Any) -> None:
    code, name, year, money, share, day = sheet[FIRST + 1]
    assert (code.value, code.data_type, code.number_format) == ("1.10", "s", "@")
    assert (name.value, name.data_type) == ("Cổng thông tin", "s")
    assert (year.value, year.number_format) == (2008, "0")
    assert (money.value, money.data_type, money.number_format) == (2500, "n", "#,##0")
    assert (share.value, share.number_format) == (80.2, '#,##0.0" %"')
    assert (day.value.isoformat(), day.number_format) == ("2008-03-07T00:00:00", "dd/mm/yyyy")
    assert sheet.cell(FIRST + 2, 4).number_format == "#,##0.000"


def test_a_moment_is_shown_as_in_hanoi(sheet: Any) -> None:
    moment = datetime(2008, 3, 6, 18, 2, tzinfo=UTC)
    assert sheet.cell(FIRST + 2, 6).value.isoformat() == "2008-03-07T00:00:00"
    cell = opened(one_column(CellKind.DATETIME, moment)).active["A2"]
    assert (cell.value.isoformat(), cell.number_format) == ("2008-03-07T01:02:00", "dd/mm/yyyy hh:mm")


def test_a_blank_is_an_empty_cell_and_zero_is_a_number() -> None:
    sheet = opened(one_column(CellKind.MONEY, None, 0, Decimal("0.00"))).active
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [None, 0, 0]
    assert sheet["A2"].number_format == "#,##0.######"
    assert sheet["A3"].number_format == sheet["A4"].number_format == "#,##0"


def test_a_total_is_the_formula_given_with_the_decimals_of_its_column(sheet: Any) -> None:
    total = sheet.cell(FIRST + 4, 4)
    assert (total.value, total.data_type) == ("=SUM(D8:D10)", "f")
    assert total.number_format == "#,##0.000"
    assert total.font.bold


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org","x")',
        "+84 4 3943 6422",
        "-",
        "- Xây dựng cổng",
        "@SUM(A1)",
        "\t=1",
        "=",
        "#N/A",
        "#REF!",
        "TRUE",
        "1.10",
        "007",
        "2008-03-07",
        "dòng một\ndòng hai",
        " trước và sau ",
        "<b>&amp;</b>",
        "- " + "dài " * 100,
    ],
)
def test_text_stays_text(text: str) -> None:
    content = one_column(CellKind.TEXT, text)
    cell = opened(content).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is text.startswith(("=", "+", "-", "@", "\t"))
    assert b"<f>" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_text_in_the_lines_above_and_in_a_number_column_stays_text() -> None:
    spec = SheetSpec("=1", [SheetColumn("=2", CellKind.MONEY)], titles=["=3"], unit="=4", mark="=5")
    content = write_workbook([Sheet(spec, [["=6"]])], created=CREATED, title="=7")
    sheet = opened(content).active
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["=5", "=3", "=4", "=2", "=6"]
    assert {sheet.cell(row, 1).data_type for row in range(1, 6)} == {"s"}


def test_what_xml_cannot_hold_is_left_out() -> None:
    text = "a\x00b\x0bc\ud800d\uffffe\r\nf"
    assert opened(one_column(CellKind.TEXT, text)).active["A2"].value == "abcde\nf"


def test_a_text_longer_than_a_cell_ends_visibly() -> None:
    value = opened(one_column(CellKind.TEXT, "x" * 40_000)).active["A2"].value
    assert len(value) == 32_767
    assert value.endswith("x…")


def test_lazy_words_are_written_in_the_language_of_the_writer() -> None:
    spec = SheetSpec(gettext_lazy("English"), [SheetColumn(gettext_lazy("Vietnamese"))])
    with translation.override("en"):
        content = write_workbook([Sheet(spec, [[gettext_lazy("English")]])], created=CREATED)
    sheet = opened(content).active
    assert (sheet.title, sheet["A1"].value, sheet["A2"].value) == ("English", "Vietnamese", "English")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (CellKind.TEXT, 5),
        (CellKind.TEXT, Decimal("2.5")),
        (CellKind.TEXT, date(2008, 3, 7)),
        (CellKind.MONEY, date(2008, 3, 7)),
        (CellKind.MONEY, True),
        (CellKind.DATE, 39514),
        (CellKind.MONEY, object()),
    ],
)
def test_a_value_of_another_kind_is_an_error_that_names_the_column(kind: CellKind, value: Any) -> None:
    with pytest.raises(TypeError, match="“Cột”"):
        one_column(kind, value)


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        write_workbook([Sheet(PROJECTS, [["chỉ một"]])], created=CREATED)


def test_a_failed_workbook_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(TypeError):
        one_column(CellKind.MONEY, 1, 2, date(2008, 3, 7))
    assert list(tmp_path.iterdir()) == []


def test_heads_stay_on_screen_and_on_every_printed_page(sheet: Any) -> None:
    assert sheet.freeze_panes == "C7"
    assert sheet.print_title_rows == "$5:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "&P/&N"
    assert sheet.oddHeader.center.text == PROJECTS.mark


def test_columns_have_the_width_asked_for_or_that_of_their_kind(sheet: Any) -> None:
    assert sheet.column_dimensions["A"].width == 8
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["C"].width
    assert sheet.cell(FIRST + 1, 2).alignment.wrap_text
    assert sheet.cell(FIRST + 1, 4).alignment.horizontal == "right"


def test_sheets_are_named_as_excel_accepts() -> None:
    assert sheet_names(["Dự án: A/B [2008]*?", "  'Mục tiêu'  ", "", "x" * 40, "x" * 50, "X" * 31]) == [
        "Dự án A B 2008",
        "Mục tiêu",
        "3",
        "x" * 31,
        "x" * 27 + " (2)",
        "X" * 27 + " (3)",
    ]
    specs = [SheetSpec("Dự án?", [SheetColumn("Cột")]), SheetSpec("dự án", [SheetColumn("Cột")])]
    workbook = opened(write_workbook([Sheet(spec, []) for spec in specs], created=CREATED))
    assert workbook.sheetnames == ["Dự án", "dự án (2)"]


def test_the_same_content_gives_the_same_bytes() -> None:
    def content(created: datetime = CREATED) -> bytes:
        return write_workbook([Sheet(PROJECTS, ROWS)], created=created, title="Kế hoạch", author="Cục")

    first = content()
    assert content() == first
    assert content(CREATED.replace(year=2009)) != first
    properties = opened(first).properties
    assert (properties.title, properties.creator) == ("Kế hoạch", "Cục")
    assert properties.created == properties.modified == CREATED.replace(tzinfo=None)
    assert {entry.date_time for entry in ZipFile(BytesIO(first)).infolist()} == {(2008, 7, 10, 1, 30, 0)}


def test_rows_are_taken_one_by_one() -> None:
    def rows() -> Iterator[Row]:
        for number in range(3000):
            yield [f"dòng {number}", number]

    spec = SheetSpec("Trang", [SheetColumn("Cột"), SheetColumn("Số", CellKind.INTEGER)])
    sheet = opened(write_workbook([Sheet(spec, rows())], created=CREATED)).active
    assert sheet.max_row == 3001
    assert [cell.value for cell in sheet[3001]] == ["dòng 2999", 2999]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice recalculates the workbook")
def test_another_program_opens_the_workbook_and_adds_up(tmp_path: Path) -> None:
    source = tmp_path / "kế hoạch.xlsx"
    source.write_bytes(write_workbook([Sheet(PROJECTS, ROWS)], created=CREATED))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", tmp_path, source],
        check=True, capture_output=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    lines = source.with_suffix(".csv").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == ",Cộng,,2502.125,,"


def test_rows_are_high_enough_for_their_wrapped_text() -> None:
    spec = SheetSpec("Trang", [SheetColumn("Tên", width=20), SheetColumn("Mục tiêu", width=60)])
    rows: list[Row] = [
        ["ngắn", "ngắn"],
        ["Xây dựng cổng thông tin điện tử của tỉnh", ""],
        ["", "một\nhai\nba"],
    ]
    heights = opened(write_workbook([Sheet(spec, rows)], created=CREATED)).active.row_dimensions
    assert [heights[row].height for row in (2, 3, 4)] == [None, 30, 45]
