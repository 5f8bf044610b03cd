"""Figures as canonical JSON and back. A compilation keeps the text; nothing later changes it."""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from agencies.audit import canonical
from core.notation import decimal_string
from reports.figures.shapes import ComplianceFigures

SCHEMA = 1


def freeze(figures: ComplianceFigures) -> str:
    """The one JSON text of the figures: decimals as strings, ISO dates, moments in UTC, None for blank."""
    return canonical({"schema": SCHEMA, "figures": _plain(figures)})


def thaw(text: str) -> ComplianceFigures:
    """The inverse of `freeze`."""
    data = json.loads(text)
    if data["schema"] != SCHEMA:
        raise ValueError(f"figures of schema {data['schema']}; this release reads {SCHEMA}")
    figures: ComplianceFigures = _shaped(ComplianceFigures, data["figures"])
    return figures


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return decimal_string(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _shaped(kind: Any, data: Any) -> Any:
    """`data` as a value of the annotated type."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        return _shaped(next(one for one in typing.get_args(kind) if one is not type(None)), data)
    if origin is tuple:
        return tuple(_shaped(typing.get_args(kind)[0], one) for one in data)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _shaped(typing.get_args(kind)[1], one) for key, one in data.items()}
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _shaped(hints[name], one) for name, one in data.items() if name in hints})  # type: ignore[operator]
    if kind is Decimal:
        return Decimal(data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data
