"""A figure has one source: what the page shows, the PDF prints and the workbook recalculates are the same."""

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
from tests.reports.filings import People, filed
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
