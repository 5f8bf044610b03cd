"""What changed between two contents of a plan, line by line. "No change" is decided here, never by text."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.findings import Text
from plans.parts import registry
from plans.parts.base import Content, PlanPart, Row
from plans.parts.columns import Column


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after: as texts, and as canonical JSON (None where there is no row)."""

    column: Column
    old: str
    new: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """One row that differs. `host` is the row of the extended part that it belongs to, for its title."""

    part: str
    part_label: Text
    kind: ChangeKind
    row: Row
    host: Row | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def title(self) -> str:
        return (self.host or self.row).title or self.row.title


def compare(old: Content, new: Content) -> list[LineChange]:
    """All differences, part by part in their order, rows in the new content's order, removed ones last."""
    return [change for part in registry.parts() for change in _compare_part(part, old, new)]


def _compare_part(part: PlanPart[Any], old: Content, new: Content) -> Iterator[LineChange]:
    before = {part.identity(row): row for row in old[part.key]}
    after = {part.identity(row): row for row in new[part.key]}
    hosts = {row.line: row for content in (old, new) for row in content[part.extends]} if part.extends else {}
    for identity, row in after.items():
        host = hosts.get(row.line)
        if identity not in before:
            yield LineChange(part.key, part.label, ChangeKind.ADDED, row, host, _fields(part, None, row))
        elif fields := _fields(part, before[identity], row):
            yield LineChange(part.key, part.label, ChangeKind.CHANGED, row, host, fields)
    for identity, row in before.items():
        if identity not in after:
            yield LineChange(
                part.key, part.label, ChangeKind.REMOVED, row, hosts.get(row.line), _fields(part, row, None)
            )


def _fields(part: PlanPart[Any], old: Row | None, new: Row | None) -> tuple[FieldChange, ...]:
    def shown(row: Row | None, column: Column) -> str:
        return column.show(getattr(row, column.name)) if row is not None else ""

    def dumped(row: Row | None, column: Column) -> Any:
        return column.dump(getattr(row, column.name)) if row is not None else None

    pairs = ((column, shown(old, column), shown(new, column)) for column in part.columns)
    return tuple(
        FieldChange(column, before, after, dumped(old, column), dumped(new, column))
        for column, before, after in pairs
        if before != after
    )
