"""One save of one line: what was typed is parsed, kept as a draft value, or refused by the row's own rules.

All values are assigned before the row's rules are asked, so that two fields that depend on each other (first
and last year) can change together; a value that was refused because of another is tried again with that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.findings import Refused, Text
from core.notation import NotationError
from core.vietnamese import clean
from plans.content.line_batch import LineBatch, keys_in
from plans.content.rules import fields_of, holds
from plans.models import LineEdit, Plan, TaskParty
from plans.parts.cells import Cells
from plans.parts.columns import REFERENCES, Column, Kind
from plans.parts.references import UnknownReference
from plans.parts.texts import party_instance

REFUSED = "refused_value"
"""Code of a draft value that parses, but does not agree with the other values of its row."""

ROLES = {"leads": TaskParty.Role.LEAD, "co": TaskParty.Role.CO}


@dataclass
class Saved:
    """What a save did: the row's new version, which paths changed, what of the typed does not parse."""

    line: UUID
    row_version: int
    problems: dict[str, NotationError] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @property
    def invalid(self) -> dict[str, str]:
        """Why each of them does not parse, in words."""
        return {path: str(problem) for path, problem in self.problems.items()}


def log(plan: Plan, line: UUID, path: str, old: str, new: str, actor: Membership) -> None:
    LineEdit.objects.create(
        plan=plan, line_id=line, path=path, old=old, new=new, by=actor.user, at=clock.now()
    )


class LineSession:
    """The fields of one row of a batch, as texts in and out."""

    def __init__(self, batch: LineBatch, row: Any) -> None:
        self.batch, self.row = batch, row
        self.part, self.drafts = batch.part, batch.drafts[row.line_id]
        self.saved = Saved(row.line_id, row.row_version)
        self._assigned: dict[str, tuple[str, Any]] = {}  # column -> (attribute, value before)

    # What stands there

    def shown(self, path: str) -> str:
        """What stands in the field now: a draft value if there is one, else the stored value as text."""
        return self.drafts[path].raw if path in self.drafts else self.stored(path)

    def stored(self, path: str) -> str:
        if "/" in path:
            cells, subpath = self._known_cells(path)
            return cells.text(self.row.line_id, subpath)
        column = self._column(path)
        return column.show(self._value(column))

    def agrees(self, path: str, typed: str) -> bool:
        """Whether what was typed says the same as what stands there."""
        current = self.shown(path)
        if clean(typed, multiline=True) == clean(current, multiline=True):
            return True
        if path in self.drafts:
            return False
        try:
            if "/" in path:
                cells, subpath = self._known_cells(path)
                return cells.show(cells.parse(subpath, typed)) == current
            column = self._column(path)
            return column.show(column.parse(typed)) == current
        except NotationError:
            return False

    def differing(self, raw: Mapping[str, str], row_version: int) -> list[str]:
        """The paths on which somebody else's save since `row_version` says something else."""
        if self.row.row_version == row_version:
            return []
        return [path for path, typed in raw.items() if not self.agrees(path, typed)]

    def _value(self, column: Column) -> Any:
        if column.kind is Kind.PARTIES:
            return self.batch.parties.get(self.row.pk, {}).get(column.name, ())
        if column.kind not in REFERENCES:
            return getattr(self.row, column.path)
        pk = getattr(self.row, f"{column.name}_id")
        if pk is None:
            return None if column.kind is Kind.LINE else ""
        known = self.batch.references.key_by_id(column.kind, pk)
        return known or getattr(getattr(self.row, column.name), REFERENCES[column.kind])

    def _column(self, path: str) -> Column:
        if not self.batch.knows(path):
            raise unknown_path(path)
        return self.part.columns_by_name[path]

    def _known_cells(self, path: str) -> tuple[Cells, str]:
        key, _slash, subpath = path.partition("/")
        cells = self.batch.cells(key) if self.batch.knows(path) else None
        if cells is None:
            raise unknown_path(path)
        return cells, subpath

    # What was typed

    def save(self, raw: Mapping[str, str]) -> Saved:
        """Take what differs from what stands there; what cannot be taken is kept as a draft value.

        A draft value that was refused because of another is tried again with that one.
        """
        typed = {path: text.replace("\0", "") for path, text in raw.items()}  # PostgreSQL stores no NUL
        typed = {path: text for path, text in typed.items() if self._is_news(path, text)}
        again = {
            path: draft.raw
            for path, draft in self.drafts.items()
            if typed and draft.finding_code == REFUSED and path not in raw
        }
        before = {path: self.shown(path) for path in (*typed, *again)}
        for texts in (typed, again):
            after, problems = self._take_all(texts)
            for path, text in texts.items():
                healed = path in self.drafts and path not in problems
                if path in problems:
                    self.batch.keep_draft(self.row.line_id, path, text, problems[path])
                else:
                    self.batch.drop_draft(self.row.line_id, path)
                if path in typed or healed:
                    self.saved.changed.append(path)
                    self.batch.log(self.row.line_id, path, before[path], after.get(path, text))
            if texts is typed:
                self.saved.problems = problems
        if self.saved.changed:
            self.batch.change(self.row)
            self.saved.row_version = self.row.row_version
        return self.saved

    def _is_news(self, path: str, text: str) -> bool:
        if not self.agrees(path, text):
            return True
        column = self.part.columns_by_name.get(path)
        return bool(column and column.required and not clean(text) and path not in self.drafts)

    def _take_all(self, texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, NotationError]]:
        """Put values in their places; how each that fits is written, and why the others do not."""
        after: dict[str, str] = {}
        problems: dict[str, NotationError] = {}
        self._assigned = {}
        for path, text in texts.items():
            try:
                after[path] = self._take(path, text)
            except NotationError as problem:
                problems[path] = problem
        problems |= self._broken_rules(texts)
        return {path: text for path, text in after.items() if path not in problems}, problems

    def _take(self, path: str, typed: str) -> str:
        """Put a value in its place and say how it is written; references and the field's own rules hold."""
        if "/" in path:
            cells, subpath = self._known_cells(path)
            amount = cells.parse(subpath, typed)
            cells.put(self.row.line_id, subpath, amount)
            return cells.show(amount)
        column = self._column(path)
        value = column.parse(typed)
        for kind, key in keys_in(column, typed):
            self.batch.references.look_up(kind, [key])
        try:
            if column.kind is Kind.PARTIES:
                self._put_parties(column, value)
            else:
                self._assign(column, value, typed)
        except UnknownReference as unknown:
            raise NotationError(
                "unknown_reference",
                typed,
                _("There is no “%(key)s”.") % {"key": unknown.key},
                _("Choose one of the list."),
            ) from None
        return column.show(value)

    def _put_parties(self, column: Column, value: Any) -> None:
        role, references = ROLES[column.name], self.batch.references
        made = [
            party_instance(self.row, role, party, position, references)
            for position, party in enumerate(value)
        ]
        self.batch.put_parties(self.row, role, made)

    def _assign(self, column: Column, value: Any, typed: str) -> None:
        attribute, stored = next(iter(self.part.to_model(column, value, self.batch.references).items()))
        before = getattr(self.row, attribute)
        setattr(self.row, attribute, stored)
        try:
            if column.kind not in REFERENCES:  # what a reference names was just found
                self.row.clean_fields(exclude={one.name for one in self.row._meta.fields} - {column.name})
        except ValidationError as refused:
            setattr(self.row, attribute, before)
            raise refusal(typed, " ".join(refused.messages)) from None
        self._assigned[column.name] = (attribute, before)

    def _broken_rules(self, typed: Mapping[str, str]) -> dict[str, NotationError]:
        """Take back the values that break a rule of the row; for each of them why."""
        problems = {}
        for constraint in self.row._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                continue
            touched = fields_of(constraint) & self._assigned.keys()
            if not touched or holds(constraint, self.row):
                continue
            reason = self._disagreement(constraint)  # names the values, so it is said before they go
            for name in sorted(touched):
                attribute, before = self._assigned.pop(name)
                setattr(self.row, attribute, before)
                problems[name] = refusal(typed[name], reason)
        return problems

    def _disagreement(self, constraint: CheckConstraint) -> str:
        if said := self.part.broken_rule(constraint.name, self.row):
            return str(said)
        names = sorted(fields_of(constraint))
        labels = [
            self.part.columns_by_name[name].label for name in names if name in self.part.columns_by_name
        ]
        return _("The values of %(fields)s do not go together.") % {
            "fields": ", ".join(f"“{label}”" for label in labels)
        }


def unknown_path(path: str) -> Refused:
    return Refused(
        _("“%(path)s” is not a field that can be edited here.") % {"path": path}, code="unknown_path"
    )


def refusal(typed: str, message: Text) -> NotationError:
    return NotationError(REFUSED, typed, message, _("Mend this value or the one it depends on."))
