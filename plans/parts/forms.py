"""Form fields derived from the declared columns. What was typed stays text: actions parse it, not forms.

A form is always bound to the texts that it shows: so a draft value stands in its field with what is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from core.fields import NAME_LENGTH
from core.findings import Text
from core.templatetags.components import cell_id
from plans.models import Plan
from plans.parts.base import PlanPart
from plans.parts.choices import Choices
from plans.parts.columns import Column, Kind, Party
from plans.parts.grids import GridColumn

WORDS = "-words"
"""What is appended to the name of a PARTIES field for the parties that are no agency, group or class."""

# Kinds that are typed in a few characters.
_SHORT = frozenset({Kind.INTEGER, Kind.YEAR, Kind.NUMBER, Kind.MONEY, Kind.DATE})
_SHORT_LENGTH = 40
_LINES_OF_NAME, _LINES_OF_TEXT = 1, 3  # a script lets them grow with what is typed


class TypedField(forms.CharField):
    """Takes whatever was typed; whether it can be read is said by the column when it is saved."""

    column: Column | None = None  # None for a cell of another part

    def clean(self, value: Any) -> Any:
        return value


class PartiesWidget(forms.Widget):
    """Agencies, groups and classes to tick, lines of words for the others; the value is one token a line."""

    template_name = "plans/editing/parties.html"
    use_fieldset = True

    def __init__(self, choices: Choices, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = choices

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        parties = [Party.parse(token) for token in str(value or "").splitlines() if token.strip()]
        chosen = [party.token for party in parties if party.kind != "text"]
        labels = self.choices.parties()
        context["widget"] |= {
            "chosen": [(token, labels.get(token, token)) for token in chosen],
            "groups": [
                (label, [option for option in options if option[0] not in chosen])
                for label, options in self.choices.party_groups()
            ],
            "words": "\n".join(party.value for party in parties if party.kind == "text"),
            "words_name": name + WORDS,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        ticked = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name, "")]
        words = [f"text:{line}" for line in (data.get(name + WORDS) or "").splitlines() if line.strip()]
        return "\n".join(filter(None, (*ticked, *words)))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and name + WORDS not in data

    def id_for_label(self, id_: str) -> str:
        return ""


def _line(**attrs: Any) -> forms.Widget:
    return forms.TextInput({"autocomplete": "off", **attrs})


def _number(**attrs: Any) -> forms.Widget:
    return _line(inputmode="decimal", **attrs)


def widget_for(column: Column, choices: Choices) -> forms.Widget:
    """How a column is typed or chosen."""
    match column.kind:
        case Kind.LONG_TEXT:
            return forms.Textarea({"rows": _LINES_OF_TEXT})
        case Kind.TEXT if column.max_length >= NAME_LENGTH:
            return forms.Textarea({"rows": _LINES_OF_NAME, "data-limit": column.max_length})
        case Kind.TEXT:
            return _line(**{"data-limit": column.max_length})
        case Kind.DATE:
            return _line(inputmode="numeric", placeholder=_("dd/mm/yyyy"), **{"class": "short"})
        case Kind.MONEY | Kind.NUMBER:
            return _number(**{"class": "money"})
        case Kind.YEAR | Kind.INTEGER:
            return _line(inputmode="numeric", **{"class": "short"})
        case Kind.FLAG:
            return forms.Select(choices=[("", _("no")), ("1", _("yes"))])
        case Kind.PARTIES:
            return PartiesWidget(choices)
        case _:
            return forms.Select()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the fields of one line show: path -> text, and path -> what is wrong with a draft value."""

    texts: Mapping[str, str]
    problems: Mapping[str, str]


class LineForm(forms.Form):
    """The fields of one line of a part. Names are declared paths; ids are those that findings link to."""

    use_required_attribute = False

    def __init__(
        self,
        part: PlanPart[Any],
        plan: Plan,
        shown: Shown,
        *,
        line: UUID | None = None,
        locked: bool = False,
        unsaved: Iterable[str] = (),
        cells: Iterable[GridColumn] = (),
    ) -> None:
        super().__init__(data=dict(shown.texts), auto_id=f"at-{line or 'new'}-%s")
        self.part, self.shown = part, shown
        self.unsaved = frozenset(unsaved)
        self.choices = Choices(plan)
        self._columns = [column for column in part.columns if column.editable]
        for column in self._columns:
            self.fields[column.name] = self._field(column, line, locked)
        self._cells = list(cells)
        for cell in self._cells:
            attrs = {"id": cell_id(line or "new", cell.path), "aria-label": str(cell.title), "class": "money"}
            widget = _number(**attrs, **({"disabled": True} if locked else {}))
            self.fields[cell.path] = TypedField(label=str(cell.title), required=False, widget=widget)

    def _field(self, column: Column, line: UUID | None, locked: bool) -> TypedField:
        field = TypedField(
            label=str(_labelled(column)),
            help_text=str(column.help),
            required=column.required,
            widget=widget_for(column, self.choices),
        )
        field.column = column
        if isinstance(field.widget, forms.Select) and column.kind is not Kind.FLAG:
            current = self.shown.texts.get(column.name, "")
            field.widget.choices = self.choices.options(column, current)
        field.widget.attrs["id"] = cell_id(line or "new", column.name)
        if locked:
            field.widget.attrs["disabled"] = True
        return field

    def clean(self) -> dict[str, Any]:
        for path, problem in self.shown.problems.items():
            if path in self.fields:
                self.add_error(path, problem)
        return self.cleaned_data

    def lines(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The fields in declared order, each with its width: short, medium, "", long, whole, page."""
        around = [None, *self._columns, None]
        for before, column, after in zip(around, self._columns, around[2:], strict=False):
            yield self[column.name], _width(column, before, after)

    def cell_tops(self) -> list[dict[str, Any]]:
        """The cells that another part adds, under the heads that they share."""
        tops: list[dict[str, Any]] = []
        for cell in self._cells:
            if not tops or tops[-1]["top"] != cell.top:
                tops.append({"top": cell.top, "cells": []})
            tops[-1]["cells"].append({"head": cell.head, "field": self[cell.path]})
        return tops

    def typed(self, data: Mapping[str, Any], paths: Iterable[str] | None = None) -> dict[str, str]:
        """The texts of the fields that were posted; what was not posted was not typed."""
        fields = {name: field.widget for name, field in self.fields.items()}
        fields |= {name: forms.TextInput() for name in data if "/" in name}  # cells, of whatever column
        wanted = set(fields if paths is None else paths)
        return {
            name: str(widget.value_from_datadict(data, {}, name) or "")
            for name, widget in fields.items()
            if name in wanted and not widget.value_omitted_from_data(data, {}, name)
        }

    def seen(self) -> dict[str, str]:
        """What each field shows, as it comes back when nobody touches it."""
        texts = {path: self.shown.texts.get(path, "") for path in self.fields}
        return texts | {column.name: _as_posted(column, texts[column.name]) for column in self._columns}

    def words(self, path: str, text: str) -> str:
        """A text as people read it: names instead of keys."""
        field = self.fields.get(path)
        column = field.column if isinstance(field, TypedField) else None
        return self.choices.words(column, text) if column else text


def _width(column: Column, before: Column | None, after: Column | None) -> str:
    """Short values stand side by side; so do two long ones of a kind; a long text alone takes the page."""
    if column.kind in _SHORT or (column.kind is Kind.TEXT and column.max_length <= _SHORT_LENGTH):
        return "medium" if column.help or column.unit else "short"
    if column.kind in (Kind.LONG_TEXT, Kind.PARTIES):
        return "long" if any(one and one.kind is column.kind for one in (before, after)) else "page"
    return (
        "whole" if column.kind is Kind.TEXT and column.max_length >= NAME_LENGTH and column.required else ""
    )


def _labelled(column: Column) -> Text:
    return (
        _("%(label)s (%(unit)s)") % {"label": column.label, "unit": column.unit}
        if column.unit
        else column.label
    )


def _as_posted(column: Column, text: str) -> str:
    """The text as an untouched field posts it: of parties those in words come last."""
    if column.kind is not Kind.PARTIES:
        return text
    return "\n".join(sorted(text.splitlines(), key=lambda token: Party.parse(token).kind == "text"))
