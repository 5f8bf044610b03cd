"""Quyết định 1605/QĐ-TTg as loaded: its text, assignments, contents, money, and what our copy lacks."""

import re
from datetime import date
from decimal import Decimal

import pytest

from agencies.models import Agency, AgencyKind
from budgets.pages import money_panels
from budgets.reconciliation import Verdict, reconcile
from plans.models import Clause, LegalDocument, Plan, PlanKind, Programme
from plans.parts.columns import Party
from plans.parts.texts import TaskRow
from plans.programmes.regimes import obliged_classes_on
from tests.sources.facts import content, decision, labels, programme, projects, tasks
from tests.sources.test_against_text import PRINTED, letters

pytestmark = pytest.mark.django_db

QD1605 = "1605-qd-ttg"
ANNEXES = ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
STATE_AGENCIES = ["ministries", "government-agencies", "central-cities", "provinces"]
BODIES_OF_POINT_11 = {
    "tw-vp-tw-dang", "tw-vp-ctn", "tw-vp-qh", "tw-tandtc", "tw-vksndtc", "tw-ktnn", "tw-mttq", "tw-tldld",
    "tw-doan-tncs", "tw-hoi-lhpn", "tw-hoi-ccb", "tw-hoi-nong-dan",
}  # fmt: skip


def document() -> LegalDocument:
    return LegalDocument.objects.get(slug=QD1605)


def clause(number: str) -> Clause:
    return Clause.objects.select_related("document").get(document__slug=QD1605, number=number)


def task(number: str) -> TaskRow:
    (found,) = [row for row in tasks(QD1605) if row.clause == number]
    return found


def agencies(parties: tuple[Party, ...]) -> list[str]:
    return [party.value for party in parties]


# --- The document and its plan


def test_it_is_the_national_plan_of_the_programme_2011_2015() -> None:
    plan = Plan.objects.get(code=QD1605)
    assert (plan.kind, plan.programme.code, plan.agency.key) == (PlanKind.NATIONAL, "2011-2015", "m-tttt")
    assert decision(QD1605) == ("1605/QĐ-TTg", "2010-08-27", "Thủ tướng Chính phủ", "Nguyễn Thiện Nhân")
    assert plan.in_force_from == date(2010, 8, 27)
    assert programme("2011-2015")[0] == ["half_year", "year"]


def test_what_our_copy_lacks_is_said_where_it_would_stand() -> None:
    assert "Phụ lục I, II, III không có trong bản hiện có" in document().note
    sections = content(QD1605)["sections"]
    assert [row.number for row in sections][-4:] == ["Điều 4", *ANNEXES]
    for row in sections[-3:]:
        assert f"{row.number} không có trong bản hiện có" in row.body
    missing = Clause.objects.filter(document__slug=QD1605, missing=True)
    assert list(missing.values_list("number", flat=True)) == ANNEXES
    assert all(one.note.startswith("Không có trong bản hiện có") and not one.text for one in missing)


def test_what_is_said_of_the_annexes_is_quoted_from_the_text() -> None:
    text = document().text
    said = [row.body for row in content(QD1605)["sections"][-3:]]
    said += Clause.objects.filter(document__slug=QD1605, missing=True).values_list("note", flat=True)
    quoted = [words for one in said for words in re.findall("“(.+?)”", one)]
    assert len(quoted) >= 10
    assert not [words for words in quoted if words not in text]


# --- The whole text


def test_the_lines_stand_in_the_text() -> None:
    text = letters(document().text)
    held = content(QD1605)
    printed = [
        (part, row.clause, paragraph)
        for part, names in PRINTED.items()
        for row in held[part]
        for name in names
        for paragraph in getattr(row, name).splitlines()
        if row.clause not in ANNEXES
    ]
    assert len(printed) > 600
    assert not [one for one in printed if letters(one[2]) not in text]


def test_the_sections_hold_every_word_from_article_1_to_article_4() -> None:
    text = document().text
    body = text[text.index("Điều 1. ") : text.index("Nơi nhận:")]
    held = content(QD1605)["sections"][:-3]
    said = [letters(part) for row in held for part in (row.heading, *row.body.splitlines())]
    marker = re.compile(r"^(Điều \d+\. |[A-D]\. |[IVX]+\. |\d+\. |[a-zđ]\) |- )")
    # Our copy runs the title of Điều 2 and its point 1 together.
    lines = body.replace("Tổ chức thực hiện1. ", "Tổ chức thực hiện\n1. ").splitlines()
    assert len(lines) == 188
    assert not [line for line in lines if letters(marker.sub("", line)) not in said]


def test_every_section_and_line_has_a_clause_with_its_words() -> None:
    own = {one.number: letters(one.text) for one in Clause.objects.filter(document__slug=QD1605)}
    held = content(QD1605)
    for part in ("sections", "tasks", "projects", "targets", "stated_totals"):
        assert not [row.clause for row in held[part] if row.clause not in own]
    for row in held["tasks"]:
        assert letters(row.text) in own[row.clause], row.clause
    for row in held["projects"]:
        assert letters(row.name) in own[row.clause], row.clause
    for row in held["targets"]:
        assert letters(row.printed) in own[row.clause], row.clause


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("A.I.2.b, gạch 1", "- 60% các văn bản, tài liệu chính thức"),
        ("B.II.1, gạch 33", "- Quản lý Bảo hiểm xã hội Việt Nam."),
        ("B.II.2, gạch 9", "- Tài chính."),
        ("C.V", "V. Triển khai thí điểm hình thức hợp tác Nhà nước"),
        ("D.V.10.d", "d) Xây dựng danh mục, cơ chế mua sắm"),
        ("Điều 2.1", "1. Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ"),
        ("Điều 2.3.đ", "đ) Hướng dẫn các cơ quan nhà nước xây dựng kế hoạch hàng năm"),
        ("Điều 2.3.g", "g) Thẩm định thiết kế sơ bộ các dự án được nêu trong Phụ lục III;"),
        ("Điều 2.3.v", "v) Xây dựng danh mục, cơ chế mua sắm"),
        ("Điều 3", "Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký."),
    ],
)
def test_a_clause_begins_with_its_own_words(number: str, words: str) -> None:
    assert clause(number).text.startswith(words)


def test_the_one_defect_of_our_copy_is_recorded() -> None:
    (correction,) = document().corrections
    assert (correction["printed"], correction["where"]) == ("thẩm quyềnquyết định", "Điều 2.4")
    assert correction["printed"] not in document().text


# --- The 37 assignments of Điều 2


@pytest.mark.parametrize(
    ("point", "count"),
    [
        ("1", 4),
        ("2", 1),
        ("3", 21),
        ("4", 1),
        ("5", 2),
        ("6", 2),
        ("7", 2),
        *((str(n), 1) for n in range(8, 12)),
    ],
)
def test_article_2_assigns(point: str, count: int) -> None:
    found = [row for row in tasks(QD1605) if re.fullmatch(rf"Điều 2\.{point}(\.[a-zđ])?", row.clause)]
    assert len(found) == count


def test_there_are_37_assignments_all_of_article_2() -> None:
    found = tasks(QD1605)
    assert (len(found), len({row.clause for row in found})) == (37, 37)
    assert all(row.clause.startswith("Điều 2.") for row in found)
    letters_of_point_3 = [row.clause[-1] for row in found if row.clause.startswith("Điều 2.3.")]
    assert "".join(letters_of_point_3) == "abcdđeghiklmnopqrstuv"


@pytest.mark.parametrize(
    ("number", "leads", "co"),
    [
        *((f"Điều 2.1.{letter}", STATE_AGENCIES, []) for letter in "abcd"),
        *((f"Điều 2.3.{letter}", ["m-tttt"], []) for letter in "abcdđeghiklmnopqrstv"),
        ("Điều 2.3.u", ["m-tttt"], ["m-nv"]),
        ("Điều 2.4", ["m-tc"], ["m-tttt"]),
        ("Điều 2.5.a", ["m-khdt"], ["m-tttt"]),
        ("Điều 2.5.b", ["m-khdt"], []),
        ("Điều 2.6.a", ["m-nv"], ["m-vpcp", "m-tttt"]),
        ("Điều 2.6.b", ["m-nv"], ["m-tttt"]),
        ("Điều 2.7.a", ["m-vpcp"], ["m-nv", "m-tttt"]),
        ("Điều 2.7.b", ["m-vpcp"], ["m-nv", "m-tttt"]),
        ("Điều 2.8", ["m-qp", "m-ca"], ["m-tttt"]),
        ("Điều 2.9", ["m-ca"], ["m-tttt"]),
        ("Điều 2.10", ["m-tnmt"], ["m-tttt"]),
    ],
)
def test_who_leads_and_who_co_operates(number: str, leads: list[str], co: list[str]) -> None:
    assert (agencies(task(number).leads), agencies(task(number).co)) == (leads, co)


def test_point_2_is_led_in_words_because_annex_3_is_not_in_our_copy() -> None:
    (lead,) = task("Điều 2.2").leads
    assert lead.kind == "text"
    assert lead.value in document().text
    assert "Phụ lục III không có trong bản hiện có" in task("Điều 2.2").note


def test_the_twelve_bodies_of_point_11_exist_and_are_not_obliged() -> None:
    assert set(agencies(task("Điều 2.11").leads)) == BODIES_OF_POINT_11
    bodies = Agency.objects.filter(key__in=BODIES_OF_POINT_11)
    assert {one.kind for one in bodies} == {AgencyKind.CENTRAL_BODY}
    printed = task("Điều 2.11").text
    assert len(bodies) == 12
    assert not [one.name for one in bodies if letters(one.name) not in letters(printed)]
    obliged = obliged_classes_on(Programme.objects.get(code="2011-2015"), date(2011, 6, 30))
    assert not Agency.objects.of_classes(obliged).filter(key__in=BODIES_OF_POINT_11).exists()


def test_no_date_is_printed_and_so_nothing_is_ever_late() -> None:
    assert {row.due_on for row in tasks(QD1605)} == {None}
    phrases = {row.clause: row.date_phrase for row in tasks(QD1605) if row.date_phrase}
    assert phrases == {
        "Điều 2.1.a": "cùng thời gian gửi báo cáo dự toán ngân sách hàng năm của cơ quan tới Bộ Tài chính",
        "Điều 2.1.b": "định kỳ 6 tháng và đột xuất",
        "Điều 2.3.i": "định kỳ 6 tháng",
    }


# --- The contents B and their money


@pytest.mark.parametrize(
    ("group", "count"), [("B.I", 8), ("B.II.1", 33), ("B.II.2", 9), ("B.III", 4), ("B.IV", 5)]
)
def test_contents(group: str, count: int) -> None:
    assert (labels(QD1605, group), len(projects(QD1605, group))) == (count, count)


def test_the_59_contents_bear_no_lead_and_no_money() -> None:
    held = content(QD1605)
    assert len(held["projects"]) == 59
    assert not [row.label for row in held["projects"] if row.has_lead]
    assert {row.total_need for row in held["projects"]} == {None}
    assert (list(held["allocations"]), list(held["shares"])) == ([], [])
    assert {(row.year_from, row.year_to, row.years_printed) for row in held["projects"]} == {
        (2011, 2015, "2011 - 2015")
    }


def test_money_that_no_line_states_is_blank_and_not_0() -> None:
    (panel,) = money_panels(content(QD1605))
    assert [one["value"] for one in panel.context["stats"]] == ["59"]  # the lines alone
    assert not panel.context["money"].cells


def test_the_three_pilots_of_ppp_are_lines_that_stand_already() -> None:
    found = {row.clause: row for row in projects(QD1605) if row.also_at}
    assert set(found) == {"B.I.1", "B.II.1, gạch 1", "B.II.1, gạch 2"}
    assert {row.also_at for row in found.values()} == {"C.V"}
    assert not [row for row in projects(QD1605) if row.clause.startswith("C")]
    pilots = clause("C.V").text
    for row in found.values():
        (quoted,) = re.findall("“(.+?)”", row.note)
        assert quoted in pilots
    assert pilots.count(";") == len(found) - 1


def test_about_1700_billion_belongs_to_annex_3_and_is_compared_with_nothing() -> None:
    (comparison,) = reconcile(content(QD1605))
    stated = comparison.stated
    assert (stated.amount, stated.approximate) == (Decimal(1_700_000), True)
    assert (stated.clause, stated.group_code) == ("C.VII", "Phụ lục III")
    assert (stated.year, stated.source) == (None, "")  # central and local budgets together, 2011 to 2015
    assert (comparison.verdict, comparison.lines) == (Verdict.NOT_COMPARABLE, 0)
    assert "khoảng 1.700 tỷ đồng" in stated.label
