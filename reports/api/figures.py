"""The figures of a period in JSON, derived from the dataclasses that page, PDF and XLSX print.

Money is in triệu đồng and shares are in per cent, as decimal texts; what nobody stated is null.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from rest_framework import serializers

from core.api.fields import TRIEU, ByAttributes, DecimalText
from reports.figures.agency_money import Amounts, Undivided
from reports.figures.shapes import (
    AssignedFigure,
    ClassTimeliness,
    ComplianceFigures,
    ContentRow,
    Money,
    MoneyRow,
    Obligation,
    ProgrammeMoney,
    ProjectFigure,
    Shortfall,
    TargetFigure,
    TaskFigure,
)


class MoneyUnit(serializers.CharField):
    """The unit of all money of an answer."""

    def __init__(self, **said: Any) -> None:
        super().__init__(read_only=True, help_text=f"Always “{TRIEU}”.", **said)

    def get_attribute(self, instance: Any) -> str:
        return TRIEU


_PLAIN: Mapping[type, Callable[..., Any]] = {
    str: lambda **said: serializers.CharField(allow_blank=True, **said),
    int: serializers.IntegerField,
    bool: serializers.BooleanField,
    Decimal: DecimalText,
    date: serializers.DateField,
    datetime: serializers.DateTimeField,
}
_SHAPES: dict[type, type[ByAttributes]] = {}


def shape_of(kind: type, *computed: str, **more: Any) -> Any:
    """The serializer of a dataclass: a field for each of its own, for `computed` properties, and `more`."""
    hints = typing.get_type_hints(kind)
    for name in computed:
        hints[name] = typing.get_type_hints(getattr(kind, name).fget)["return"]
    names = [*(one.name for one in fields(kind)), *computed]
    made: dict[str, Any] = {name: _field(hints[name]) for name in names}
    said = {"__doc__": kind.__doc__, "__module__": __name__}
    _SHAPES[kind] = type(f"{kind.__name__}Data", (ByAttributes,), {**said, **made, **more})
    return _SHAPES[kind]


def _field(hint: Any, **said: Any) -> Any:
    """The field of an annotated type; a shape within another was derived before it."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _field(next(one for one in inner if one is not type(None)), allow_null=True)
    if origin is not None and issubclass(origin, Mapping):
        return serializers.DictField(child=_field(inner[1]), **said)
    if origin is not None:  # a tuple or a sequence of one type
        shape = _SHAPES.get(inner[0])
        return shape(many=True, **said) if shape else serializers.ListField(child=_field(inner[0]), **said)
    if hint in _SHAPES:
        return _SHAPES[hint](**said)
    if issubclass(hint, Enum):
        return serializers.ChoiceField(choices=[one.value for one in hint], **said)
    return _PLAIN[hint](**said)


AssignedData = shape_of(AssignedFigure)
ClassTimelinessData = shape_of(ClassTimeliness, "on_time_share")
ObligationData = shape_of(Obligation)
TaskFigureData = shape_of(TaskFigure)
MoneyData = shape_of(Money, "disbursed_share")
MoneyRowData = shape_of(MoneyRow)
ProjectFigureData = shape_of(ProjectFigure)
ContentRowData = shape_of(ContentRow)
ProgrammeMoneyData = shape_of(ProgrammeMoney)
TargetFigureData = shape_of(TargetFigure, "met_share")
ShortfallData = shape_of(Shortfall)
ComplianceData = shape_of(ComplianceFigures, money_unit=MoneyUnit())
AmountsData = shape_of(Amounts, "national")
UndividedData = shape_of(Undivided)
