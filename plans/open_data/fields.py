"""The columns of a data set, read from where they are declared: the parts of a plan, or a model."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField
from core.findings import Text
from plans.parts.columns import REFERENCES, Column, Kind, columns_of
from plans.parts.references import REFERRED


class Type(StrEnum):
    """How a value is written, in CSV and in JSON. Whatever is blank is an empty cell, and null."""

    TEXT = "text"
    KEY = "key"  # of a row of another data set
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"  # "2500.5", in JSON too: a JSON number may lose digits
    DATE = "date"  # 2008-07-31
    MOMENT = "moment"  # with its offset
    BOOLEAN = "boolean"
    UUID = "uuid"
    LIST = "list"  # texts; in CSV between " | "


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `path` reads it from the database, `refers` is the model whose key it holds."""

    name: str
    label: Text
    kind: Type
    path: str = ""
    unit: Text = ""
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    refers: type[models.Model] | None = None
    legal: Text = ""

    def below(self, name: str, path: str, whole: Text) -> "Field":
        """The same as a column of rows that refer to its row: `plan_code` at `plan__code`, "Plan: Code"."""
        label = format_lazy("{whole}: {label}", whole=whole, label=self.label)
        return replace(self, name=f"{name}_{self.name}", path=f"{path}__{self.path}", label=label)


_TYPES: dict[Kind, Type] = {
    **dict.fromkeys(Kind, Type.TEXT),
    **dict.fromkeys(REFERENCES, Type.KEY),
    Kind.INTEGER: Type.INTEGER,
    Kind.YEAR: Type.INTEGER,
    Kind.NUMBER: Type.DECIMAL,
    Kind.MONEY: Type.DECIMAL,
    Kind.DATE: Type.DATE,
    Kind.CHOICE: Type.CHOICE,
    Kind.FLAG: Type.BOOLEAN,
    Kind.LINE: Type.UUID,
    Kind.LINES: Type.LIST,
    Kind.PARTIES: Type.LIST,
}
# What a key is called in words, in the model that it is of.
_NAMES = {
    Kind.AGENCY: "name",
    Kind.GROUP: "name",
    Kind.SOURCE: "name",
    Kind.INDICATOR: "name",
    Kind.DOCUMENT: "number",
}
_PARTIES = _("agency:key, group:key, class:key, or text: and the printed words")


def fields_of(row_type: type) -> tuple[Field, ...]:
    """The columns that a part declares; each key is followed by the name (and unit) of what it stands for."""
    return tuple(field for column in columns_of(row_type) for field in _of_column(column))


def _of_column(column: Column) -> list[Field]:
    help_text = column.help or (_PARTIES if column.kind is Kind.PARTIES else "")
    field = Field(
        name=column.name,
        label=column.label,
        kind=_TYPES[column.kind],
        path=column.path,
        unit=column.unit,
        help=help_text,
        choices=column.choices,
        refers=REFERRED[column.kind]() if column.kind in _NAMES else None,
        legal=column.legal,
    )
    if column.kind not in _NAMES:
        return [field]
    beside = {"name": (_NAMES[column.kind], _("{label}: name"))}
    if column.kind is Kind.INDICATOR:
        beside["unit"] = ("unit", _("{label}: unit"))
    return [
        field,
        *(
            Field(
                name=f"{column.name}_{name}",
                label=format_lazy(words, label=column.label),
                kind=Type.TEXT,
                path=f"{column.name}__{path}",
            )
            for name, (path, words) in beside.items()
        ),
    ]


_KEYS = ("key", "code", "slug")
Said = str | tuple[str, Text] | tuple[str, Text, Text]


def fields_of_model(model: type[models.Model], declared: Mapping[str, Said]) -> tuple[Field, ...]:
    """Columns of a model's fields: name -> path, with a label (and help) where its own says too little.

    Label, type and choices are the model's; a path that ends at the key of another row refers to it.
    """
    return tuple(_of_model(model, name, said) for name, said in declared.items())


def _of_model(model: type[models.Model], name: str, said: Said) -> Field:
    path, *words = (said,) if isinstance(said, str) else said
    steps = path.split("__")
    first = _found(model, steps[0])
    last, owner = first, model
    for step in steps[1:]:
        owner = last.related_model
        last = _found(owner, step)
    kind = _type_of(last)
    own_label: Text = first.verbose_name
    refers = None
    if len(steps) > 1 and steps[-1] in _KEYS:
        kind, refers = Type.KEY, owner
    elif len(steps) > 1:
        own_label = format_lazy("{first}: {last}", first=first.verbose_name, last=last.verbose_name)
    choices = tuple(last.choices or ()) if kind is Type.CHOICE else ()
    return Field(
        name=name,
        label=words[0] if words else capfirst(cast(str, own_label)),
        kind=kind,
        path=path,
        unit=_("million VND") if isinstance(last, MoneyField) else "",
        help=words[1] if len(words) > 1 else "",
        choices=choices,
        refers=refers,
    )


def _found(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


_OF_FIELDS: tuple[tuple[tuple[type[Any], ...], Type], ...] = (
    ((MoneyField, models.DecimalField), Type.DECIMAL),
    ((models.BooleanField,), Type.BOOLEAN),
    ((models.DateTimeField,), Type.MOMENT),
    ((models.DateField,), Type.DATE),
    ((models.UUIDField,), Type.UUID),
    ((models.IntegerField,), Type.INTEGER),
)


def _type_of(field: Any) -> Type:
    if field.choices:
        return Type.CHOICE
    return next((found for kinds, found in _OF_FIELDS if isinstance(field, kinds)), Type.TEXT)
