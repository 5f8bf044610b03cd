"""`manage.py export_plan` and `manage.py compile_cycle`."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from tests.cast import Cast
from tests.reports.opened import pages_of, recalculated, row_of

PLAN = "605-qd-ubnd"


@pytest.fixture
def second_quarter(cast: Cast) -> None:
    with clock.at("2008-06-30T08:00"):
        open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)


@pytest.mark.parametrize(("name", "begins"), [("json", b"{"), ("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_the_version_in_force_is_written_in_each_format(
    cast: Cast, june_2008: object, tmp_path: Path, name: str, begins: bytes
) -> None:
    out = tmp_path / "new folder" / f"plan.{name}"
    call_command("export_plan", PLAN, "--format", name, "--out", str(out))
    assert out.read_bytes().startswith(begins)
    assert list(out.parent.iterdir()) == [out]


def test_a_version_can_be_named(cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    call_command("export_plan", PLAN, "--version", "1", "--format", "json", "--out", str(out))
    assert json.loads(out.read_text())["version"] == 1


def test_two_exports_at_one_moment_are_equal(cast: Cast, june_2008: object, tmp_path: Path) -> None:
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        call_command("export_plan", PLAN, format="json", out=str(file), verbosity=0)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_unknown_plan_is_refused_in_one_line_that_names_the_known_ones(cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    with pytest.raises(CommandError) as refusal:
        call_command("export_plan", "606-qd-ubnd", "--format", "json", "--out", str(out))
    assert "606-qd-ubnd" in str(refusal.value)
    assert PLAN in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not out.exists()


def test_a_version_that_there_is_not_is_refused(cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    with pytest.raises(CommandError, match=r"no version 7\. Known: 1\."):
        call_command("export_plan", PLAN, "--version", "7", "--format", "pdf", "--out", str(out))
    assert not out.exists()


def test_before_a_plan_is_in_force_the_version_must_be_named(cast: Cast, tmp_path: Path) -> None:
    with clock.at("2008-01-02T08:00"), pytest.raises(CommandError, match="is in force on 02/01/2008"):
        call_command("export_plan", PLAN, "--format", "json", "--out", str(tmp_path / "plan.json"))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file_as_it_was(
    cast: Cast, june_2008: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "plan.json"
    out.write_text("old")

    def full(path: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        call_command("export_plan", PLAN, "--format", "json", "--out", str(out))
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_period_is_written_as_pdf_and_workbook_with_the_same_figures(
    second_quarter: None, tmp_path: Path
) -> None:
    out = tmp_path / "reports"
    with clock.at("2008-07-20T09:00"):
        call_command("compile_cycle", "2008", "2008-Q2", "--format", "pdf,xlsx", "--out", str(out))
    pdf, xlsx = out / "2008-2008-Q2.pdf", out / "2008-2008-Q2.xlsx"
    assert sorted(out.iterdir()) == [pdf, xlsx]
    text = " ".join("".join(pages_of(pdf.read_bytes())).split())
    assert "Có 86 cơ quan có nghĩa vụ báo cáo" in text
    assert "BẢN DỰ THẢO" in text
    assert (
        "Căn cứ Quyết định số 43/2008/QĐ-TTg ngày 24 tháng 3 năm 2008 của Thủ tướng Chính phủ phê duyệt"
        in text
    )
    book = recalculated(xlsx.read_bytes(), tmp_path)
    assert row_of(book["Tình hình nộp"], "Cộng")[2] == 86
    assert row_of(book["Tóm tắt"], "Chưa nộp khi đã quá hạn")[2] == 86


@pytest.mark.parametrize(
    ("programme", "cycle", "known"),
    [("2088", "2008-Q2", "2009-2010"), ("2008", "2008-Q3", "2008-Q2")],
)
def test_an_unknown_programme_or_period_is_refused_with_the_known_ones(
    second_quarter: None, tmp_path: Path, programme: str, cycle: str, known: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("compile_cycle", programme, cycle, "--out", str(tmp_path / "reports"))
    assert known in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not (tmp_path / "reports").exists()


def test_an_unknown_format_is_refused(second_quarter: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"docx.*pdf, xlsx"):
        call_command(
            "compile_cycle", "2008", "2008-Q2", "--format", "pdf,docx", "--out", str(tmp_path / "reports")
        )
    assert not (tmp_path / "reports").exists()
