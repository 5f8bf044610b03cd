"""The form of a report as dataclasses: sections, groups, lines, and each field with its draft value."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.findings import Finding, Text
from core.templatetags.components import cell_id
from reports.filing.posting import digest_of
from reports.filing.shapes import FlowLine
from reports.models import Filing

PLACE = "filing"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its path, its text as typed or stored, why it does not parse, and last period's value."""

    path: str
    label: Text
    kind: str
    value: str = ""
    message: str = ""
    last: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    unsaved: bool = False  # typed before a sign-in expired, and not stored
    head: Text = ""  # of its column, where it stands in a table

    @property
    def id(self) -> str:
        return cell_id(PLACE, self.path)


def _digest(fields: Iterable[Field]) -> str:
    """Blank, which no digest is, where something shown is not stored yet: the posted form then saves it."""
    shown = list(fields)
    return "" if any(one.unsaved for one in shown) else digest_of({one.path: one.value for one in shown})


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target of an indicator: the value in words, and the document and clause that set it."""

    words: str
    document: str
    clause: str
    standing: Text = ""  # "not due yet (31/12/2015), 12 percentage points to go"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to report on, with its fields by name; for a project one row of money fields a source.

    `status_word` and `said` are the answer as it is read; `last` is that of the last period; `targets` stand
    beside an indicator, and `goal` is the value that its bar is held against. `under` names the task of which
    the line is a sub-item; `more_sources` are those on which money may be reported though none is planned.
    """

    content: Any
    name: str
    version: int
    fields: Mapping[str, Field]
    money: tuple[tuple[FlowLine, tuple[Field, ...]], ...] = ()
    last: str = ""
    status_word: Text = ""
    said: str = ""
    targets: tuple["ShownTarget", ...] = ()
    goal: Decimal | None = None
    under: str = ""
    more_sources: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return cell_id(PLACE, self.name)

    @property
    def asked_fields(self) -> tuple[str, ...]:
        """The fields without which the line is not answered."""
        return tuple(one for one in ("status", "numerator", "denominator", "value") if one in self.fields)

    @property
    def every_field(self) -> list[Field]:
        return [*self.fields.values(), *(one for _source, fields in self.money for one in fields)]

    @property
    def digest(self) -> str:
        """What the page showed: a form sent back with the same texts has not touched the line."""
        return _digest(self.every_field)

    @property
    def is_answered(self) -> bool:
        return bool(self.content.is_answered) and not self.is_bad

    @property
    def is_bad(self) -> bool:
        return any(one.message or one.unsaved for one in self.every_field)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading of one document."""

    heading: str
    document: str
    lines: tuple[Line, ...]
    is_open: bool = True

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.is_answered)


@dataclass(frozen=True, slots=True)
class Section:
    """One of tasks, projects, indicators."""

    key: str
    label: Text
    groups: tuple[Group, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def done(self) -> int:
        return sum(group.done for group in self.groups)


@dataclass(frozen=True, slots=True)
class FilingForm:
    """The whole form; `texts` are the fields of the report as a whole."""

    filing: Filing
    sections: tuple[Section, ...]
    texts: Mapping[str, Field]
    texts_version: int
    findings: Sequence[Finding] = ()

    @property
    def texts_digest(self) -> str:
        return _digest(self.texts.values())

    @property
    def ticks(self) -> list[dict[str, Any]]:
        """The parts with ticks computed from what they hold, and what bars each."""
        bad = Counter(one.place.path.partition("/")[0] for one in self.findings if one.bars)
        found = [
            _tick(one.label, one.key, one.done, len(one.lines), bad[one.key])
            for one in self.sections
            if one.lines
        ]
        written = [one for name, one in self.texts.items() if name != "nothing_to_report"]
        done = sum(1 for one in written if one.value)
        return [*found, _tick(_("Overall"), "texts", done, len(written), bad["text"])]


def _tick(label: Text, key: str, done: int, whole: int, errors: int) -> dict[str, Any]:
    state = "error" if errors else "todo" if not done else "part" if done < whole else "done"
    return {"label": label, "url": f"#{key}", "state": state, "note": f"{done}/{whole}", "key": key}
