"""How a part of a plan declares its fields: once, as the fields of a frozen dataclass."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models.agency import CLASSES
from core.fields import NAME_LENGTH
from core.findings import Text
from core.notation import (
    NotationError,
    decimal_string,
    format_date,
    format_money,
    format_number,
    parse_date,
    parse_integer,
    parse_money,
    parse_number,
    parse_year,
)
from core.vietnamese import clean


class Kind(StrEnum):
    """What a field holds; decides how it is stored, typed, shown, compared and exported."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    YEAR = "year"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    AGENCY = "agency"  # key of an Agency, "" when none
    GROUP = "group"  # key of an AgencyGroup
    CLASS = "class"  # a class of agencies
    SOURCE = "source"  # code of a FundingSource
    INDICATOR = "indicator"  # code of an Indicator
    DOCUMENT = "document"  # slug of a LegalDocument
    LINE = "line"  # UUID of a PlanLine
    LINES = "lines"  # several
    PARTIES = "parties"  # agencies, groups, classes or words


# Kinds stored as a foreign key: the attribute of the referred row that stands for it everywhere else.
REFERENCES: dict[Kind, str] = {
    Kind.AGENCY: "key",
    Kind.GROUP: "key",
    Kind.SOURCE: "code",
    Kind.INDICATOR: "code",
    Kind.DOCUMENT: "slug",
    Kind.LINE: "uuid",
}


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Who leads or co-operates: `kind` is agency, group, class or text, `value` its key or the words."""

    kind: str
    value: str

    @property
    def token(self) -> str:
        return f"{self.kind}:{self.value}"

    @classmethod
    def parse(cls, token: str) -> "Party":
        """Read `agency:p82`, `group:pilot-2008`, `class:provinces` or `text:...`; bare words are text."""
        kind, colon, value = token.partition(":")
        if colon and kind in ("agency", "group", "class", "text") and value.strip():
            return cls(kind, clean(value))
        return cls("text", clean(token))


@dataclass(frozen=True, slots=True)
class Column:
    """One declared field: its name on row and model, what users call it, how it is read and written."""

    name: str
    label: Text
    kind: Kind
    unit: Text = ""
    help: Text = ""
    required: bool = False
    max_length: int = NAME_LENGTH
    choices: tuple[tuple[str, Text], ...] = ()
    editable: bool = True
    lookup: str = ""  # the values() path that reads it, when not derived from the name
    legal: Text = ""  # the place that asks for it, where that is another than the whole part's

    @property
    def path(self) -> str:
        if self.lookup:
            return self.lookup
        attribute = REFERENCES.get(self.kind)
        return f"{self.name}__{attribute}" if attribute else self.name

    def parse(self, raw: str) -> Any:
        """The value of what was typed. Raises `NotationError` that names the value and the remedy."""
        if self.required and not clean(raw):
            raise NotationError(
                "required", raw, _("“%(label)s” is empty.") % {"label": self.label}, _("Fill it in.")
            )
        return _PARSERS[self.kind](self, raw)

    def show(self, value: Any) -> str:
        """The value as an official writes it; the text that `parse` reads back."""
        return _SHOW[self.kind](value)

    def dump(self, value: Any) -> Any:
        """The value in canonical JSON: decimal strings, ISO dates, None for blank."""
        if self.kind in (Kind.MONEY, Kind.NUMBER):
            return decimal_string(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, UUID):
            return str(value)
        if self.kind is Kind.PARTIES:
            return [party.token for party in value]
        if self.kind is Kind.LINES:
            return [str(one) for one in value]
        return value

    def load(self, data: Any) -> Any:
        """The inverse of `dump`."""
        if self.kind is Kind.PARTIES:
            return tuple(Party.parse(token) for token in data)
        if self.kind is Kind.LINES:
            return tuple(UUID(one) for one in data)
        if data is None:
            return None
        if self.kind in (Kind.MONEY, Kind.NUMBER):
            return Decimal(data)
        if self.kind is Kind.DATE:
            return date.fromisoformat(data)
        if self.kind is Kind.LINE:
            return UUID(data)
        return data


def column(label: Text, kind: Kind = Kind.TEXT, default: Any = "", **options: Any) -> Any:
    """A dataclass field that declares a column."""
    return dataclasses.field(default=default, metadata={"column": (label, kind, options)})


def columns_of(row_type: type) -> tuple[Column, ...]:
    found = []
    for one in dataclasses.fields(row_type):
        declared = one.metadata.get("column")
        if declared:
            label, kind, options = declared
            found.append(Column(name=one.name, label=label, kind=kind, **options))
    return tuple(found)


def _text(column: Column, raw: str) -> str:
    value = clean(raw)
    if len(value) > column.max_length:
        raise NotationError(
            "too_long",
            raw,
            _("“%(label)s” has %(length)d characters; at most %(limit)d fit.")
            % {"label": column.label, "length": len(value), "limit": column.max_length},
            _("Shorten it."),
        )
    return value


def _choice(column: Column, raw: str) -> str:
    value = raw.strip()
    if value and value not in {key for key, _label in column.choices}:
        raise NotationError(
            "unknown_choice",
            raw,
            _("“%(value)s” is not one of the choices of “%(label)s”.")
            % {"value": raw, "label": column.label},
            _("Choose one of the list."),
        )
    return value


def _tokens(column: Column, raw: str) -> tuple[Party, ...]:
    parties = tuple(dict.fromkeys(Party.parse(token) for token in raw.splitlines() if clean(token)))
    for party in parties:
        if party.kind == "text":
            _text(column, party.value)
        elif party.kind == "class" and not CLASSES.get(party.value):
            raise NotationError(
                "unknown_reference",
                raw,
                _("There is no “%(key)s”.") % {"key": party.value},
                _("Choose one of the list."),
            )
    return parties


def _show_plain(value: Any) -> str:
    return "" if value is None else str(value)


_PARSERS: dict[Kind, Callable[[Column, str], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: lambda column, raw: clean(raw, multiline=True),
    Kind.INTEGER: lambda column, raw: parse_integer(raw),
    Kind.YEAR: lambda column, raw: parse_year(raw),
    Kind.NUMBER: lambda column, raw: parse_number(raw),
    Kind.MONEY: lambda column, raw: parse_money(raw),
    Kind.DATE: lambda column, raw: parse_date(raw),
    Kind.CHOICE: _choice,
    Kind.FLAG: lambda column, raw: raw.strip() not in ("", "0", "false"),
    Kind.AGENCY: lambda column, raw: raw.strip(),
    Kind.GROUP: lambda column, raw: raw.strip(),
    Kind.CLASS: lambda column, raw: raw.strip(),
    Kind.SOURCE: lambda column, raw: raw.strip(),
    Kind.INDICATOR: lambda column, raw: raw.strip(),
    Kind.DOCUMENT: lambda column, raw: raw.strip(),
    Kind.LINE: lambda column, raw: UUID(raw.strip()) if raw.strip() else None,
    Kind.LINES: lambda column, raw: tuple(UUID(one) for one in raw.split()),
    Kind.PARTIES: _tokens,
}
_SHOW: dict[Kind, Callable[[Any], str]] = {
    **dict.fromkeys(Kind, _show_plain),
    Kind.NUMBER: format_number,
    Kind.MONEY: format_money,
    Kind.DATE: format_date,
    Kind.FLAG: lambda value: "1" if value else "",
    Kind.LINES: lambda value: " ".join(str(one) for one in value),
    Kind.PARTIES: lambda value: "\n".join(party.token for party in value),
}
