"""Words that were looked for, marked in what was found, and the part of a long text that holds them."""

from unicodedata import normalize

import pytest

from agencies.search.marking import excerpt, marked
from agencies.search.words import Words


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Hiện đại hóa hải quan", "hien dai", "<mark>Hiện đại</mark> hóa hải quan"),
        ("Thư điện tử", "tử thư", "<mark>Thư</mark> điện <mark>tử</mark>"),
        ("Tỉnh Tiền Giang", "iang", "Tỉnh Tiền <mark>Giang</mark>"),
        ("Thương mại và thư điện tử", "thu dien tu", "Thương mại và <mark>thư điện tử</mark>"),
        ("theo điểm II.2.k của QĐ 43", "II.2.k", "theo điểm <mark>II.2.k</mark> của QĐ 43"),
        ("<b>Đắk Lắk</b> & Kon Tum", "đắk", "&lt;b&gt;<mark>Đắk</mark> Lắk&lt;/b&gt; &amp; Kon Tum"),
        ("Cổng thông tin", "cong thogn tin", "<mark>Cổng</mark> thông <mark>tin</mark>"),
        ("Cổng giao tiếp", "cnog giao tieps", "Cổng <mark>giao</mark> tiếp"),
        ("", "thu", ""),
    ],
)
def test_words_are_marked_in_what_was_written(text: str, words: str, shown: str) -> None:
    assert marked(text, Words.read(words)) == shown


def test_no_letter_is_parted_from_its_marks() -> None:
    text = normalize("NFD", "Tỉnh Đắk Lắk")
    assert marked(text, Words.read("đăk lăk")) == f"{text[:6]}<mark>{text[6:]}</mark>"


def test_of_a_long_text_the_part_with_the_words_is_shown() -> None:
    text = "Phần đầu rất dài. " * 40 + "Ở đây có thư điện tử. " + "Phần cuối cũng dài. " * 40
    shown = excerpt(text, Words.read("thu dien tu"))
    assert "thư điện tử" in shown
    assert len(shown) < 260
    assert (shown[0], shown[-1]) == ("…", "…")
    assert excerpt("Một câu ngắn.", Words.read("x")) == "Một câu ngắn."
