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
            assert letters(correction["read"]) in letters(document.text)
            assert correction["where"]
