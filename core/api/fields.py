"""How values stand in JSON: money and numbers as decimal strings, so that no reader loses a đồng."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.notation import FIRST_YEAR, LAST_YEAR, decimal_string

TRIEU = "triệu đồng"
LONGEST_NUMBER = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_day(text: str) -> date | None:
    """A day as 2008-07-31, of a year that pages accept too; None for anything else."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


NO_DAY = _("“%(value)s” is not a day. Write it as 2008-07-31.")


@extend_schema_field({"type": "string", "format": "date"})
class Day(serializers.Field[Any, Any, Any, Any]):
    """A day in ISO form."""

    def to_representation(self, value: date) -> str:
        return value.isoformat()

    def to_internal_value(self, data: Any) -> date:
        day = read_day(data) if isinstance(data, str) else None
        if day is None:
            raise serializers.ValidationError(NO_DAY % {"value": str(data)[:50]}, "day")
        return day


@extend_schema_field({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "examples": ["2500.5"]})
class DecimalText(serializers.Field[Any, Any, Any, Any]):
    """A Decimal as a string with a point, without grouping or closing zeros: "2500.5"."""

    default_error_messages = {
        "number_as_json": _("Write the number as a text, “2500.5”: a JSON number may lose digits."),
        "no_number": _("“{value}” is not a decimal number. Write digits with a point: “2500.5”."),
    }

    def to_representation(self, value: Decimal) -> str | None:
        return decimal_string(value)

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str):
            self.fail("number_as_json")
        whole, point, rest = data.removeprefix("-").partition(".")
        digits = whole + rest
        readable = digits.isascii() and digits.isdigit() and whole and (rest or not point)
        if not readable or len(digits) > LONGEST_NUMBER:
            self.fail("no_number", value=data[:50])
        return Decimal(data)


Reader = tuple[str, Callable[[Any], Any], Callable[[Any], Any]]


class ByAttributes(serializers.Serializer[Any]):
    """Rows of a list, read by their attributes.

    Django REST framework makes all fields anew for each answer and asks each of them whether it is readable
    for each row. For reading, a field of ours depends on nothing but its declaration: names, getters and
    writers are made once for a class. That is half of what a list of fifty rows costs.
    """

    @classmethod
    def _readers(cls) -> list[Reader]:
        readers: list[Reader] | None = cls.__dict__.get("_made_readers")
        if readers is None:
            fields = cls().fields.values()
            readers = [(one.field_name, _getter(one), one.to_representation) for one in fields]
            cls._made_readers = readers
        return readers

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {
            name: None if (value := get(instance)) is None else write(value)
            for name, get, write in self._readers()
        }


def _getter(field: Any) -> Callable[[Any], Any]:
    """Along the attributes of the field's source, up to the first that is None."""
    if type(field).get_attribute is not serializers.Field.get_attribute:
        own: Callable[[Any], Any] = field.get_attribute
        return own
    path = tuple(field.source_attrs)

    def along(row: Any) -> Any:
        for name in path:
            row = getattr(row, name)
            if row is None:
                return None
        return row

    return attrgetter(path[0]) if len(path) == 1 else along


class Shown(ByAttributes, serializers.ModelSerializer[Any]):
    """What a row of a model says: every field stands in every answer."""

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for one in fields.values():
            one.read_only, one.required = True, False
        return fields


class ClosedSerializer(serializers.Serializer[Any]):
    """A serializer that refuses, by name, fields that it does not know or that cannot be written."""

    def to_internal_value(self, data: Any) -> Any:
        wrong: dict[str, Any] = {}
        if isinstance(data, dict):
            writable = {name for name, one in self.fields.items() if not one.read_only}
            text = _("There is no such field. Known: {known}.").format(known=", ".join(sorted(writable)))
            unknown = sorted(set(data) - writable)
            wrong = {name: [serializers.ErrorDetail(text, "unknown_field")] for name in unknown}
        if not wrong:
            return super().to_internal_value(data)
        # What is wrong with the fields that there are is said along.
        try:
            super().to_internal_value(data)
        except serializers.ValidationError as found:
            if isinstance(found.detail, dict):
                wrong |= found.detail
        raise serializers.ValidationError(wrong)
