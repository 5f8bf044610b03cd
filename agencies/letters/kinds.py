"""The kinds of letters: each app registers its own at start-up, with a default text in Vietnamese."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from core.findings import Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders_in(text: str) -> list[str]:
    """Names in braces, each once, in the order in which they first stand."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `placeholders` maps each name that stands in braces in the text to what is put there; `required` are those
    without which the letter is of no use; `samples` are values for the preview, the help standing in for one
    that is missing. The default text is as an administrator would write it: Vietnamese, plain, without
    greeting and signature, which are the frame's.
    """

    key: str
    label: Text
    subject: str
    body: str
    placeholders: Mapping[str, Text]
    required: frozenset[str] = frozenset()
    samples: Mapping[str, str] = field(default_factory=dict)

    def sample_values(self) -> dict[str, Text]:
        return {name: self.samples.get(name, text) for name, text in self.placeholders.items()}


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    """Take a kind up; a default text that does not fit its placeholders is an error of the programmer."""
    if (known := _kinds.get(kind.key)) not in (None, kind):
        raise ValueError(f"There are two kinds of letter called {kind.key!r}: {known!r} and {kind!r}.")
    used = set(placeholders_in(kind.subject + kind.body))
    if unknown := used - set(kind.placeholders):
        raise ValueError(f"The text of {kind.key!r} uses {sorted(unknown)}, which it does not declare.")
    if missing := kind.required - used:
        raise ValueError(f"The text of {kind.key!r} lacks {sorted(missing)}, which it requires.")
    _kinds[kind.key] = kind


def kind_of(key: str) -> LetterKind:
    """The kind with this key; `KeyError` when nobody registered it."""
    return _kinds[key]


def all_kinds() -> list[LetterKind]:
    """All kinds in the order of their keys, the frame first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.key != FRAME, kind.key))


FRAME = "frame"
"""The kind that greets and signs: every letter stands inside it."""

register(
    LetterKind(
        key=FRAME,
        label=_("Greeting and signature of every letter"),
        subject="{subject}",
        body=(
            "Kính gửi: Ông/Bà {recipient},\n"
            "\n"
            "{letter}\n"
            "\n"
            "Trân trọng./.\n"
            "\n"
            "CỔNG KẾ HOẠCH ỨNG DỤNG CÔNG NGHỆ THÔNG TIN\n"
            "{address}\n"
            "(Thư do hệ thống gửi tự động, xin không trả lời vào địa chỉ này.)"
        ),
        placeholders={
            "recipient": _("name of who gets the letter"),
            "subject": _("subject of the letter itself"),
            "letter": _("text of the letter itself"),
            "address": _("address of the portal"),
        },
        required=frozenset({"subject", "letter"}),
        samples={
            "recipient": "Nguyễn Văn An",
            "subject": "Trích yếu của thư",
            "letter": "(Nội dung của thư.)",
            "address": "https://cong.example.vn",
        },
    )
)
