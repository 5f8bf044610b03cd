"""One save of one line: what was typed is parsed, kept as a draft value, or refused by the row's own rules.

All values are assigned before the row's rules are asked, so that two fields that depend on each other (first
and last year) can change together; a value that was refused because of another is tried again with that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.findings import Refused, Text
from core.notation import NotationError
from core.vietnamese import clean
from plans.models import LineEdit, Plan, PlanDraftValue, TaskParty
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.columns import Column, Kind
from plans.parts.references import References, UnknownReference
from plans.parts.texts import party_instance

REFUSED = "refused_value"
"""Code of a draft value that parses, but does not agree with the other values of its row."""

ROLES = {"leads": TaskParty.Role.LEAD, "co": TaskParty.Role.CO}


@dataclass
class Saved:
    """What a save did: the row's new version, which paths changed, why those kept as typed do not parse."""

    line: UUID
    row_version: int
    invalid: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def log(plan: Plan, line: UUID, path: str, old: str, new: str, actor: Membership) -> None:
    LineEdit.objects.create(
        plan=plan, line_id=line, path=path, old=old, new=new, by=actor.user, at=clock.now()
    )


class LineSession:
    """The fields of one locked row, as texts in and out."""

    def __init__(self, plan: Plan, part: PlanPart[Any], row: Any, actor: Membership) -> None:
        self.plan, self.part, self.row, self.actor = plan, part, row, actor
        self.saved = Saved(row.line_id, row.row_version)
        self.drafts = {
            draft.path: draft for draft in PlanDraftValue.objects.filter(plan=plan, line_id=row.line_id)
        }
        self._cells: dict[str, dict[str, Any]] = {}
        self._assigned: dict[str, tuple[str, Any]] = {}  # column -> (attribute, value before)

    # What stands there

    def shown(self, path: str) -> str:
        """What stands in the field now: a draft value if there is one, else the stored value as text."""
        return self.drafts[path].raw if path in self.drafts else self.stored(path)

    def stored(self, path: str) -> str:
        if "/" in path:
            extension, _subpath = self._extension(path)
            if extension.key not in self._cells:
                rows = extension.read(self.plan)
                self._cells[extension.key] = {one.path: one for one in rows if one.line == self.row.line_id}
            cell = self._cells[extension.key].get(path)
            return extension.columns_by_name["amount"].show(cell.amount if cell else None)
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
                extension, subpath = self._extension(path)
                value = extension.parse_cell(self.plan, subpath, typed)
                return extension.columns_by_name["amount"].show(value) == current
            column = self._column(path)
            return column.show(column.parse(typed)) == current
        except NotationError:
            return False

    def _value(self, column: Column) -> Any:
        if column.kind is Kind.PARTIES:
            return self.part.read_many_valued([self.plan]).get(self.row.pk, {}).get(column.name, ())
        value = self.row
        for name in column.path.split("__"):
            value = getattr(value, name) if value is not None else None
        return "" if value is None and column.kind in (Kind.AGENCY, Kind.GROUP, Kind.INDICATOR) else value

    def _column(self, path: str) -> Column:
        column = self.part.columns_by_name.get(path)
        if column is None or not column.editable:
            raise unknown_path(path)
        return column

    def _extension(self, path: str) -> tuple[PlanPart[Any], str]:
        key, _slash, subpath = path.partition("/")
        for extension in registry.extensions_of(self.part.key):
            if extension.key == key and type(extension).parse_cell is not PlanPart.parse_cell:
                return extension, subpath
        raise unknown_path(path)

    # What was typed

    def save(self, raw: Mapping[str, str]) -> Saved:
        """Store what differs from what stands there; what cannot be stored is kept as a draft value."""
        typed = {path: text.replace("\0", "") for path, text in raw.items()}  # PostgreSQL stores no NUL
        typed = {path: text for path, text in typed.items() if self._is_news(path, text)}
        again = {
            path: draft.raw
            for path, draft in self.drafts.items()
            if typed and draft.finding_code == REFUSED and path not in raw
        }
        before = {path: self.shown(path) for path in (*typed, *again)}
        after: dict[str, str] = {}
        problems: dict[str, NotationError] = {}
        for path, text in (typed | again).items():
            try:
                after[path] = self._take(path, text)
            except NotationError as problem:
                problems[path] = problem
        problems |= self._broken_rules(typed | again)
        for path, text in (typed | again).items():
            healed = path in self.drafts and path not in problems
            if path in problems:
                self._keep_draft(path, text, problems[path], typed_now=path in typed)
            else:
                self._drop_draft(path)
            new = text if path in problems else after[path]
            if path in typed or healed:
                self.saved.changed.append(path)
                log(self.plan, self.row.line_id, path, before[path], new, self.actor)
        return self._finish()

    def _is_news(self, path: str, text: str) -> bool:
        if not self.agrees(path, text):
            return True
        column = self.part.columns_by_name.get(path)
        return bool(column and column.required and not clean(text) and path not in self.drafts)

    def _take(self, path: str, typed: str) -> str:
        """Put a value in its place and say how it is written; references and the field's own rules hold."""
        if "/" in path:
            extension, subpath = self._extension(path)
            value = extension.parse_cell(self.plan, subpath, typed)
            return extension.write_cell(self.plan, self.row.line_id, subpath, value)[1]
        column = self._column(path)
        value = column.parse(typed)
        try:
            references = References([column], [_Single(column.name, value)])
        except UnknownReference as unknown:
            raise NotationError(
                "unknown_reference",
                typed,
                _("There is no “%(key)s”.") % {"key": unknown.key},
                _("Choose one of the list."),
            ) from None
        if column.kind is Kind.PARTIES:
            TaskParty.objects.filter(task=self.row, role=ROLES[column.name]).delete()
            TaskParty.objects.bulk_create(
                party_instance(self.row, ROLES[column.name], party, position, references)
                for position, party in enumerate(value)
            )
        else:
            self._assign(column, value, references, typed)
        return column.show(value)

    def _assign(self, column: Column, value: Any, references: References, typed: str) -> None:
        attribute, stored = next(iter(self.part.to_model(column, value, references).items()))
        before = getattr(self.row, attribute)
        setattr(self.row, attribute, stored)
        try:
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
            touched = _fields_of(constraint) & self._assigned.keys()
            if not touched or self._holds(constraint):
                continue
            reason = self._disagreement(constraint)  # names the values, so it is said before they go
            for name in sorted(touched):
                attribute, before = self._assigned.pop(name)
                setattr(self.row, attribute, before)
                problems[name] = refusal(typed[name], reason)
        return problems

    def _holds(self, constraint: CheckConstraint) -> bool:
        try:
            constraint.validate(type(self.row), self.row)
        except ValidationError:
            return False
        return True

    def _disagreement(self, constraint: CheckConstraint) -> str:
        if said := self.part.broken_rule(constraint.name, self.row):
            return str(said)
        names = sorted(_fields_of(constraint))
        labels = [
            self.part.columns_by_name[name].label for name in names if name in self.part.columns_by_name
        ]
        return _("The values of %(fields)s do not go together.") % {
            "fields": ", ".join(f"“{label}”" for label in labels)
        }

    def _keep_draft(self, path: str, typed: str, problem: NotationError, *, typed_now: bool) -> None:
        message = str(problem)
        draft, _created = PlanDraftValue.objects.update_or_create(
            plan=self.plan,
            line_id=self.row.line_id,
            path=path,
            defaults={
                "raw": typed,
                "finding_code": problem.code,
                "message": message,
                "by": self.actor.user,
                "at": clock.now(),
            },
        )
        self.drafts[path] = draft
        if typed_now:
            self.saved.invalid[path] = message

    def _drop_draft(self, path: str) -> None:
        if self.drafts.pop(path, None):
            PlanDraftValue.objects.filter(plan=self.plan, line_id=self.row.line_id, path=path).delete()

    def _finish(self) -> Saved:
        if self.saved.changed:
            self.row.row_version += 1
            self.row.save()
            self.saved.row_version = self.row.row_version
        return self.saved


def _fields_of(constraint: CheckConstraint) -> set[str]:
    """The fields that a rule speaks of."""
    rule = constraint.condition
    return set(rule.referenced_base_fields) if isinstance(rule, Q) else set()


class _Single:
    """A value in the shape of a row, to resolve the references of one column."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def unknown_path(path: str) -> Refused:
    return Refused(
        _("“%(path)s” is not a field that can be edited here.") % {"path": path}, code="unknown_path"
    )


def refusal(typed: str, message: Text) -> NotationError:
    return NotationError(REFUSED, typed, message, _("Mend this value or the one it depends on."))
