"""A figure has one source: what the page shows, the PDF prints and the workbook recalculates are the same."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse

from core import clock
from core.notation import format_money, format_percent
from reports.compiling import compile_cycle
from reports.figures import compliance
from reports.models import Cycle
from reports.output.compliance_pdf import compliance_pdf
from reports.output.compliance_xlsx import compliance_xlsx
from tests.cast import Cast
from tests.reading import ClientFor, said
from tests.reports.filings import People, PeopleOf, filed
from tests.reports.half_year import FILED_AT, contents, opened
from tests.reports.opened import recalculated, rows_of, text_of

pytestmark = pytest.mark.django_db


def in_order(text: str, *words: str) -> bool:
    """Whether the words follow one another in the text with nothing but blanks and signs between."""
    return bool(re.search(r"[\s|:;()]+".join(map(re.escape, words)), text))


def test_page_pdf_and_workbook_say_the_same(
    cast: Cast, client_for: ClientFor, q2: Cycle, tmp_path: Path
) -> None:
    filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-20T09:00"):
        compilation = compile_cycle(q2, actor=cast.reviewer)
        page = said(client_for(cast.reviewer).get(reverse("compilation_detail", args=[compilation.pk])))
        figures = compliance.frozen(compilation)
    pdf = text_of(compliance_pdf(figures)).replace("\N{NO-BREAK SPACE}", " ")
    book = recalculated(compliance_xlsx(figures), tmp_path)
    page = page.replace("\N{NO-BREAK SPACE}", " ")

    total = figures.total
    counts = [total.obliged, total.on_time, total.late, total.missing]
    assert counts == [86, 1, 0, 85]
    assert in_order(page, "Cộng", *map(str, counts))
    assert f"{total.obliged} cơ quan có nghĩa vụ báo cáo" in " ".join(pdf.split())
    share = format_percent(total.on_time_share)
    assert share in page
    assert share in pdf
    assert any(
        row[2:4] == counts[:2] or row[1:3] == counts[:2] for row in rows_of(book["Tình hình nộp"], "Cộng")
    )

    for block in figures.money:
        planned = block.total.planned
        assert planned is not None
        assert format_money(planned) in page
        assert format_money(planned) in pdf
        cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        assert float(planned) in [float(cell) for cell in cells if isinstance(cell, int | float)]
    assert {block.programme: block.total.planned for block in figures.money} == {
        "2008": 220700,
        "2007-2010-tien-giang": 7995,
    }


def test_page_pdf_workbook_and_frozen_text_of_a_half_year_say_the_same(
    cast: Cast, client_for: ClientFor, people: PeopleOf, tmp_path: Path
) -> None:
    half_year = opened(cast)
    lines = contents()
    said_of = {
        "text": {"summary": "Đã triển khai."},
        f"projects/{lines['B.III.1']}": {"status": "in_progress", "NSDP-SN/assigned": "1250"},
        "indicators/documents-exchanged-electronically": {"numerator": "48", "denominator": "100"},
        "indicators/portal-article-28": {"value": "1"},
    }
    filed(half_year, People(cast.editor, cast.approver), said_of, at=FILED_AT)
    health = {f"projects/{lines['B.II.1, gạch 19']}": {"status": "preparing"}}
    filed(half_year, people("m-yt"), health, at=FILED_AT)
    with clock.at("2011-07-28T09:00"):
        compilation = compile_cycle(half_year, actor=cast.reviewer)
        page = said(client_for(cast.reviewer).get(reverse("compilation_detail", args=[compilation.pk])))
    page = page.replace("\N{NO-BREAK SPACE}", " ")
    figures = compliance.frozen(compilation)
    frozen = json.loads(compilation.figures)["figures"]
    pdf = text_of(compliance_pdf(figures)).replace("\N{NO-BREAK SPACE}", " ")
    book = recalculated(compliance_xlsx(figures), tmp_path)

    # Who reported
    total = figures.total
    counts = [total.obliged, total.on_time, total.late, total.missing]
    assert counts == [85, 2, 0, 83]
    assert in_order(page, "Cộng", *map(str, counts))
    assert f"{total.obliged} cơ quan có nghĩa vụ báo cáo" in pdf
    assert frozen["total"]["obliged"] == 85
    summary = {row[1]: row[2] for row in book["Tóm tắt"].iter_rows(values_only=True)}
    assert summary["Cơ quan phải báo cáo"] == 85

    # Tasks
    assert summary["Nhiệm vụ được giao"] == len(figures.whole_tasks) == len(frozen["tasks"]) == 37
    assert "Trong 37 nhiệm vụ được giao" in pdf

    # Contents: nobody reports on 55 of the 59
    assert summary["Nội dung, dự án không ghi vốn, không có cơ quan báo cáo"] == 55
    assert "59 nội dung, dự án không ghi kế hoạch vốn năm 2011" in pdf
    assert "4 nội dung có cơ quan báo cáo (đều do phân công trên hệ thống), 55 nội dung" in pdf
    (row,) = rows_of(book["Không ghi kế hoạch vốn"], "B.III.1")
    assert row[3:7] == [58, 1, "đang triển khai: 1/58", 1250]
    assert "phân công trên hệ thống: Tỉnh" in str(row[2])
    assert "1.250" in pdf
    assert "1.250" in page
    assert in_order(page, "B.II.1. Các hệ thống thông tin", "33", "2", "31", "1")

    # Targets
    left = "chưa đến hạn (31/12/2015), còn 12 điểm phần trăm"
    assert left in pdf
    (row,) = rows_of(book["Chỉ tiêu"], left)
    assert (row[2], row[7:9], row[-2]) == ("Tỉnh", [58, 1], 48)
    (exchanged,) = [
        one
        for one in frozen["targets"]
        if (one["indicator"], one["scope"]) == ("documents-exchanged-electronically", "Tỉnh")
    ]
    assert (exchanged["attainment"], exchanged["distance"], exchanged["value"]) == ("not_due", "12", "48")
    assert in_order(page, "48,0 %", "1/58")
    nobody = [one for one in figures.targets if one.attainment == "unassigned"]
    assert f"{len(nobody)} chỉ tiêu không có cơ quan báo cáo" in pdf
    assert summary["Chỉ tiêu không có cơ quan báo cáo"] == len(nobody)
