"""Vietnamese text: cleaning what was typed, keys to search and to sort by, clause letters, Roman numerals.

SQLite folds ASCII alone, and PostgreSQL sorts by whatever collation it was made with. So the columns that are
searched and sorted hold the keys made here, and both databases give the same rows in the same order.
"""

import re
import unicodedata

SORT_KEY_LENGTH = 500
"""No sort key is longer; a column and its index may rely on it."""

VIETNAMESE_LETTERS = tuple("abcdđeghiklmnopqrstuv")
"""The letters of points a), b) ... v) in a document, no f, j, w, z (Phụ lục I, Nghị định 30/2020/NĐ-CP)."""


# --- Cleaning -----------------------------------------------------------------------------------------------

_LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")


def clean(text: str, *, multiline: bool = False) -> str:
    """Text as the portal stores it: NFC, single plain spaces, nothing invisible.

    What the writer chose stays: "hoà" is not turned into "hòa". With `multiline` the line breaks are kept,
    each line is trimmed and blank lines at both ends go; without it a line break is a space.
    """
    lines = [_clean_line(line) for line in _LINE_BREAKS.split(text)]
    return "\n".join(lines).strip("\n") if multiline else " ".join(filter(None, lines))


def _clean_line(line: str) -> str:
    visible = line if line.isprintable() else "".join(map(_visible, line))
    return " ".join(filter(None, unicodedata.normalize("NFC", visible).split(" ")))


def _visible(char: str) -> str:
    """A space for every kind of space, nothing for controls, zero-width marks and what is no character."""
    category = unicodedata.category(char)
    if char == "\t" or category == "Zs":
        return " "
    return "" if category in {"Cc", "Cf", "Cs"} or ord(char) & 0xFFFE == 0xFFFE else char


# --- Searching ----------------------------------------------------------------------------------------------

# Look-alikes of đ that old fonts and keyboards left behind.
_CROSSED_D = str.maketrans({"ð": "đ", "ɖ": "đ"})
_MINUS = "\N{MINUS SIGN}"


def search_key(text: str) -> str:
    """What is compared when people search: "Tiền Giang – QĐ 605/QĐ-UBND" as "tien giang-qd 605 qd-ubnd".

    Lower case, no diacritics, đ as d; every dash is "-" without blanks around it; other signs are blanks.
    """
    letters = "".join(char for char in _decompose(text) if unicodedata.category(char) != "Mn")
    kept = "".join(map(_search_char, letters.replace("đ", "d")))
    return re.sub("[ -]*-[ -]*", "-", " ".join(kept.split())).strip("-")


def _search_char(char: str) -> str:
    if char == _MINUS or unicodedata.category(char) == "Pd":
        return "-"
    return char if char.isalnum() else " "


def _decompose(text: str) -> str:
    """Lower-case letters, each followed by its marks; wide letters and ligatures as plain ones; one đ."""
    lowered = unicodedata.normalize("NFKD", clean(text)).casefold().translate(_CROSSED_D)
    return unicodedata.normalize("NFKD", lowered)


# --- Sorting ------------------------------------------------------------------------------------------------

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_LETTERS = {letter: f"{letter}0" for letter in "abcdefghijklmnopqrstuvwxyz"} | {
    "a" + _BREVE: "a1",
    "a" + _CIRCUMFLEX: "a2",
    "đ": "d1",
    "e" + _CIRCUMFLEX: "e1",
    "o" + _CIRCUMFLEX: "o1",
    "o" + _HORN: "o2",
    "u" + _HORN: "u1",
}
_OTHER_SCRIPT = "z9"
_END, _BREAK, _NUMBER = "00", "01", "1"
# No mark, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORD = re.compile("[^\\W_][^\\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\\W_]*)*")
_SYMBOL = re.compile("(?P<number>[0-9]+)|(?P<letter>.)(?P<marks>[\u0300-\u036f]*)")
_PRIMARY_LENGTH = 400


def sort_key(text: str) -> str:
    """A key in whose plain order texts stand as in a Vietnamese dictionary: letters first, tones last.

    Only [0-9a-z] and never two letters side by side: so byte order and every linguistic collation agree on it
    (they skip punctuation, and some read "ch" or "aa" as one letter). A letter is two characters (a "a0",
    ă "a1", â "a2"), a break between words "01", a number "1", its length as a letter and its digits, so that
    2 comes before 10. After "00" stands one digit a word for its tone, wherever in the word it is written.
    Case is not compared.
    """
    words = _WORD.findall(_decompose(text))
    letters = _BREAK.join("".join(map(_symbol_key, _SYMBOL.finditer(word))) for word in words)
    tones = "".join(map(_tone, words)).rstrip("0")
    return letters[:_PRIMARY_LENGTH] + (_END + tones if tones else "")[: SORT_KEY_LENGTH - _PRIMARY_LENGTH]


def _symbol_key(symbol: re.Match[str]) -> str:
    if number := symbol["number"]:
        digits = number.lstrip("0") or "0"
        return _NUMBER + chr(ord("a") + min(len(digits), 26) - 1) + digits
    letter = symbol["letter"]
    shapes = (_LETTERS[letter + mark] for mark in symbol["marks"] if letter + mark in _LETTERS)
    return next(shapes, _LETTERS.get(letter, _OTHER_SCRIPT))


def _tone(word: str) -> str:
    return next((_TONES[char] for char in word if char in _TONES), "0")


# --- Clauses and Roman numerals -----------------------------------------------------------------------------

_ROMAN_DIGITS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# The sections of a document never pass 39, so a lone C, D, L or M is a letter.
_ROMAN_PART = re.compile(r"(?<![^\W_])[IVX]+(?![^\W_])")


def clause_key(clause: str) -> str:
    """A sort key of a place in a document, in printed order: "II.2.d" < "II.2.đ" < "II.2.k" < "II.10" < "IX".

    "Phụ lục II, B.4" and "Điều 2.3.g" sort too: by their words, and a number before a letter.
    """
    return sort_key(_ROMAN_PART.sub(_value_of_roman_part, clean(clause)))


def _value_of_roman_part(part: re.Match[str]) -> str:
    try:
        return str(parse_roman(part[0]))
    except ValueError:
        return part[0]


def roman(number: int) -> str:
    """1 to 3999 in capital Roman numerals; ValueError outside."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}")
    written = ""
    for value, digits in _ROMAN_DIGITS:
        count, number = divmod(number, value)
        written += digits * count
    return written


def parse_roman(text: str) -> int:
    """The number that a capital Roman numeral stands for; ValueError when it is not written the usual way."""
    number, rest = 0, text[:16]
    for value, digits in _ROMAN_DIGITS:
        while rest.startswith(digits):
            number, rest = number + value, rest[len(digits) :]
    if not 1 <= number <= 3999 or roman(number) != text:
        raise ValueError(f"not a Roman numeral: {text!r}")
    return number
