"""From a kind and its values to the letter that one person gets."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from agencies.letters.kinds import FRAME, PLACEHOLDER, LetterKind, kind_of, placeholders_in
from agencies.models import LetterText
from core.findings import Text

logger = logging.getLogger(__name__)

LANGUAGE = "vi"
"""Letters are official: Vietnamese, whatever language the sender reads the pages in."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its values put in: a subject of one line, and plain text without the frame."""

    subject: str
    body: str


def compose(key: str, values: Mapping[str, object]) -> Letter:
    """The letter of a kind, in the text that an administrator gave it, else in the default one. One query.

    `values` has exactly the kind's placeholders; lazy texts are put in Vietnamese. Raises `KeyError` for a
    kind that nobody registered and `ValueError` for a value too many or too few.
    """
    kind = kind_of(key)
    if set(values) != set(kind.placeholders):
        wrong = sorted(set(values) ^ set(kind.placeholders))
        raise ValueError(
            f"The letter {key!r} takes {sorted(kind.placeholders)}; too many or too few: {wrong}."
        )
    subject, body = text_of(kind, LetterText.objects.filter(key=key).first())
    return filled(subject, body, values)


def framed(letter: Letter, recipient: str, address: str, frame: tuple[str, str] | None = None) -> Letter:
    """The letter as `recipient` gets it, with greeting and signature. One query unless `frame` is given."""
    subject, body = frame or text_of(kind_of(FRAME), LetterText.objects.filter(key=FRAME).first())
    values = {"recipient": recipient, "subject": letter.subject, "letter": letter.body, "address": address}
    return filled(subject, body, values)


def text_of(kind: LetterKind, edited: LetterText | None) -> tuple[str, str]:
    """Subject and body with placeholders: the edited ones, unless the kind has changed under them."""
    if edited is None or not edited.body:
        return kind.subject, kind.body
    used = set(placeholders_in(edited.subject + edited.body))
    if used <= set(kind.placeholders) and kind.required <= used:
        return edited.subject, edited.body
    logger.error("The edited text of the letter %s no longer fits; the default one is sent.", kind.key)
    return kind.subject, kind.body


def filled(subject: str, body: str, values: Mapping[str, object] | Mapping[str, Text]) -> Letter:
    """The texts with their values; braces inside a value are letters like any other."""
    with translation.override(LANGUAGE):
        said = {name: str(value) for name, value in values.items()}

    def put(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: said[found[1]], text)

    return Letter(subject=" ".join(put(subject).split()), body=put(body).strip() + "\n")
