"""Lines as a program sends them, one or thousands: all of them are saved, or none.

What does not parse is refused here, never kept as a draft value, and everything that is wrong is said at
once. The rules of a line are those of the pages (`LineSession`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.models import Membership
from core.findings import Finding, Place, Refused, WrongState, error
from core.vietnamese import clean
from plans.content.editing import editing, session_on
from plans.content.line_batch import LineBatch
from plans.content.line_session import LineSession, Saved
from plans.models import Plan
from plans.parts import registry
from plans.parts.base import PlanPart

REFUSED_LINES = "lines_refused"
CONFLICT = "conflict"


class Overtaken(Refused, WrongState):
    """Somebody else saved lines since the versions that were named (409); the findings say which values."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What was typed into one line: declared path -> text. A new line has no `line` yet.

    `found` is what was wrong already where it was read, each at its path; it bars the save with whatever else
    is found.
    """

    typed: Mapping[str, str]
    line: UUID | None = None
    row_version: int | None = None
    found: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class LinePlace(Place):
    """A place in one of the lines that were sent; `number` says in which, from 0."""

    number: int = 0


@dataclass
class Outcome:
    """What became of the lines, in the order in which they were sent; of a dry run what would have."""

    lines: list[Saved] = field(default_factory=list)
    added: int = 0
    changed: int = 0

    @property
    def unchanged(self) -> int:
        return len(self.lines) - self.added - self.changed


def save_lines(
    plan: Plan, part_key: str, lines: Sequence[TypedLine], *, actor: Membership, dry_run: bool = False
) -> Outcome:
    """Add and change lines in one transaction. One entry in the audit, one `LineEdit` for each value.

    Raises `Refused` with every finding of every line, each at its `LinePlace`; `Overtaken` when among them is
    a line that somebody else saved since its `row_version`, and its values differ.
    """
    with audit.recording() as record, editing(plan, actor) as draft:
        many = _Lines(draft, registry.get(part_key), actor, lines)
        outcome = many.save()
        if (outcome.added or outcome.changed) and not dry_run:
            many.batch.write()
            counts = {"added": outcome.added, "changed": outcome.changed}
            record.add("save_lines", draft, actor=actor, part=part_key, **counts)
    return outcome


def create_line(plan: Plan, part_key: str, line: TypedLine, *, actor: Membership) -> Saved:
    """Add one line. Raises `Refused` with everything that is wrong."""
    with editing(plan, actor) as draft:
        one = _Lines(draft, registry.get(part_key), actor, [line])
        outcome = one.save()
        one.batch.write()
    return outcome.lines[0]


def change_line(
    plan: Plan, part_key: str, line: UUID, sent: TypedLine, *, actor: Membership, row_version: int
) -> Saved:
    """Change values of one line; the others stay. Raises `Refused` with everything that is wrong.

    Raises `Conflict` like `save_line` when somebody else saved the line since `row_version`.
    """
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        batch = LineBatch(draft, part, actor, {line: sent.typed})
        judge = _Judge(batch, 0, line, sent.found)
        typed = judge.known(sent.typed)
        saved = judge.save(session_on(batch, line, typed, row_version), typed)
        _refuse(judge.findings)
        batch.write()
    return saved


class _Lines:
    """The lines of one save, in the order in which they were sent."""

    def __init__(
        self, plan: Plan, part: PlanPart[Any], actor: Membership, lines: Sequence[TypedLine]
    ) -> None:
        self.lines = lines
        self.names = [one.line or uuid4() for one in lines]
        typed = {name: one.typed for name, one in zip(self.names, lines, strict=True)}
        self.batch = LineBatch(plan, part, actor, typed)

    def save(self) -> Outcome:
        """Judge all of them. Raises `Refused` when anything is wrong."""
        outcome, findings = Outcome(), list[Finding]()
        first: dict[UUID, int] = {}
        for number, (name, one) in enumerate(zip(self.names, self.lines, strict=True)):
            judge = _Judge(self.batch, number, one.line, one.found)
            if first.setdefault(name, number) != number:
                text = _("Two rows are of the same line; the other one is row %(other)d, counted from 0.")
                judge.say("line_twice", text % {"other": first[name]}, "line", str(name))
            elif (saved := self._save(judge, name, one)) is not None:
                outcome.lines.append(saved)
                if one.line is None:
                    outcome.added += 1
                elif saved.changed:
                    outcome.changed += 1
            findings += judge.findings
        _refuse(findings)
        return outcome

    def _save(self, judge: "_Judge", name: UUID, one: TypedLine) -> Saved | None:
        typed = judge.known(one.typed)
        session = self._new(judge, name, typed) if one.line is None else self._standing(judge, typed, one)
        return judge.save(session, typed) if session else None

    def _new(self, judge: "_Judge", name: UUID, typed: Mapping[str, str]) -> LineSession | None:
        if not any(clean(text) for text in typed.values()) and not judge.findings:
            judge.say("empty_line", _("Nothing was entered, so no line was added."))
            return None
        try:
            row = self.batch.add(name, typed)
        except Refused as refused:
            for said in refused.findings:
                judge.say(said.code, str(said.text), said.place.path, said.value)
            row = self.batch.part.model(plan=self.batch.plan, line_id=name)  # to say what else is wrong
        return LineSession(self.batch, row)

    def _standing(self, judge: "_Judge", typed: Mapping[str, str], one: TypedLine) -> LineSession | None:
        assert one.line is not None
        if (row := self.batch.rows.get(one.line)) is None:
            text = _("There is no such line in this part of the plan. Leave “line” out to add one.")
            judge.say("line_unknown", text, "line", str(one.line))
            return None
        session = LineSession(self.batch, row)
        if one.row_version is None:
            if not any(said.place.path == "row_version" for said in judge.findings):
                text = _("Say which version of the line you read; the stored one is %(version)d.")
                judge.say("row_version_missing", text % {"version": row.row_version}, "row_version")
            return None
        for path in session.differing(typed, one.row_version):
            theirs = session.shown(path)
            text = _("Somebody else changed the line since you read it: “%(theirs)s” stands here by now.")
            judge.say(CONFLICT, text % {"theirs": theirs[:80]}, path, theirs)
        return session


class _Judge:
    """What is wrong with one of the lines."""

    def __init__(self, batch: LineBatch, number: int, line: UUID | None, found: Sequence[Finding]) -> None:
        self.batch, self.number, self.line = batch, number, line
        self.findings = [replace(one, place=self._place(one.place.path)) for one in found]

    def _place(self, path: str) -> LinePlace:
        return LinePlace(self.batch.part.key, str(self.line or ""), path, self.number)

    def say(self, code: str, text: str, path: str = "", value: str = "") -> None:
        self.findings.append(error(code, text, self._place(path), value))

    def known(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What was typed at paths that there are; the others are named."""
        found = {}
        for path, text in typed.items():
            if self.batch.knows(path):
                found[path] = text
            else:
                self.say("unknown_path", self.batch.unknown(path), path)
        return found

    def save(self, session: LineSession, typed: Mapping[str, str]) -> Saved:
        """Judge the values; of a new line also those that it must have."""
        wrong = {one.place.path for one in self.findings}
        texts = {path: text for path, text in typed.items() if path not in wrong}
        if self.line is None and not wrong & {"", "line"}:
            must = [one.name for one in self.batch.part.columns if one.required and one.editable]
            texts |= {path: "" for path in must if path not in {*typed, *wrong}}
        saved = session.save(texts)
        for path, problem in saved.problems.items():
            self.say(problem.code, str(problem), path, problem.value)
        return saved


def _refuse(findings: Sequence[Finding]) -> None:
    """Raise `Refused` when there are any, `Overtaken` when one of them is a conflict."""
    if not findings:
        return
    if any(one.code == CONFLICT for one in findings):
        said = _("Somebody else saved what you would change. Read it again and repeat the change on that.")
        raise Overtaken(said, findings, code=CONFLICT)
    text = ngettext(
        "%(count)d value cannot be taken; nothing was saved.",
        "%(count)d values cannot be taken; nothing was saved.",
        len(findings),
    )
    raise Refused(text % {"count": len(findings)}, findings, code=REFUSED_LINES)
