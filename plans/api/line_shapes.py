"""Lines of a plan in JSON, drawn from the declared columns: what is read, what is sent, what a part is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.drainage import set_override
from rest_framework import serializers

from core.api.fields import ByAttributes, ClosedSerializer, Day, DecimalText
from core.api.schema import AnyOf
from core.notation import FIRST_YEAR, LAST_YEAR
from plans.api.line_values import LONGEST_PARTY, MOST_PARTIES, longest
from plans.api.rows import fields_of
from plans.parts import registry
from plans.parts.base import PlanPart, Row
from plans.parts.columns import Column, Kind


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as it is read: its row, the cells of extending parts, what cannot be read in it."""

    part: str
    row: Row
    etag: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)
    unreadable: Sequence[Mapping[str, str]] = ()


def every_part() -> list[PlanPart[Any]]:
    return registry.parts()


def lined_parts() -> list[PlanPart[Any]]:
    """The parts whose rows are lines of their own, and can be written."""
    return [part for part in registry.parts() if part.line_kind is not None]


# --- What is read


class UnreadableValue(serializers.Serializer[Any]):
    """A value that somebody typed on a page and that cannot be stored; a good one takes its place."""

    path = serializers.CharField(help_text="Of the field, such as total_need or allocations/2009/NSTW.")
    typed = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class CellsField(serializers.Field[Any, Any, Any, Any]):
    """What an extending part adds to a line: nested objects by its keys, with the amounts inside."""

    def __init__(self, part: PlanPart[Any], **said: Any) -> None:
        super().__init__(help_text=_cells_help(part), **said)
        self.key = part.key
        amount: dict[str, Any] = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
        for _key in part.key_fields:
            amount = {"type": "object", "additionalProperties": amount}
        set_override(self, "field", amount)

    def get_attribute(self, instance: ReadLine) -> Any:
        return instance.cells[self.key]

    def to_representation(self, value: Any) -> Any:
        return value


def _cells_help(part: PlanPart[Any]) -> str:
    keys = ", ".join(str(part.columns_by_name[name].label) for name in part.key_fields)
    unit = part.columns_by_name[part.cell_value].unit
    return f"{part.label}: {keys}; “*”: -. {unit}"


@cache
def line_class(part_key: str) -> type[ByAttributes]:
    """The serializer of what is read of a line."""
    part = registry.get(part_key)

    def get_fields(self: Any) -> dict[str, Any]:
        name = serializers.CharField()
        set_override(name, "field", {"type": "string", "const": part.key})
        fields: dict[str, Any] = {"part": name, **fields_of(part.row_type, "row")}
        if part.line_kind is None:
            return fields
        fields |= {
            "line": serializers.UUIDField(source="row.line"),
            "row_version": serializers.IntegerField(source="row.row_version"),
            "etag": serializers.CharField(help_text="To be sent as If-Match."),
        }
        for extension in registry.extensions_of(part.key):
            fields[extension.key] = CellsField(extension)
        fields["unreadable"] = UnreadableValue(many=True)
        return fields

    said = f"A row of the part “{part.key}” of a plan."
    name = f"{part.model.__name__}Line"
    return type(name, (ByAttributes,), {"get_fields": get_fields, "__doc__": said, "__module__": __name__})


# --- What is sent


def _text(column: Column, **said: Any) -> Any:
    blank = {"allow_blank": not column.required}
    return serializers.CharField(max_length=longest(column), **blank, **said)


def _whole(least: int, most: int) -> Callable[..., Any]:
    def make(column: Column, **said: Any) -> Any:
        return serializers.IntegerField(
            min_value=least, max_value=most, allow_null=not column.required, **said
        )

    return make


def _party_list(column: Column, **said: Any) -> Any:
    token = serializers.CharField(max_length=LONGEST_PARTY)
    return serializers.ListField(child=token, max_length=MOST_PARTIES, **said)


_INPUTS: Mapping[Kind, Callable[..., Any]] = {
    **dict.fromkeys(Kind, _text),
    Kind.YEAR: _whole(FIRST_YEAR, LAST_YEAR),
    Kind.INTEGER: _whole(-(10**9), 10**9),
    Kind.NUMBER: lambda column, **said: DecimalText(allow_null=True, **said),
    Kind.MONEY: lambda column, **said: DecimalText(allow_null=True, **said),
    Kind.DATE: lambda column, **said: Day(allow_null=True, **said),
    Kind.FLAG: lambda column, **said: serializers.BooleanField(**said),
    Kind.PARTIES: _party_list,
}


def _input_fields(part: PlanPart[Any], *, new: bool) -> dict[str, Any]:
    fields = {}
    for column in part.columns:
        if column.editable:
            said = {"required": new and column.required, "label": column.label, "help_text": _help(column)}
            fields[column.name] = _INPUTS[column.kind](column, **said)
    for extension in registry.extensions_of(part.key):
        if extension.takes_cells:
            fields[extension.key] = CellsField(extension, required=False)
    return fields


def _help(column: Column) -> str:
    choices = ", ".join(key for key, _label in column.choices)
    return " ".join(f"{one}" for one in (column.label, column.help, column.unit, choices) if one)


def _input_class(name: str, said: str, get_fields: Callable[[Any], dict[str, Any]]) -> Any:
    return type(
        name, (ClosedSerializer,), {"get_fields": get_fields, "__doc__": said, "__module__": __name__}
    )


@cache
def new_class(part_key: str) -> Any:
    """What is sent for a new line."""
    part = registry.get(part_key)
    said = f"A new line of the part “{part.key}”."
    return _input_class(f"New{part.model.__name__}", said, lambda self: _input_fields(part, new=True))


@cache
def change_class(part_key: str) -> Any:
    """What is sent to change a line: the fields that change; null and "" empty one."""
    part = registry.get(part_key)
    said = f"Values of a line of the part “{part.key}”; what is left out stays."
    return _input_class(f"{part.model.__name__}Values", said, lambda self: _input_fields(part, new=False))


@cache
def row_class(part_key: str) -> Any:
    """One row of many: a new line, or with `line` and `row_version` values of one that stands."""
    part = registry.get(part_key)

    def get_fields(self: Any) -> dict[str, Any]:
        identity = {
            "line": serializers.UUIDField(required=False, allow_null=True),
            "row_version": serializers.IntegerField(required=False, allow_null=True, min_value=1),
        }
        return identity | _input_fields(part, new=False)

    said = f"A new line of the part “{part.key}”, or with `line` and `row_version` values of one that stands."
    return _input_class(f"{part.model.__name__}InBulk", said, get_fields)


@cache
def bulk_class(part_key: str) -> Any:
    """Rows of one part, new ones and changes; `dry_run` says what would come of them and keeps nothing."""
    name = f"{registry.get(part_key).model.__name__}Rows"

    def get_fields(self: Any) -> dict[str, Any]:
        row = row_class(part_key)()
        rows = serializers.ListField(child=row, min_length=1, max_length=settings.API_BULK_ROWS)
        return {"rows": rows, "dry_run": serializers.BooleanField(default=False)}

    said = f"Rows of the part “{part_key}”; a dry run says what would come of them and keeps nothing."
    return _input_class(name, said, get_fields)


def any_of(name: str, shape: Callable[[str], Any], parts: Callable[[], Sequence[PlanPart[Any]]]) -> Any:
    """In the schema: the shape of one of the parts."""
    return AnyOf(name, lambda: [shape(part.key) for part in parts()], None)


# --- What is said of a part


class PartChoice(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()


class PartColumn(serializers.Serializer[Any]):
    """A column as it is declared; `max_length` of texts alone."""

    name = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    help = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()
    writable = serializers.BooleanField(source="editable")
    max_length = serializers.IntegerField(allow_null=True, source="longest")
    choices = PartChoice(many=True, source="listed")


class PartData(serializers.Serializer[Any]):
    """A part of a plan: its columns; of an extending part the keys and the value of its cells."""

    part = serializers.CharField(source="key")
    label = serializers.CharField()
    writable = serializers.BooleanField(help_text="Whether its lines can be added and changed by themselves.")
    extends = serializers.CharField(allow_blank=True, help_text="The part whose lines it extends.")
    extended_by = serializers.ListField(child=serializers.CharField())
    cell_keys = serializers.ListField(child=serializers.CharField())
    cell_value = serializers.CharField(allow_blank=True)
    cells_writable = serializers.BooleanField()
    columns = PartColumn(many=True)
    lines = serializers.URLField(help_text="The address of its rows.")


class PartsData(serializers.Serializer[Any]):
    parts = PartData(many=True)
