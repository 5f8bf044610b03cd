"""Serializers of the parts of a plan, derived from the columns that a part declares once."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers

from core.api.fields import DecimalText
from plans.parts.base import Row
from plans.parts.columns import Column, Kind, columns_of


class PartyToken(serializers.CharField):
    """Who leads or co-operates: `agency:p82`, `group:pilot-2008`, `class:provinces`, or `text:` and words."""

    def to_representation(self, value: Any) -> str:
        token: str = value.token
        return token


def _text(column: Column, **said: Any) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.CharField(allow_blank=True, **said)


def _optional(field: Any) -> Callable[..., serializers.Field[Any, Any, Any, Any]]:
    def make(column: Column, **said: Any) -> Any:
        return field(allow_null=True, **said)

    return make


_FIELDS: Mapping[Kind, Callable[..., serializers.Field[Any, Any, Any, Any]]] = {
    **dict.fromkeys(Kind, _text),
    Kind.INTEGER: _optional(serializers.IntegerField),
    Kind.YEAR: _optional(serializers.IntegerField),
    Kind.NUMBER: _optional(DecimalText),
    Kind.MONEY: _optional(DecimalText),
    Kind.DATE: _optional(serializers.DateField),
    Kind.FLAG: lambda column, **said: serializers.BooleanField(**said),
    Kind.LINE: _optional(serializers.UUIDField),
    Kind.LINES: lambda column, **said: serializers.ListField(child=serializers.UUIDField(), **said),
    Kind.PARTIES: lambda column, **said: serializers.ListField(child=PartyToken(), **said),
}


def fields_of(row_type: type[Row], source: str = "") -> dict[str, Any]:
    """One field for each declared column, and the line's identity; `source` is where the row hangs."""
    at = f"{source}." if source else ""
    fields: dict[str, Any] = {
        "line": serializers.UUIDField(allow_null=True, **_source("line", at)),
        "position": serializers.IntegerField(**_source("position", at)),
    }
    for column in columns_of(row_type):
        said = {"label": column.label, **_source(column.name, at)}
        if column.unit or column.help:
            said["help_text"] = " ".join(f"{one}" for one in (column.help, column.unit) if one)
        fields[column.name] = _FIELDS[column.kind](column, **said)
    return fields


def _source(name: str, at: str) -> dict[str, str]:
    return {"source": f"{at}{name}"} if at else {}
