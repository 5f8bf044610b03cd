"""What was typed, as the words to look for."""

import re
from dataclasses import dataclass

from core.vietnamese import clean, search_key

MOST_LETTERS = 200
MOST_WORDS = 12

_BETWEEN = re.compile(r"[\s,;:()“”\"'‘’]+")


@dataclass(frozen=True, slots=True)
class Words:
    """`key` is all of it as a search key; `words` are its pieces, which may stand in any order.

    What was typed without a blank stays together: "II.2.k" is one word, "43/2008/QĐ-TTg" too.
    """

    typed: str
    key: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Words":
        """The first 200 letters and 12 words of a text; without a letter or digit there are no words."""
        typed = clean(text[: 4 * MOST_LETTERS])[:MOST_LETTERS]
        pieces = (search_key(piece) for piece in _BETWEEN.split(typed))
        return cls(typed, search_key(typed), tuple(dict.fromkeys(filter(None, pieces)))[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)
