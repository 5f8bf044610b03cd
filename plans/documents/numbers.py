"""Numbers of clauses: what stands above one, its id in a page, how it is cited, how people type it. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.vietnamese import clean, parse_roman, roman, search_key
from plans.documents.words import fold

# --- Above a clause, and its place in a page ---------------------------------------------------------------


def upwards(number: str) -> Iterator[str]:
    """The number itself, then what is left after each cut at the last "," or ".": "II.2.k", "II.2", "II"."""
    left = number.strip()
    while left:
        yield left
        left = left[: max(left.rfind(","), left.rfind("."), 0)].rstrip(" ,.")


def anchor_of(number: str) -> str:
    """The id of a clause in a page, plain ASCII: "II.1.đ" as "II.1.dd", "Điều 2.3.g" as "Dieu-2.3.g"."""
    told_apart = re.sub(r"(?<![^\W_])đ(?![^\W_])", "dd", clean(number))
    letters = unicodedata.normalize("NFD", told_apart.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(char for char in letters if char.isascii())
    return re.sub(r"[^A-Za-z0-9.]+", "-", plain).strip("-") or "clause"


# --- How a clause is cited ---------------------------------------------------------------------------------

# Always in Vietnamese: a citation is copied into official papers, whatever the language of the page.
_ARTICLE = re.compile(r"Điều \d+")
_DASH = re.compile(r"gạch (\d+)")


def is_article(number: str) -> bool:
    """Whether the clause is an article itself: "Điều 2"."""
    return _ARTICLE.fullmatch(number) is not None


def cited(number: str, article: str = "") -> str:
    """The place in words, smallest first: "điểm k khoản 2 mục II Điều 1"; else the bare number.

    `article` is the one that the clause stands in when its number does not say so. Only what lies in an
    article has khoản and điểm; of anything else the documents do not say what its levels are called.
    """
    head, _comma, rest = number.partition(",")
    parts = head.split(".")
    if is_article(parts[0]):
        article, parts = parts[0], parts[1:]
    if not article:
        return number
    said = []
    if rest:
        dash = _DASH.fullmatch(rest.strip())
        if dash is None:
            return number
        said.append(f"gạch đầu dòng thứ {dash[1]}")
    levels = [_level(part) for part in parts]
    order = [name for name, _value in levels]
    if "" in order or order != [name for name in ("mục", "khoản", "điểm") if name in order]:
        return number
    return " ".join([*said, *(f"{name} {value}" for name, value in reversed(levels)), article])


def _level(part: str) -> tuple[str, str]:
    if part.isdecimal():
        return "khoản", part
    if len(part) == 1 and part.isalpha() and part.islower():
        return "điểm", part
    return ("mục", part) if _is_roman(part) else ("", part)


def _is_roman(text: str) -> bool:
    try:
        return bool(parse_roman(text))
    except ValueError:
        return False


# --- How people type it ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typed:
    """A place in a document as somebody typed it.

    `numbers` are the ways in which it may be written, the likeliest first; `document` is the number of the
    document that was named beside it, without diacritics, or "".
    """

    numbers: tuple[str, ...]
    document: str = ""


# The words of a citation, in the order from the whole to its parts, as they are folded.
_WORDS = ("phu luc", "dieu", "phan", "nhom", "chuong", "muc", "khoan", "diem", "gach dau dong thu", "gach")
_RANK = {word: rank for rank, word in enumerate(_WORDS)}
_VALUE = r"[^\W_]+(?:\s*\.\s*[^\W_]+)*"
_NAMED = re.compile(rf"\b({'|'.join(_WORDS)})\s*({_VALUE})")
_BARE = re.compile(rf"({_VALUE})\s*\)?")
_DOCUMENT = re.compile(
    r"\b(?:quyet dinh|qd|cong van|cv|thong bao|tb|van ban)\b(?:\s+so)?\s*([\w/.-]*\d[\w/.-]*)"
    r"|(?<![\w.])(\d[\w.-]*/[\w/-]+)"
)
LONGEST = 200
"""Nobody types a longer citation."""
_PART = re.compile(r"[^\W_]{1,5}")


def read_typed(text: str) -> Typed | None:
    """What "II.2.k", "điểm k mục II.2", "dieu 2.3.g" or "2.3.g QĐ 1605" says; None for any other words."""
    plain = unicodedata.normalize("NFC", clean(text[:LONGEST]))
    folded = fold(plain)
    document = ""
    if found := _DOCUMENT.search(folded):
        document = search_key(found[1] or found[2])
        plain, folded = _without(plain, found), _without(folded, found)
    if pairs := [(one[1], plain[one.start(2) : one.end(2)], one.span()) for one in _NAMED.finditer(folded)]:
        rest = _outside(folded, [span for _word, _value, span in pairs])
        bare = _BARE.fullmatch(rest)  # "phụ lục I, A.18": what follows has no word of its own
        if rest and (bare is None or not _is_number(bare[1])):
            return None
        named = [(word, value) for word, value, _span in pairs]
        last = _outside(plain, [span for _word, _value, span in pairs])
        return Typed(tuple(_assembled(named, last)), document)
    bare = _BARE.fullmatch(folded.strip())
    if bare is None:
        return None
    value = plain.strip()[bare.start(1) : bare.end(1)]
    if not _is_number(value) or ("." not in value and not _is_roman(value)):
        return None
    number = _dotted(value)
    return Typed((number, f"Điều {number}"), document)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _outside(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).replace(",", " ").replace(";", " ").split())


def _is_number(value: str) -> bool:
    """Whether it can be the number of a clause: short parts, letters or digits, never both."""
    parts = [part.strip() for part in value.split(".")]
    return all(
        _PART.fullmatch(part) and (part.isdecimal() or len(part) == 1 or _is_roman(part.upper()))
        for part in parts
    )


def _assembled(named: list[tuple[str, str]], last: str) -> Iterator[str]:
    """The numbers that the parts of a citation give, the whole first in each."""
    ordered = sorted(named, key=lambda pair: _RANK[pair[0]])
    dashes = [value for word, value in ordered if word.startswith("gach")]
    annexes = [value for word, value in ordered if word == "phu luc"]
    articles = [value for word, value in ordered if word == "dieu"]
    below = [
        value for word, value in ordered if word not in ("phu luc", "dieu") and not word.startswith("gach")
    ]
    levels = [word for word, _value in ordered]
    number = _dotted(".".join([*below, *([last] if last else [])]), first_is_roman="muc" in levels[:1])
    suffix = f", gạch {dashes[0]}" if dashes else ""
    if annexes:
        annex, _dot, inside = annexes[0].partition(".")
        place = ".".join(filter(None, (_dotted(inside), number)))
        yield ", ".join(filter(None, (f"Phụ lục {annex.strip().upper()}", place))) + suffix
    if articles:
        yield f"Điều {'.'.join(filter(None, (_dotted(articles[0]), number)))}{suffix}"
    if number and (not articles or "." in number):
        yield f"{number}{suffix}"
        if not articles and not annexes:
            yield f"Điều {number}{suffix}"


def _dotted(value: str, *, first_is_roman: bool = False) -> str:
    """The parts as documents write them: capital numerals and parts, small letters for points."""
    written: list[str] = []
    for part in (one.strip() for one in value.split(".")):
        before = written[-1] if written else ""
        if part.isdecimal() and not written and first_is_roman and 0 < int(part) < 40:
            written.append(roman(int(part)))
        elif part.isdecimal() or (before.isdecimal() and len(part) == 1):
            written.append(part.lower())
        elif _is_roman(part.upper()) and not before.islower():
            written.append(part.upper())
        else:
            written.append(part.lower() if before else part.upper())
    return ".".join(written)


def same_number(number: str) -> str:
    """The form in which two numbers are compared: no case, no diacritics in words, đ and d told apart."""
    return anchor_of(number).casefold()
