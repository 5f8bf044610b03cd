"""Numbers of clauses: above, anchors, citations, and what people type."""

import pytest

from plans.documents.clauses import find
from plans.documents.numbers import anchor_of, cited, read_typed, upwards
from tests.cast import Cast


def test_what_stands_above_is_what_is_left_after_the_last_comma_or_point() -> None:
    assert list(upwards("B.II.1, gạch 7")) == ["B.II.1, gạch 7", "B.II.1", "B.II", "B"]
    assert list(upwards("Phụ lục I, A.18")) == ["Phụ lục I, A.18", "Phụ lục I, A", "Phụ lục I"]
    assert list(upwards("")) == []


@pytest.mark.parametrize(
    ("number", "anchor"),
    [
        ("II.2.k", "II.2.k"),
        ("II.1.đ", "II.1.dd"),
        ("II.1.d", "II.1.d"),
        ("Điều 2.3.g", "Dieu-2.3.g"),
        ("Phụ lục I, A.18", "Phu-luc-I-A.18"),
        ("B.II.1, gạch 7", "B.II.1-gach-7"),
    ],
)
def test_an_anchor_is_plain_and_tells_the_crossed_letter_apart(number: str, anchor: str) -> None:
    assert anchor_of(number) == anchor


@pytest.mark.parametrize(
    ("number", "article", "words"),
    [
        ("II.2.k", "Điều 1", "điểm k khoản 2 mục II Điều 1"),
        ("Điều 2.3.g", "", "điểm g khoản 3 Điều 2"),
        ("Điều 3", "", "Điều 3"),
        ("II.7.c, gạch 1", "Điều 1", "gạch đầu dòng thứ 1 điểm c khoản 7 mục II Điều 1"),
        # Where the documents do not say what a level is called, the number stands.
        ("IV.1.a", "", "IV.1.a"),
        ("B.II.1, gạch 7", "Điều 1", "B.II.1, gạch 7"),
        ("Phụ lục I, A.18", "", "Phụ lục I, A.18"),
        ("II.2.k, giai đoạn I", "Điều 1", "II.2.k, giai đoạn I"),
    ],
)
def test_a_place_is_cited_in_words_only_where_they_are_certain(number: str, article: str, words: str) -> None:
    assert cited(number, article) == words


@pytest.mark.parametrize(
    "typed", ["thư điện tử", "2008", "", "k", "Ba Đình", "43/2008/QĐ-TTg", "an.toan", "Sở 2.1"]
)
def test_other_words_are_no_number(typed: str) -> None:
    assert read_typed(typed) is None


def found(typed: str) -> list[tuple[str, str]]:
    return [(clause.document.slug, clause.number) for clause in find(typed)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("II.2.k", "II.2.k"),
        ("ii.2.K", "II.2.k"),
        ("điểm k mục II.2", "II.2.k"),
        ("diem k muc II.2", "II.2.k"),
        ("điểm k khoản 2 mục II Điều 1 Quyết định số 43/2008/QĐ-TTg", "II.2.k"),
        ("II.2.k QĐ 43", "II.2.k"),
        ("2.2.k", "II.2.k"),
        ("II.1.đ", "II.1.đ"),
        ("II.1.Đ", "II.1.đ"),
        ("điểm đ khoản 1 mục II", "II.1.đ"),
        ("II.1.d", "II.1.d"),
        ("phu luc I, A.18", "Phụ lục I, A.18"),
        ("nhóm A.18 phụ lục I", "Phụ lục I, A.18"),
    ],
)
def test_a_clause_of_decision_43_is_found_however_it_is_typed(cast: Cast, typed: str, number: str) -> None:
    assert ("43-2008-qd-ttg", number) in found(typed)[:3]


@pytest.mark.parametrize(
    "typed", ["Điều 2.3.g", "dieu 2.3.g", "DIEU 2.3.G", "2.3.g", "điểm g khoản 3 Điều 2"]
)
def test_a_clause_of_decision_1605_is_found_first(cast: Cast, typed: str) -> None:
    assert found(typed)[0] == ("1605-qd-ttg", "Điều 2.3.g")


def test_the_letters_d_and_crossed_d_are_different_points(cast: Cast) -> None:
    assert ("43-2008-qd-ttg", "II.1.đ") not in found("II.1.d")
    assert ("43-2008-qd-ttg", "II.1.d") not in found("II.1.đ")


def test_the_document_that_is_named_comes_first(cast: Cast) -> None:
    assert {"43-2008-qd-ttg", "605-qd-ubnd"} <= {slug for slug, _number in found("II.1.a")}
    assert found("II.1.a 605/QĐ-UBND")[0] == ("605-qd-ubnd", "II.1.a")
    assert found("II.1.a QĐ 43")[0] == ("43-2008-qd-ttg", "II.1.a")


def test_a_number_is_found_inside_an_annex_too(cast: Cast) -> None:
    assert ("1594-btttt-udcntt", "Phụ lục II, II.1.b") in found("II.1.b")


def test_finding_costs_two_queries_and_the_words_no_more(
    cast: Cast, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert all(clause.text or clause.missing for clause in find("II.1.a"))
