"""Places that people cite: every line's clause leads to one, and its words are those of the text."""

import pytest

from plans.models import Clause, LegalDocument, Plan
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.reading import above
from tests.sources.facts import CV1594, QD43, QD48, QD605, TEXTS, content, tasks
from tests.sources.test_against_text import letters

pytestmark = pytest.mark.django_db


def clauses(slug: str) -> list[Clause]:
    return list(Clause.objects.filter(document__slug=slug).select_related("document").order_by("position"))


def words(slug: str, number: str) -> str:
    return Clause.objects.get(document__slug=slug, number=number).text.strip()


def cited(held: Content) -> list[tuple[str, str]]:
    """The part and the clause of every line, and of every printed total."""
    return [
        (part.key, row.clause)
        for part in registry.parts()
        for row in held[part.key]
        if hasattr(row, "clause")
    ]


def lead_to(number: str, known: set[str]) -> str:
    """The clause that a line rests on: its own, or the nearest one above."""
    while number and number not in known:
        number = above(number).strip()
    return number


def test_the_clause_of_every_line_leads_to_the_document() -> None:
    plans = Plan.objects.filter(registered=True).select_related("document")
    assert {QD43, QD48, QD605, CV1594} <= {plan.code for plan in plans}
    for plan in plans:
        assert plan.document is not None
        known = {one.number for one in clauses(plan.document.slug)}
        lines = cited(registry.read_content(plan))
        assert lines
        assert not [line for line in lines if not lead_to(line[1], known)], plan.code


@pytest.mark.parametrize("code", [QD43, QD605, CV1594, QD48])
def test_only_stages_and_columns_rest_on_the_place_above(code: str) -> None:
    known = {one.number for one in clauses(code)}
    coarse = {clause for _part, clause in cited(content(code)) if clause not in known}
    assert coarse <= {
        "II.2.k, giai đoạn I",
        "II.2.k, giai đoạn II",
        *(
            f"Phụ lục I, {total}, cột cộng nguồn vốn"
            for total in ("Cộng I", "Cộng II", "Cộng III", "Tổng cộng")
        ),
    }


@pytest.mark.parametrize("slug", TEXTS)
def test_clauses_divide_the_text_without_gaps(slug: str) -> None:
    found = clauses(slug)
    text = found[0].document.text
    assert "".join(one.text for one in found) == text[found[0].start :]
    assert all(bool(one.text.strip()) != one.missing for one in found)
    assert len(text[: found[0].start]) < 300  # the title block


@pytest.mark.parametrize(
    ("slug", "number", "begins"),
    [
        (QD43, "Điều 1", "Điều 1. Phê duyệt Kế hoạch"),
        (QD43, "I.1.b", "b) Đối với các Bộ, cơ quan ngang Bộ, tỉnh"),
        (QD43, "II.2.k", "k) Chỉ đạo triển khai, hoàn thành giai đoạn I"),
        (QD43, "II.2.đ", "đ) Xây dựng tiêu chuẩn, quy chuẩn"),
        (QD43, "II.6.a", "a) Chủ trì, phối hợp với Bộ Nội vụ"),
        (QD43, "II.7.d, gạch 4", "- Hệ thống quản lý văn bản và điều hành ở một quận, huyện điển hình."),
        (QD43, "III.2.đ", "đ) Cơ chế cấp phát kinh phí"),
        (QD43, "IV.2.a", "a) Các cơ quan chủ trì thực hiện nhiệm vụ"),
        (QD43, "Điều 2.1", "1. Bộ Thông tin và Truyền thông chủ trì"),
        (QD43, "Điều 3", "Điều 3. Quyết định này có hiệu lực"),
        (QD43, "Phụ lục I, A", "NHÓM A. NGUỒN VỐN ĐẦU TƯ PHÁT TRIỂN"),
        (QD43, "Phụ lục I, A.18", "18\n\tCơ sở dữ liệu quốc gia quản lý các dự án"),
        (QD43, "Phụ lục I, B.2", "2\n\tKinh phí thuê đường truyền và hosting"),
        (QD43, "Phụ lục III, 39", "39\n\tTiền Giang"),
        (QD43, "Phụ lục IV, 8", "8\n\tHiện đại hoá hải quan\n\tTổng Cục Hải quan"),
        (QD605, "Điều 2", "Điều 2. Giao trách nhiệm Giám đốc Sở Bưu chính, Viễn thông"),
        (QD605, "III.2.c", "c) Phục vụ người dân và doanh nghiệp"),
        (QD605, "IV.4, lộ trình", "• Lộ trình triển khai và chi phí đầu tư qua các năm"),
        (QD605, "VII.1, gạch 7", "- Thực hiện chế độ báo cáo định kỳ"),
        (QD605, "Phụ lục I, nhóm II, số 4", "4\n\tXây dựng quy trình cập nhật"),
        (QD605, "Phụ lục I, Cộng II, dòng Vốn sự nghiệp CNTT", "Vốn sự nghiệp CNTT"),
        (CV1594, "1.b", "b) Đề nghị tách riêng phần nội dung của Kế hoạch"),
        (CV1594, "Phụ lục I, II.2", "2. Phục vụ người dân và doanh nghiệp"),
        (CV1594, "Phụ lục II, II.1.b", "b) Hiện trạng cơ sở hạ tầng CNTT"),
    ],
)
def test_a_clause_begins_with_its_own_words(slug: str, number: str, begins: str) -> None:
    assert words(slug, number).startswith(begins)


def test_a_clause_ends_where_the_next_begins() -> None:
    assert words(QD43, "II.2.a").endswith("(hoàn thành trong quý I năm 2008).")
    assert words(QD43, "II.2.k").endswith("ổn định, bảo mật, an toàn.")
    assert words(QD43, "II.7.c").endswith("các hệ thống thông tin số sau đây:")
    assert words(QD43, "Phụ lục I, B.2").count("5.000") == 2
    assert words(QD605, "VII.4").endswith("báo cáo Ủy ban nhân dân tỉnh./.")
    assert "3,045" in words(QD605, "Phụ lục I, nhóm I, số 4")


@pytest.mark.parametrize("code", [QD43, QD605])
def test_the_words_of_a_task_stand_in_its_clause(code: str) -> None:
    known = {one.number: letters(one.text) for one in clauses(code)}
    rows = tasks(code, parts=True)
    parents = {row.parent for row in rows}
    for row in rows:
        place = known[lead_to(row.clause, set(known))]
        name = row.name if row.line not in parents else row.name[:60]
        assert letters(name) in place, row.clause


def test_what_our_copies_lack_is_said() -> None:
    missing = {
        slug: [(one.number, bool(one.note)) for one in clauses(slug) if one.missing]
        for slug in (QD43, QD605, CV1594, QD48)
    }
    assert missing == {
        QD43: [],
        QD605: [(f"Phụ lục I, nhóm {group}", True) for group in ("I", "II", "III")],
        CV1594: [],
        QD48: [("Mục tiêu 2009", True), ("Mục tiêu 2010", True)],
    }
    notes = dict(LegalDocument.objects.values_list("slug", "note"))
    assert "hàng đầu bảng" in notes[QD605]
    assert "Toàn văn" in notes[QD48]
    assert not LegalDocument.objects.get(slug=QD48).text
