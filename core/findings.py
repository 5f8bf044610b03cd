"""What a check has to say: a finding names level, code, place, value and remedy; all are shown at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Level(StrEnum):
    ERROR = "error"  # bars submission
    WARNING = "warning"  # shown, never bars


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: part of the plan or report, line, and the declared path of the field."""

    part: str = ""
    line: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of a check.

    `code` is stable (API, tests); `text` is for people and names the value at fault.
    """

    level: Level
    code: str
    text: Text
    place: Place = Place()
    value: str = ""

    @property
    def bars(self) -> bool:
        return self.level is Level.ERROR


def error(code: str, text: Text, place: Place | None = None, value: str = "") -> Finding:
    return Finding(Level.ERROR, code, text, place or Place(), value)


def warning(code: str, text: Text, place: Place | None = None, value: str = "") -> Finding:
    return Finding(Level.WARNING, code, text, place or Place(), value)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.bars]


class BusinessError(Exception):
    """An act that cannot be done. `str()` is one sentence for the user: what happened and what to do next."""

    def __init__(self, text: Text, code: str = "refused") -> None:
        super().__init__(text)
        self.text = text
        self.code = code

    def __str__(self) -> str:
        return str(self.text)


class NotAllowed(BusinessError):
    """The person lacks the right (403); the text gives the reason."""


class WrongState(BusinessError):
    """The object has left the state from which the act is possible (409), as after a double click."""


class Refused(BusinessError):
    """The content bars the act; `findings` says everything that does, at once."""

    def __init__(self, text: Text, findings: Iterable[Finding] = (), code: str = "refused") -> None:
        super().__init__(text, code)
        self.findings = list(findings)


class Conflict(BusinessError):
    """Somebody else saved the same row first (409); both values are given so that the person can choose."""

    def __init__(
        self, text: Text, *, yours: dict[str, str], theirs: dict[str, str], row_version: int
    ) -> None:
        super().__init__(text, "conflict")
        self.yours = yours
        self.theirs = theirs
        self.row_version = row_version
