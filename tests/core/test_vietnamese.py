"""Cleaning, search keys, sort keys, clauses and Roman numerals."""

import unicodedata
from itertools import pairwise

import pytest
from django.db import connection

from core.vietnamese import (
    SORT_KEY_LENGTH,
    VIETNAMESE_LETTERS,
    clause_key,
    clean,
    parse_roman,
    roman,
    search_key,
    sort_key,
)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Tiền Giang", "Tiền Giang"),
        (nfd("Thừa Thiên Huế"), "Thừa Thiên Huế"),
        ("  Tiền \t  Giang\n", "Tiền Giang"),
        ("Tiền\u00a0Giang\u202f2008\u3000", "Tiền Giang 2008"),
        ("\ufeffTiền\u200b Gi\u00adang\u200e", "Tiền Giang"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("a\ud800b\uffffc", "abc"),
        ("một\r\nhai\rba\u2028bốn", "một hai ba bốn"),
        ("hoà hòa", "hoà hòa"),
        ("e\u200b\u0301", "é"),
        ("", ""),
        (" \u00a0\u200b\n ", ""),
    ],
)
def test_text_is_stored_composed_and_without_invisible_characters(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("một \r\n  hai\rba", "một\nhai\nba"),
        ("\n\n một\n\n\nhai \n\n", "một\n\n\nhai"),
        ("một\u2029hai\u00a0\u00a0ba", "một\nhai ba"),
        ("một hai", "một hai"),
    ],
)
def test_long_text_keeps_its_lines(typed: str, stored: str) -> None:
    assert clean(typed, multiline=True) == stored


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Tiền Giang", "tien giang"),
        (nfd("Đắk Lắk"), "dak lak"),
        ("ĐIỀU HÀNH", "dieu hanh"),
        ("Ðồng Tháp", "dong thap"),  # typed with the Icelandic Eth
        ("43/2008/QĐ-TTg", "43 2008 qd-ttg"),
        ("QĐ–TTg", "qd-ttg"),
        ("2009 — 2010", "2009-2010"),
        ("2009−2010", "2009-2010"),
        ("- Như trên;", "nhu tren"),
        ("(Bộ Y tế), “Sở”…", "bo y te so"),
        ("Ｂộ ２", "bo 2"),
        ("80,2 %", "80 2"),
        ("Căn  cứ\nvào", "can cu vao"),
        ("...", ""),
        ("", ""),
    ],
)
def test_search_key_drops_case_diacritics_and_punctuation(text: str, key: str) -> None:
    assert search_key(text) == key
    assert search_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("HÒA", "hoà")]
)
def test_where_a_tone_is_written_matters_to_no_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)
    assert sort_key(one) == sort_key(nfd(other))


IN_ORDER = [
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q"],
    ["q", "r", "s", "t", "u", "ư", "v", "x", "y"],
    ["ba", "bà", "bả", "bã", "bá", "bạ"],
    # Letters come first, tones last: "bạn" stands before "bàng".
    ["ban", "bạn", "bàng", "băn", "bân", "bấn"],
    ["Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương"],
    ["Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Gia Lai", "Hà Nội"],
    ["Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị"],
    ["an", "an ninh", "ang", "anh"],
    ["Dự án", "Dự án 1", "Dự án 2", "Dự án 2a", "Dự án 10", "Dự án 100", "Dự án A"],
    ["I.2", "I.10"],
    ["", "1", "a"],
    ["ca", "cha", "da"],
    ["aa", "ab"],
]


@pytest.mark.parametrize("texts", IN_ORDER, ids=lambda texts: texts[0] or "empty")
def test_keys_put_texts_in_dictionary_order(texts: list[str]) -> None:
    backwards = [nfd(text) for text in reversed(texts)]
    assert [unicodedata.normalize("NFC", text) for text in sorted(backwards, key=sort_key)] == texts


def test_keys_are_letters_and_digits_that_every_collation_orders_alike() -> None:
    for text in [*(one for texts in IN_ORDER for one in texts), "Привет", "naïve ß ﬁ", "_-_", "9" * 60]:
        key = sort_key(text)
        assert key == "" or (key.isascii() and key.isalnum() and key == key.lower()), text
        assert not any(a.isalpha() and b.isalpha() for a, b in pairwise(key)), text


def test_keys_of_long_texts_are_cut() -> None:
    long = "Tiền " * 300
    assert len(sort_key(long)) == SORT_KEY_LENGTH
    assert sort_key(long) < sort_key("Tiễn " * 300)


def test_clauses_sort_as_the_document_prints_them() -> None:
    printed = [
        "I", "I.1.a", "I.1.b", "I.2", "I.10", "II", "II.1", "II.2.a", "II.2.d", "II.2.đ", "II.2.e", "II.2.k",
        "II.2.q", "II.10", "III", "IV", "V", "IX", "X", "XIV", "Điều 2.1", "Điều 2.3.a", "Điều 2.3.g",
        "Điều 2.3.v", "Điều 2.11", "Phụ lục I, A.1", "Phụ lục I, B.4", "Phụ lục II", "Phụ lục IV.8",
    ]  # fmt: skip
    backwards = printed[::-1]
    assert sorted(backwards, key=clause_key) == printed


def test_point_letters_sort_in_their_own_alphabet() -> None:
    clauses = [f"II.2.{letter}" for letter in VIETNAMESE_LETTERS]
    assert clauses[4:7] == ["II.2.đ", "II.2.e", "II.2.g"]
    backwards = clauses[::-1]
    assert sorted(backwards, key=clause_key) == clauses


def test_a_lower_case_or_lone_letter_is_no_roman_numeral() -> None:
    assert clause_key("II.2.i") != clause_key("II.2.1")
    assert clause_key("A.I") < clause_key("B.I") < clause_key("C.I") < clause_key("D.I")
    assert clause_key("IIX") == sort_key("IIX")


def test_roman_numerals_go_both_ways() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 3999)] == [
        "I", "IV", "IX", "XIV", "XL", "XC", "CD", "MCMXCIV", "MMMCMXCIX",
    ]  # fmt: skip
    assert [parse_roman(roman(n)) for n in range(1, 4000)] == list(range(1, 4000))


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IIX", "IL", "MMMM", "iv", "I ", "A", "1", "M" * 50])
def test_other_spellings_of_roman_numerals_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Roman numeral"):
        parse_roman(text)


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_without_a_roman_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no Roman numeral"):
        roman(number)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("collation", ["C", "en-x-icu", "vi-x-icu", "cs-x-icu", "da-x-icu"])
def test_postgresql_orders_keys_alike_whatever_its_collation(collation: str) -> None:
    keys = [sort_key(text) for texts in IN_ORDER for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT key FROM unnest(%s) AS key ORDER BY key COLLATE "{collation}"',
            [keys],
        )
        assert [key for (key,) in cursor.fetchall()] == sorted(keys)
