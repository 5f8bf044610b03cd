"""The compliance report as an official document."""

import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

from core.notation import format_date, format_money, format_percent
from reports.figures.names import STANDINGS_VI
from reports.figures.shapes import ComplianceFigures
from reports.output.compliance_pdf import compliance_pdf
from tests.reports.made_figures import ISSUE, made_figures
from tests.reports.opened import pages_of, rightmost, sizes_of, text_of

LONG_NAME = ("Dự án có tên rất dài để thử việc xuống dòng trong bảng " * 10)[:500]
UNBROKEN_NAME = "Ậ" * 500


@pytest.fixture(scope="module")
def figures() -> ComplianceFigures:
    return made_figures()


@pytest.fixture(scope="module")
def few(figures: ComplianceFigures) -> ComplianceFigures:
    """Some rows of every table, for what holds of any number of them: the whole takes seconds to lay out."""
    money = tuple(replace(block, lines=block.lines[:3]) for block in figures.money)
    return replace(
        figures,
        money=money,
        obligations=figures.obligations[:4],
        tasks=figures.tasks[:4],
        targets=figures.targets[:4],
        shortfalls=figures.shortfalls[:2],
    )


@pytest.fixture(scope="module")
def issued(figures: ComplianceFigures) -> bytes:
    return compliance_pdf(figures, ISSUE)


def test_the_head_is_that_of_an_official_letter(issued: bytes) -> None:
    first = " ".join(pages_of(issued)[0].split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-BTTTT",
        "Hà Nội, ngày 05 tháng 8 năm 2008",
        "BÁO CÁO",
        "Kính gửi: Thủ tướng Chính phủ.",
        "Căn cứ Quyết định số 43/2008/QĐ-TTg ngày 24 tháng 3 năm 2008 của Thủ tướng Chính phủ",
    ):
        assert words in first


def test_it_ends_with_receivers_signature_and_the_head_of_the_audit_chain(issued: bytes) -> None:
    text = text_of(issued)
    assert "kính báo cáo Thủ tướng Chính phủ./." in text
    assert "Nơi nhận: - Như trên;" in text
    assert "- Lưu: VT." in text
    assert "KT. BỘ TRƯỞNG THỨ TRƯỞNG Nguyễn Văn Ký" in text
    assert f"1.204 mục, mã SHA-256 cuối chuỗi: {ISSUE.audit_head}" in text


def test_the_body_says_the_figures(figures: ComplianceFigures, issued: bytes) -> None:
    text, total = text_of(issued), figures.total
    assert f"Có {total.obliged} cơ quan có nghĩa vụ báo cáo" in text
    assert f"Có {total.on_time} cơ quan nộp đúng hạn (đạt {format_percent(total.on_time_share)})" in text
    assert f"{total.late} cơ quan nộp muộn và {total.missing} cơ quan chưa nộp" in text
    assert f"Trong {len(figures.tasks)} nhiệm vụ được giao, có {figures.task_count('done')} nhiệm vụ" in text
    for block in figures.money:
        assert f"kế hoạch vốn {format_money(block.total.planned)} triệu đồng" in text
        assert f"đã giải ngân {format_money(block.total.disbursed)} triệu đồng" in text
    assert f"Có {len(figures.shortfalls)} cơ quan chưa thực hiện đầy đủ" in text


def test_programmes_are_never_added_up(figures: ComplianceFigures, issued: bytes) -> None:
    planned = [block.total.planned for block in figures.money]
    assert None not in planned
    assert format_money(sum(filter(None, planned))) not in text_of(issued)


def test_every_agency_stands_in_the_annex_with_its_own_row(figures: ComplianceFigures, issued: bytes) -> None:
    lines = [" ".join(line.split()) for page in pages_of(issued) for line in page.splitlines()]
    for one in figures.obligations:
        expected = " ".join(filter(None, (one.name, STANDINGS_VI[one.standing], format_date(one.filed_on))))
        assert any(expected in line for line in lines), expected


def test_every_task_and_project_stands_in_an_annex(figures: ComplianceFigures, issued: bytes) -> None:
    lines = [" ".join(line.split()) for page in pages_of(issued) for line in page.splitlines()]
    for task in figures.tasks:
        counts = f"{task.reporters} {task.done} {task.in_progress} {task.not_started} {task.silent}"
        assert any(task.clause in line and counts in line for line in lines), task.clause
    for project in (line for block in figures.money for line in block.lines):
        planned = format_money(project.money.planned)
        assert any(line.startswith(f"{project.label} ") and planned in line for line in lines), project.label


def test_pages_are_numbered_from_2_and_each_annex_counts_its_own(issued: bytes, tmp_path: Path) -> None:
    numbers, annexes = [], []
    for page in pages_of(issued):
        first = next(line.strip() for line in page.splitlines() if line.strip())
        numbers.append(int(first) if first.isdigit() else 1)
        if first.startswith("Phụ lục"):
            annexes.append(first)
    assert annexes == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV", "Phụ lục V"]
    expected: list[int] = []
    for number in numbers:
        expected.append(1 if number == 1 else expected[-1] + 1)
    assert numbers == expected
    assert numbers.count(1) == 6


def test_the_body_is_upright_a4_and_annexes_lie(issued: bytes, tmp_path: Path) -> None:
    sizes = [(round(width), round(height)) for width, height in sizes_of(issued, tmp_path)]
    first = next(at for at, page in enumerate(pages_of(issued)) if "Phụ lục I\n" in page)
    assert set(sizes[:first]) == {(595, 842)}
    assert set(sizes[first:]) == {(842, 595)}


def test_without_number_and_date_every_page_says_that_it_is_a_draft(few: ComplianceFigures) -> None:
    pages = pages_of(compliance_pdf(few))
    assert len(pages) > 5
    assert all("BẢN DỰ THẢO" in page for page in pages)
    assert "ngày" in pages[0]
    assert "SHA-256" not in "".join(pages)


def test_an_issued_report_of_real_figures_bears_no_mark(issued: bytes) -> None:
    assert "DỰ THẢO" not in text_of(issued)
    assert "MINH HỌA" not in text_of(issued)


def test_illustrative_figures_are_marked_on_every_page_and_nobody_signs_them(few: ComplianceFigures) -> None:
    illustrative = replace(few, illustrative=True)
    pages = pages_of(compliance_pdf(illustrative, replace(ISSUE, number="05/BC-MH")))
    assert len(pages) > 5
    assert all("SỐ LIỆU MINH HỌA" in page for page in pages)
    assert ISSUE.signer not in "".join(pages)
    assert "là số liệu minh họa" in " ".join("".join(pages).split())


@pytest.mark.parametrize(
    ("name", "part"), [(LONG_NAME, "thử"), (UNBROKEN_NAME, "Ậ")], ids=["words", "one word"]
)
def test_a_name_of_500_characters_wraps_within_the_page(few: ComplianceFigures, name: str, part: str) -> None:
    project = replace(few.money[0].lines[0], name=name)
    money = (replace(few.money[0], lines=(project, *few.money[0].lines[1:])), *few.money[1:])
    task = replace(few.tasks[0], name=name)
    agency = replace(few.obligations[0], name=name)
    pdf = compliance_pdf(
        replace(
            few,
            money=money,
            tasks=(task, *few.tasks[1:]),
            obligations=(agency, *few.obligations[1:]),
        ),
        ISSUE,
    )
    assert all(end <= width - 40 for width, end in rightmost(pdf))
    assert text_of(pdf).count(part) >= 3 * name.count(part)


def test_markup_in_a_name_stays_text_and_fetches_nothing(few: ComplianceFigures) -> None:
    name = '<script>alert(1)</script><img src="http://example.invalid/x.png">'
    agency = replace(few.obligations[0], name=name)
    text = "".join(text_of(compliance_pdf(replace(few, obligations=(agency,)), ISSUE)).split())
    assert "<script>alert(1)</script>" in text


def test_text_is_composed_and_years_are_never_grouped(issued: bytes) -> None:
    text = text_of(issued)
    assert unicodedata.is_normalized("NFC", text)
    assert "2.008" not in text
    assert "Quý II năm 2008" in text or "quý II năm 2008" in text


def test_it_is_the_same_vietnamese_in_either_interface_language_and_86_agencies_take_less_than_20_seconds(
    figures: ComplianceFigures, issued: bytes
) -> None:
    assert len(figures.obligations) == 86
    start = time.monotonic()
    with override("en"):
        assert compliance_pdf(figures, ISSUE) == issued
    assert time.monotonic() - start < 20


def test_a_period_in_which_nothing_happened_yet_can_be_printed(figures: ComplianceFigures) -> None:
    empty = replace(figures, tasks=(), money=(), targets=(), shortfalls=(), obligations=(), classes=())
    text = text_of(compliance_pdf(empty))
    assert "Không có nhiệm vụ nào thuộc phạm vi báo cáo" in text
    assert "Không có số liệu." in text
