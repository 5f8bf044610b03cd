"""A part of a plan: a kind of content that `plans` can version, copy, compare, check, import and export.

A part declares a frozen dataclass of columns; everything else here is derived from it. Live rows, a revision
and a parsed sheet all give the same dataclass, and pages, comparison, print and export read only that.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.db import models

from core.findings import Finding, Text
from plans.models import LineKind, Plan
from plans.parts.cells import Cells
from plans.parts.columns import REFERENCES, Column, Kind, columns_of
from plans.parts.pages import ExtraColumn, Panel, Progress
from plans.parts.references import References

if TYPE_CHECKING:
    from plans.parts.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a part. `line` is the identity through all versions; None only where a part has no lines."""

    line: UUID | None = None
    position: int = 0
    row_version: int = 0

    @property
    def title(self) -> str:
        return ""


R = TypeVar("R", bound=Row)
Content = Mapping[str, Sequence[Any]]
"""What a plan holds: part key -> its rows."""


@dataclass(frozen=True, slots=True)
class CarryContext:
    """To what a copy goes: the years that stay, where text belongs there, and whose plan it is."""

    years: range
    outline: Mapping[str, str] = dataclasses.field(default_factory=dict)
    agency: str = ""


def _at(stored: Any, path: str) -> Any:
    """The value at a path such as `agency__key`; None behind a reference that is blank."""
    for name in path.split("__"):
        stored = None if stored is None else getattr(stored, name)
    return stored


class PlanPart(Generic[R]):
    """Base of all parts: a subclass names its model and row type and writes its checks and exceptions."""

    key: ClassVar[str]
    label: ClassVar[Text]
    row_type: ClassVar[type[Row]]
    model: ClassVar[type[models.Model]]
    line_kind: ClassVar[LineKind | None] = None
    key_fields: ClassVar[tuple[str, ...]] = ()  # of an extending part: what tells rows of one line apart
    depends_on: ClassVar[tuple[str, ...]] = ()
    extends: ClassVar[str] = ""
    cell_value: ClassVar[str] = ""  # of an extending part: the column that stands in its cells
    order: ClassVar[int] = 0
    # Model fields that no column stands for, each because it is identity or derived.
    excluded_fields: ClassVar[frozenset[str]] = frozenset()
    template: ClassVar[str] = ""
    totalled: ClassVar[bool] = False  # its money adds up to what the plan asks for
    asked_by: ClassVar[str] = ""  # the column that tells which row of the outline a row answers
    in_grid: ClassVar[bool] = False  # its own fields are typed in its grid

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.row_type)

    @cached_property
    def columns_by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """Columns that are fields of the model itself."""
        return tuple(column for column in self.columns if column.kind not in (Kind.PARTIES, Kind.LINES))

    # Reading and writing the live rows

    def queryset(self, *plans: Plan) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(plan__in=plans).order_by(*self.ordering)

    @property
    def ordering(self) -> tuple[str, ...]:
        return ("position", "id")

    def read(self, plan: Plan) -> tuple[R, ...]:
        """The live rows of a plan, in printed order: one query, and one for each many-valued column."""
        return self.read_many([plan])[plan.pk]

    def read_many(self, plans: Iterable[Plan]) -> dict[int, tuple[R, ...]]:
        """The live rows of several plans by id of the plan, in as many queries as for one."""
        wanted = list(plans)
        extra = self.read_many_valued(wanted)
        rows: dict[int, list[R]] = {plan.pk: [] for plan in wanted}
        for record in self._records(self.queryset(*wanted)):
            rows[record["plan_id"]].append(self._row(record, extra))
        return {plan_id: tuple(self.canonical_order(found)) for plan_id, found in rows.items()}

    def read_some(self, stored: models.QuerySet[Any]) -> list[R]:
        """The live rows that a queryset of the part's has, in its order; as many queries as for a plan."""
        records = list(self._records(stored))
        extra = self.many_valued(pk__in=[record["id"] for record in records])
        return [self._row(record, extra) for record in records]

    def _records(self, stored: models.QuerySet[Any]) -> Iterable[dict[str, Any]]:
        own = {field.attname for field in self.model._meta.concrete_fields}
        base = [name for name in ("line_id", "position", "row_version") if name in own]
        return stored.values("id", "plan_id", *base, *(column.path for column in self.stored))

    def _row(self, record: dict[str, Any], extra: Mapping[int, dict[str, Any]]) -> R:
        values = {column.name: self._from_database(column, record[column.path]) for column in self.stored}
        values.update({name: record[name] for name in ("position", "row_version") if name in record})
        values.update(extra.get(record["id"], {}))
        return self.row_type(line=record.get("line_id"), **values)  # type: ignore[return-value]

    def row_of(self, stored: Any) -> R:
        """A stored row with what it refers to, as everything else reads it; without many-valued columns."""
        values = {
            column.name: self._from_database(column, _at(stored, column.path)) for column in self.stored
        }
        own = {name: getattr(stored, name) for name in ("position", "row_version") if hasattr(stored, name)}
        return self.row_type(line=stored.line_id, **own, **values)  # type: ignore[return-value]

    def canonical_order(self, rows: list[R]) -> list[R]:
        """Printed order, or for rows that hang on another part's line the order of line and key."""
        if not self.key_fields:
            return rows
        return sorted(
            rows, key=lambda row: tuple("" if part is None else str(part) for part in self.identity(row))
        )

    def read_many_valued(self, plans: Sequence[Plan]) -> dict[int, dict[str, Any]]:
        """Values of PARTIES and LINES columns by id of the row, of whole plans."""
        return self.many_valued(plan__in=plans)

    def many_valued(self, **rows: Any) -> dict[int, dict[str, Any]]:
        """The same of the rows that these lookups leave; overridden where a part has such columns."""
        return {}

    @staticmethod
    def _from_database(column: Column, value: Any) -> Any:
        if value is None and column.kind in REFERENCES and column.kind is not Kind.LINE:
            return ""
        return value

    def write(self, plan: Plan, rows: Sequence[R]) -> None:
        """Add rows to a plan; their lines exist already. Two statements, however many rows."""
        own = {field.attname for field in self.model._meta.concrete_fields}
        references = References(self.columns, rows)
        instances = []
        for row in rows:
            base = {"plan_id": plan.pk, "line_id": row.line, "position": row.position}
            values = {name: value for name, value in base.items() if name in own}
            for column in self.stored:
                values.update(self.to_model(column, getattr(row, column.name), references))
            instances.append(self.model(**values))
        self.model._default_manager.bulk_create(instances)
        self.write_many_valued(instances, rows, references)

    def write_many_valued(self, instances: Sequence[Any], rows: Sequence[R], references: References) -> None:
        """Store PARTIES and LINES columns; overridden where a part has such columns."""

    @staticmethod
    def to_model(column: Column, value: Any, references: References) -> dict[str, Any]:
        """The model attribute of a column and its value: references become ids."""
        if column.kind in REFERENCES:
            return {f"{column.name}_id": references.id_of(column, value)}
        return {column.name: value}

    # Snapshots

    def dump(self, rows: Iterable[R]) -> list[dict[str, Any]]:
        """Rows as canonical JSON data; `row_version` is of the live row alone and stays out."""
        return [
            {
                "line": str(row.line) if row.line else None,
                "position": row.position,
                **{column.name: column.dump(getattr(row, column.name)) for column in self.columns},
            }
            for row in rows
        ]

    def load(self, data: Iterable[dict[str, Any]]) -> tuple[R, ...]:
        """The inverse of `dump`."""
        return tuple(
            self.row_type(  # type: ignore[misc]
                line=UUID(record["line"]) if record["line"] else None,
                position=record["position"],
                **{column.name: column.load(record[column.name]) for column in self.columns},
            )
            for record in data
        )

    # Comparing

    def identity(self, row: R) -> tuple[Any, ...]:
        return (row.line, *(getattr(row, name) for name in self.key_fields))

    # Copying, checking

    def carry(self, row: R, context: CarryContext) -> R | None:
        """The row as another programme takes it over, or None when it does not belong there."""
        return row

    def carry_host(self, host: Row, before: Sequence[R], after: Sequence[R]) -> Row:
        """How a row of the extended part changes when only `after` of its rows go along."""
        return host

    def defaults(self, plan: Plan, raw: Mapping[str, str], references: References) -> dict[str, Any]:
        """Model values without which a new row cannot be stored.

        `references` knows the keys that were typed. Raises `Refused` when what was typed lacks them.
        """
        return {}

    def initial(self, plan: Plan) -> Sequence[R]:
        """Rows that a new draft starts with, without lines yet: what its outline asks for."""
        return ()

    def missing(self, plan: Plan) -> Sequence[R]:
        """Rows of `initial` that the plan lacks, in parts that can be completed later (`asked_by`)."""
        if not self.asked_by:
            return ()
        here = {getattr(row, self.asked_by) for row in self.read(plan)}
        return [row for row in self.initial(plan) if getattr(row, self.asked_by) not in here]

    def broken_rule(self, name: str, row: Any) -> Text:
        """What is wrong in a row that breaks the rule `name` of the database; "": said in general words."""
        return ""

    def cells(self, plan: Plan, lines: Collection[UUID]) -> Cells | None:
        """What an extending part adds to some lines, to be typed; None where it cannot be."""
        return None

    @property
    def takes_cells(self) -> bool:
        return type(self).cells is not PlanPart.cells

    def left_behind(self, before: Sequence[R], after: Sequence[R]) -> Text:
        """What of an extending part's rows stays behind when its host goes along; "" when nothing does."""
        return ""

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        """Everything wrong or doubtful in the rows; pure but for reference data."""
        return ()

    # Pages

    def called(self, row: R, names: "Names") -> str:
        """What a row is called in lists of lines, with names instead of keys."""
        return row.title

    def facts(self, row: R, names: "Names") -> Sequence[tuple[Text, Text]]:
        """What a clause's page says of a row made of it: pairs of label and text, without blank ones."""
        shown = (
            (column.label, names.shown(column, column.show(getattr(row, column.name))))
            for column in self.columns
            if column.name not in ("clause", "note") and column.kind not in (Kind.LINE, Kind.LONG_TEXT)
        )
        return [(label, text) for label, text in shown if text]

    def progress(self, rows: Sequence[R]) -> Progress:
        """How far the part is filled: by default every row that stands is done."""
        return Progress(len(rows), len(rows))

    def page_context(self, plan: Plan, content: Content, names: "Names") -> dict[str, Any]:
        """What `template` needs beside the plan and its content."""
        return {}

    def columns_beside(
        self, plan: Plan, content: Content, groups: Sequence[Sequence[Row]], names: "Names"
    ) -> Sequence[ExtraColumn]:
        """Columns that an extending part puts beside the extended rows, with a foot for each group."""
        return ()

    def panels(self, plan: Plan, content: Content, names: "Names") -> Sequence[Panel]:
        """Panels that stand below the part which this one extends or depends on."""
        return ()

    def overview(self, plan: Plan, content: Content, names: "Names") -> Sequence[Panel]:
        """Panels that stand on the plan's own page."""
        return ()
