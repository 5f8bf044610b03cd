"""Columns of a dataclass of figures, and its rows."""

import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from core.findings import Text
from plans.open_data.fields import Field, Type

Choices = Iterable[tuple[str, Text]]


def fields_of_shape(
    shape: type,
    labels: Mapping[str, Text],
    choices: Mapping[str, Choices] | None = None,
    units: Mapping[str, Text] | None = None,
) -> tuple[Field, ...]:
    """Columns of a dataclass of figures: the named ones, typed as it declares them."""
    hints = typing.get_type_hints(shape)
    known = choices or {}
    return tuple(
        Field(
            name=name,
            label=label,
            kind=Type.CHOICE if name in known else _type_of(hints[name]),
            unit=(units or {}).get(name, ""),
            choices=tuple((str(value), text) for value, text in known.get(name, ())),
        )
        for name, label in labels.items()
    )


_TYPES: tuple[tuple[type, Type], ...] = (
    (bool, Type.BOOLEAN),
    (int, Type.INTEGER),
    (Decimal, Type.DECIMAL),
    (date, Type.DATE),
    (tuple, Type.LIST),
)


def _type_of(hint: Any) -> Type:
    whole = [typing.get_origin(one) or one for one in (hint, *typing.get_args(hint))]
    return next((found for kind, found in _TYPES if kind in whole), Type.TEXT)


def as_declared(rows: Iterable[Any], fields: Sequence[Field]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield [_plain(getattr(row, field.name)) for field in fields]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
