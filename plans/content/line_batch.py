"""Lines that are saved together: what they need is read once for all, and written once at the end.

One line is a batch of one, so that the rules of a save stand once, in `LineSession`. Nothing is written
before `write()`: until then a batch can be dropped, whatever was found in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.notation import NotationError
from plans.content.placing import Places
from plans.models import LineEdit, Plan, PlanDraftValue, PlanLine, TaskParty
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.cells import Cells
from plans.parts.columns import REFERENCES, Column, Kind
from plans.parts.references import References

# What a changed row keeps: its identity, and its place, which others may have changed meanwhile.
_KEPT = frozenset({"id", "plan", "line", "position"})
_DRAFT_FIELDS = ("raw", "finding_code", "message", "by", "at")


class LineBatch:
    """The lines of one part of a locked plan, with what was typed into each: line -> path -> text."""

    def __init__(
        self, plan: Plan, part: PlanPart[Any], actor: Membership, typed: Mapping[UUID, Mapping[str, str]]
    ) -> None:
        self.plan, self.part = plan, part
        self._by, self._at = actor.user_id, clock.now()
        self.references = _look_up(part, typed.values())
        self._lines = list(typed)
        self._cells: dict[str, Cells | None] = {}
        self._known: dict[str, bool] = {}
        self._new: list[Any] = []
        self._identities: list[PlanLine] = []
        self._changed: dict[UUID, Any] = {}
        self._parties: dict[tuple[UUID, str], tuple[Any, list[TaskParty]]] = {}
        self._healed: list[int] = []
        self._kept: dict[tuple[UUID, str], PlanDraftValue] = {}
        self._edits: list[LineEdit] = []

    # What stands there

    @cached_property
    def rows(self) -> dict[UUID, Any]:
        """The rows of the lines, locked; those that the plan lacks are left out."""
        manager = self.part.model._default_manager
        referred = [one.name for one in self.part.stored if one.kind in REFERENCES and one.editable]
        rows = manager.select_for_update(no_key=True, of=("self",)).select_related(*referred)
        found: Iterable[Any] = rows.filter(plan=self.plan, line_id__in=self._lines)
        return {row.line_id: row for row in found}

    @cached_property
    def drafts(self) -> dict[UUID, dict[str, PlanDraftValue]]:
        """Draft values by line and path."""
        found: dict[UUID, dict[str, PlanDraftValue]] = defaultdict(dict)
        for draft in PlanDraftValue.objects.filter(plan=self.plan, line_id__in=self._lines):
            found[draft.line_id][draft.path] = draft
        return found

    @cached_property
    def parties(self) -> dict[int, dict[str, Any]]:
        """Who leads and co-operates, by id of the row."""
        return self.part.many_valued(plan=self.plan, line__in=self._lines)

    def cells(self, key: str) -> Cells | None:
        """The cells of an extending part; None when it adds none that can be typed."""
        if key not in self._cells:
            extension = next((one for one in registry.extensions_of(self.part.key) if one.key == key), None)
            self._cells[key] = extension.cells(self.plan, self._lines) if extension else None
        return self._cells[key]

    def knows(self, path: str) -> bool:
        """Whether it is a field of the line, or a cell of another part, that can be typed."""
        if path not in self._known:
            key, slash, subpath = path.partition("/")
            cells, column = self.cells(key) if slash else None, self.part.columns_by_name.get(path)
            in_cells = cells is not None and cells.knows(subpath)
            self._known[path] = in_cells or (column is not None and column.editable)
        return self._known[path]

    def unknown(self, path: str) -> str:
        """Why a path cannot be typed, and what can be instead."""
        said = _("“%(path)s” is not a field that can be edited here.") % {"path": path}
        key, slash, subpath = path.partition("/")
        cells = self.cells(key) if slash else None
        return said if cells is None else f"{said} {cells.remedy(subpath)}"

    # What is to be written

    def add(self, line: UUID, typed: Mapping[str, str]) -> Any:
        """A new row of a new line. Raises `Refused` when what was typed lacks what no row can be without."""
        assert self.part.line_kind is not None
        row = self.part.model(
            plan=self.plan, line_id=line, **self.part.defaults(self.plan, typed, self.references)
        )
        kind, agency, programme = self.part.line_kind, self.plan.agency, self.plan.programme
        self._identities.append(PlanLine(uuid=line, kind=kind, agency=agency, programme=programme))
        self._places.take(row, typed)
        self._new.append(row)
        self.log(line, "", "", "+")
        return row

    @cached_property
    def _places(self) -> Places:
        return Places(self.part, self.plan)

    def change(self, row: Any) -> None:
        """A row that was changed; a new one is written anyway."""
        row.row_version += 1
        if row.pk is not None:
            self._changed[row.line_id] = row

    def put_parties(self, row: Any, role: str, parties: list[TaskParty]) -> None:
        self._parties[row.line_id, role] = (row, parties)

    def keep_draft(self, line: UUID, path: str, typed: str, problem: NotationError) -> None:
        """Keep a text that cannot be stored."""
        draft = PlanDraftValue(
            plan_id=self.plan.pk,
            line_id=line,
            path=path,
            raw=typed,
            finding_code=problem.code,
            message=str(problem),
            by_id=self._by,
            at=self._at,
        )
        self.drafts[line][path] = self._kept[line, path] = draft

    def drop_draft(self, line: UUID, path: str) -> None:
        if (draft := self.drafts[line].pop(path, None)) and draft.pk:
            self._healed.append(draft.pk)

    def log(self, line: UUID, path: str, old: str, new: str) -> None:
        self._edits.append(
            LineEdit(
                plan_id=self.plan.pk,
                line_id=line,
                path=path,
                old=old,
                new=new,
                by_id=self._by,
                at=self._at,
            )
        )

    def write(self) -> None:
        """Store everything, in about as many statements for many lines as for one."""
        PlanLine.objects.bulk_create(self._identities)
        self._write_rows()
        self._write_parties()
        for cells in self._cells.values():
            if cells is not None:
                cells.write()
        if self._healed:
            PlanDraftValue.objects.filter(pk__in=self._healed).delete()
        PlanDraftValue.objects.bulk_create(
            self._kept.values(),
            update_conflicts=True,
            unique_fields=["plan", "line", "path"],
            update_fields=_DRAFT_FIELDS,
        )
        LineEdit.objects.bulk_create(self._edits)

    def _write_rows(self) -> None:
        if self._new:
            self._places.write()
        for row in (*self._new, *self._changed.values()):
            row.settle()
        manager = self.part.model._default_manager
        manager.bulk_create(self._new)
        if self._changed:
            names = [one.name for one in self.part.model._meta.concrete_fields if one.name not in _KEPT]
            manager.bulk_create(
                self._changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=names
            )

    def _write_parties(self) -> None:
        for role in {role for _line, role in self._parties}:
            rows = [row.pk for (_line, one), (row, _made) in self._parties.items() if one == role]
            TaskParty.objects.filter(task__in=rows, role=role).delete()
        TaskParty.objects.bulk_create(one for _row, made in self._parties.values() for one in made)


def _look_up(part: PlanPart[Any], typed: Iterable[Mapping[str, str]]) -> References:
    """The rows to which the typed keys refer; one query for each table."""
    references = References((), ())
    wanted: dict[Kind, set[str]] = defaultdict(set)
    columns = [one for one in part.columns if one.editable and one.kind in (*REFERENCES, Kind.PARTIES)]
    for raw in typed:
        for column in columns:
            if column.name in raw:
                for kind, key in keys_in(column, raw[column.name]):
                    wanted[kind].add(key)
    for kind, keys in wanted.items():
        references.look_up(kind, keys)
    return references


def keys_in(column: Column, typed: str) -> Iterable[tuple[Kind, str]]:
    """The keys of other tables that a text names; none when it cannot be read."""
    text = typed.replace("\0", "")
    if column.kind is not Kind.PARTIES:
        refers = column.kind in REFERENCES and column.kind is not Kind.LINE
        return [(column.kind, text.strip())] if refers else []
    try:
        parties = column.parse(text)
    except NotationError:
        return []
    kinds = {"agency": Kind.AGENCY, "group": Kind.GROUP}
    return [(kinds[party.kind], party.value) for party in parties if party.kind in kinds]
