"""A page as it shows itself: complaints of look.js, and words of the interface in the wrong language."""

import gettext
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

_SCRIPT = (
    (Path(__file__).parent / "look.js").read_text(encoding="utf-8").partition("*/")[2].strip().rstrip(";")
)

# Names in the documents that the interface happens to use too.
SAID_BY_DATA = frozenset(
    {
        "Nguồn kinh phí hợp pháp khác",
        "Ngân sách trung ương",
        "Ngân sách địa phương",
        "Cơ quan thuộc Chính phủ",
        "địa chỉ",
        "Nội dung kế hoạch",
    }
)
NOWHERE = "nothing has the focus"


def look(page: Page, what: str) -> Any:
    """What one function of look.js says of the page."""
    return page.evaluate(f"{_SCRIPT}.{what}()")


def tab_through(page: Page, steps: int = 8) -> list[str]:
    """Complaints while the focus goes through the first controls of the page, or through all of a few."""
    said = []
    for step in range(steps):
        page.keyboard.press("Tab")
        found = look(page, "focus")
        if found == NOWHERE and step > 2:
            break
        said.append(found)
    return [one for one in said if one]


@cache
def interface_words() -> tuple[frozenset[str], frozenset[str]]:
    """The interface's own texts in English and in Vietnamese, those that differ and stand for themselves."""
    found = gettext.translation("django", settings.BASE_DIR / "locale", ["vi"])
    pairs: dict[Any, str] = found._catalog  # type: ignore[attr-defined]
    own = {
        (english.partition("\x04")[2] or english, vietnamese)
        for key, vietnamese in pairs.items()
        if (english := key[0] if isinstance(key, tuple) else key)
        and "%" not in english
        and "{" not in english
    }
    differing = [(english, vietnamese) for english, vietnamese in own if english != vietnamese]
    assert len(differing) > 300, "the Vietnamese catalogue is not compiled: bin/compile-translations"
    english = frozenset(one for one, _other in differing)
    vietnamese = frozenset(other for _one, other in differing)
    return english - vietnamese, vietnamese - english


def left_untranslated(page: Page, language: str) -> list[str]:
    """Texts of the interface that stand on the page in the other language."""
    english, vietnamese = interface_words()
    foreign = vietnamese - SAID_BY_DATA if language == "en" else english
    return sorted({text for text in look(page, "texts") if text in foreign})
