"""Every word that a loaded line bears as printed stands in the text of its document."""

import re
import unicodedata

import pytest

from plans.models import LegalDocument, OutlineItem, Plan
from plans.parts import registry

pytestmark = pytest.mark.django_db

# What is printed; notes, bases and years are ours.
PRINTED = {
    "sections": ("heading", "body"),
    "tasks": ("name", "text", "date_phrase"),
    "projects": (
        "group_name", "subgroup", "name", "objective", "coordination", "location", "stage", "years_printed",
        "lead_words",
    ),
    "targets": ("printed", "words"),
    "baselines": ("printed", "words", "as_of_words"),
    "stated_totals": ("label",),
}  # fmt: skip


def letters(text: str) -> str:
    """Letters and digits alone: the copies differ in blanks, marks and the signs of tables."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text).lower())


@pytest.mark.parametrize("code", ["43-2008-qd-ttg", "605-qd-ubnd", "1594-btttt-udcntt"])
def test_lines_stand_in_the_text(code: str) -> None:
    plan = Plan.objects.get(code=code)
    text = letters(LegalDocument.objects.get(slug=code).text)
    content = registry.read_content(plan)
    held = [
        (part, row.line, paragraph)
        for part, names in PRINTED.items()
        for row in content[part]
        for name in names
        for paragraph in getattr(row, name).splitlines()
    ]
    assert len(held) > 50
    assert not [one for one in held if letters(one[2]) not in text]


def test_the_outline_stands_in_the_text() -> None:
    text = letters(LegalDocument.objects.get(slug="1594-btttt-udcntt").text)
    for item in OutlineItem.objects.all():
        for paragraph in (item.heading, *item.guidance.splitlines()):
            assert letters(paragraph) in text, item.number


def test_corrections_are_made_in_the_text() -> None:
    for document in LegalDocument.objects.all():
        for correction in document.corrections:
            assert correction["read"] in document.text
            assert correction["where"]


@pytest.mark.parametrize(
    ("slug", "defects"),
    [
        ("43-2008-qd-ttg", ["\ufffd"]),
        ("1594-btttt-udcntt", ["ĐIỀU HƯỚNG", "GIẢI ĐOÀN", "cỗng", "#", "**", "- a)"]),
        ("605-qd-ubnd", ["QĐ- UBND", "tr ường", "Ở dạng", "tthời", "ph ương", "\uf0b7", "\uf06c"]),
    ],
)
def test_defects_of_our_copies_are_gone_and_recorded(slug: str, defects: list[str]) -> None:
    document = LegalDocument.objects.get(slug=slug)
    recorded = " ".join(correction["printed"] for correction in document.corrections)
    for defect in defects:
        assert defect not in document.text
        assert defect in recorded


# What is no annex of projects and no list of addressees: from its first words to the first left out.
WHOLE = [
    ("43-2008-qd-ttg", "Điều 1. ", "Nơi nhận:"),
    ("1594-btttt-udcntt", "Thực hiện Nghị định", "Nơi nhận:"),
    ("1594-btttt-udcntt", "I. QUAN ĐIỂM", "Phụ lục II\n"),
    ("1594-btttt-udcntt", "I. Căn cứ lập Kế hoạch", ""),
]
_MARKER = re.compile(r"^\W*(?:[IVX]+\.|\d+\.|[a-zđ]\)|Điều \d+\.)\s+")


@pytest.mark.parametrize(("slug", "first", "end"), WHOLE)
def test_sections_leave_no_words_out(slug: str, first: str, end: str) -> None:
    sections = registry.read_content(Plan.objects.get(code=slug))["sections"]
    held = letters("".join(f"{row.heading}{row.body}" for row in sections))
    text = LegalDocument.objects.get(slug=slug).text
    stretch = text[text.index(first) :]
    stretch = stretch[: stretch.index(end)] if end else stretch
    paragraphs = [letters(_MARKER.sub("", line.strip())) for line in stretch.splitlines()]
    assert len([one for one in paragraphs if one]) > 8
    assert not [one for one in paragraphs if one not in held]
