"""What a program sends for a line, read as strictly as it is declared, and handed on as the text of a page.

So the rules of a value stand once, in `Column.parse` and the cells. Dates come as 2008-07-31, numbers as
decimal strings; null and "" empty a field. Everything that cannot be read is said at once.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from core.api.fields import Day, DecimalText
from core.api.problems import escaped
from core.findings import Finding, Place, error
from core.notation import format_date
from core.vietnamese import clean
from plans.content.bulk import TypedLine
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.columns import Column, Kind

LONGEST_TEXT = 100_000
LONGEST_KEY = 200
LONGEST_PARTY = 550
MOST_PARTIES = 200
ANSWERED = ("part", "line", "position", "row_version", "etag", "unreadable")
"""What an answer says of a line beside the columns of its part."""
_LARGEST_INTEGER = 10**9


class _Unreadable(Exception):
    """A value of another kind than was declared."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


def longest(column: Column) -> int:
    """How many characters a column takes here, blanks included."""
    if column.kind is Kind.TEXT:
        return column.max_length
    return LONGEST_TEXT if column.kind is Kind.LONG_TEXT else LONGEST_KEY


def read_line(part: PlanPart[Any], said: Any, line: UUID | None = None) -> TypedLine:
    """The fields of one JSON object; what is wrong with it goes along and bars it."""
    typed: dict[str, str] = {}
    found: list[Finding] = []
    for path, value in _texts(part, said):
        if isinstance(value, _Unreadable):
            found.append(error(value.code, value.text, Place(path=path)))
        else:
            typed[path] = value
    return TypedLine(typed, line, found=found)


def writable(part: PlanPart[Any]) -> list[str]:
    """The names of what can be sent for a line of a part."""
    extensions = [one.key for one in registry.extensions_of(part.key) if one.takes_cells]
    return [column.name for column in part.columns if column.editable] + extensions


def _texts(part: PlanPart[Any], said: Any) -> Iterator[tuple[str, str | _Unreadable]]:
    """path -> the text, or why there is none."""
    if not isinstance(said, dict):
        yield "", _Unreadable("not_object", _("A line is an object with the names of its fields."))
        return
    known = writable(part)
    extensions = {one.key for one in registry.extensions_of(part.key)}
    only_read = {*ANSWERED, *part.columns_by_name, *extensions} - set(known)
    for name, value in said.items():
        column = part.columns_by_name.get(name)
        if name in only_read:
            yield name, _Unreadable("not_written", _("This field is only read. Leave it out: it stays."))
        elif name not in known:
            text = _("There is no such field. Known: {known}.").format(known=", ".join(sorted(known)))
            yield escaped(name), _Unreadable("unknown_field", text)
        elif column is None:
            extension = registry.get(name)
            yield from _cells(extension, value, name, len(extension.key_fields))
        else:
            yield name, _read(column, value)


def _cells(part: PlanPart[Any], said: Any, path: str, depth: int) -> Iterator[tuple[str, str | _Unreadable]]:
    """The values at the ends of nested objects: {"2009": {"NSTW": "1500"}}."""
    if depth == 0:
        yield path, _read(part.columns_by_name[part.cell_value], said)
    elif isinstance(said, dict):
        for key, value in said.items():
            yield from _cells(part, value, f"{path}/{escaped(key)}", depth - 1)
    else:
        keys = ", ".join(str(part.columns_by_name[name].label) for name in part.key_fields)
        text = _("Write nested objects, by %(keys)s, with the amounts as texts inside.") % {"keys": keys}
        yield path, _Unreadable("not_object", text)


def _read(column: Column, value: Any) -> str | _Unreadable:
    try:
        return _READERS[column.kind](column, value)
    except _Unreadable as problem:
        return problem


def _text(column: Column, value: Any) -> str:
    if not isinstance(value, str):
        raise _Unreadable("not_text", _("Write a text; “” empties the field."))
    if len(value) > longest(column):
        text = _("“%(label)s” has %(length)d characters; at most %(limit)d fit.")
        said = {"label": column.label, "length": len(value), "limit": longest(column)}
        raise _Unreadable("too_long", text % said)
    return value


def _choice(column: Column, value: Any) -> str:
    text = _text(column, value)
    if text and text not in (keys := [key for key, _label in column.choices]):
        said = _("“%(value)s” is none of the choices: %(choices)s.")
        raise _Unreadable("unknown_choice", said % {"value": text[:50], "choices": ", ".join(keys)})
    return text


def _integer(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST_INTEGER:
        raise _Unreadable("not_integer", _("Write a whole number, or null to empty the field."))
    return str(value)


def _number(column: Column, value: Any) -> str:
    if value is None:
        return ""
    number: Decimal = _by_field(DecimalText(), value)
    return column.show(number)


def _date(column: Column, value: Any) -> str:
    return "" if value is None else format_date(_by_field(Day(), value))


def _by_field(field: Any, value: Any) -> Any:
    try:
        return field.to_internal_value(value)
    except ValidationError as refused:
        (detail,) = refused.detail
        raise _Unreadable(detail.code, str(detail)) from None


def _flag(column: Column, value: Any) -> str:
    if not isinstance(value, bool):
        raise _Unreadable("not_boolean", _("Write true or false."))
    return "1" if value else ""


def _parties(column: Column, value: Any) -> str:
    """One token a line, as pages post them."""
    fits = isinstance(value, list) and len(value) <= MOST_PARTIES
    if not fits or not all(isinstance(one, str) and 0 < len(one) <= LONGEST_PARTY for one in value):
        text = _("Write a list of at most %(most)d texts, such as “agency:p82” or “text:” and words.")
        raise _Unreadable("not_parties", text % {"most": MOST_PARTIES})
    return "\n".join(clean(one) for one in value)


def _never(column: Column, value: Any) -> NoReturn:
    raise _Unreadable("not_written", _("This field cannot be written here."))


_READERS: Mapping[Kind, Callable[[Column, Any], str]] = {
    **dict.fromkeys(Kind, _text),
    Kind.CHOICE: _choice,
    Kind.INTEGER: _integer,
    Kind.YEAR: _integer,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.FLAG: _flag,
    Kind.PARTIES: _parties,
    Kind.LINE: _never,
    Kind.LINES: _never,
}
