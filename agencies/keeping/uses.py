"""What rests on a row of a reference list, in words; upper apps say what they know of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import ngettext

from core.findings import Text

SHOWN = 12
"""How many uses a page names; the others are counted."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that rests on a row: what it is, with its page."""

    text: Text
    url: str = ""


class Uses(Generic[R]):
    """The providers for one list: each says what of its app rests on a row."""

    def __init__(self) -> None:
        self._providers: list[Callable[[R], Iterable[Use]]] = []

    def register(self, provider: Callable[[R], Iterable[Use]]) -> None:
        if provider not in self._providers:
            self._providers.append(provider)

    def of(self, row: R) -> list[Use]:
        return [use for provider in self._providers for use in provider(row)]


def listed(uses: Sequence[Use]) -> str:
    """The first of them in one sentence, and how many more there are."""
    words = "; ".join(str(use.text) for use in uses[:SHOWN])
    more = len(uses) - SHOWN
    if more <= 0:
        return words
    return words + "; " + ngettext("%(n)d more", "%(n)d more", more) % {"n": more}
