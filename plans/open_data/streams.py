"""Data sets as CSV, JSON and JSON lines: bytes as they are read, never the whole in memory."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from core.clock import HANOI
from core.notation import decimal_string
from core.spreadsheets.values import RUNS
from plans.open_data.datasets import Chunk, DataSet, Selection
from plans.open_data.fields import Field, Type

BOM = "\ufeff"
SEPARATOR = " | "
"""Between the values of a list in one cell of a CSV file."""
GUARD = "'"

Column = Sequence[Any]


def _decimals(values: Column) -> Column:
    """Money and numbers in machine notation; a value of which many rows are full is written once."""
    written: dict[Decimal | None, str | None] = {}
    found = []
    for value in values:
        if value not in written:
            written[value] = decimal_string(value)
        found.append(written[value])
    return found


def _dates(values: Column) -> Column:
    return [value and value.isoformat() for value in values]


def _moments(values: Column) -> Column:
    return [value and moment(value) for value in values]


def moment(value: datetime) -> str:
    """To the second, with the offset of Hà Nội."""
    return value.astimezone(HANOI).isoformat(timespec="seconds")


def guarded(text: str | None) -> str | None:
    """A text that a program could take for a formula carries an apostrophe in a CSV file."""
    return GUARD + text if text and text[0] in RUNS else text


def _guarded(values: Column) -> Column:
    return [GUARD + text if text and text[0] in RUNS else text for text in values]


def _joined(values: Column) -> Column:
    return [guarded(SEPARATOR.join(map(str, value))) for value in values]


# The others `csv.writer` writes by itself as they are meant: "" for None, ISO for days and UUIDs.
_FOR_CSV: Mapping[Type, Callable[[Column], Column]] = {
    Type.TEXT: _guarded,
    Type.KEY: _guarded,
    Type.DECIMAL: _decimals,
    Type.MOMENT: _moments,
    Type.BOOLEAN: lambda values: ["" if one is None else "true" if one else "false" for one in values],
    Type.LIST: _joined,
}


def _blank_is_null(values: Column) -> Column:
    return [value if value != "" else None for value in values]


_FOR_JSON: Mapping[Type, Callable[[Column], Column]] = {
    Type.TEXT: _blank_is_null,
    Type.KEY: _blank_is_null,
    Type.CHOICE: _blank_is_null,
    Type.DECIMAL: _decimals,
    Type.DATE: _dates,
    Type.MOMENT: _moments,
    Type.UUID: lambda values: [value and str(value) for value in values],
    Type.LIST: lambda values: [[str(one) for one in value] for value in values],
}


def _rows(
    fields: Sequence[Field], chunk: Chunk, written: Mapping[Type, Callable[[Column], Column]]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a chunk, each value as it is written; a column at a time, which is a third of the time."""
    columns = [
        written[field.kind](values) if field.kind in written else values
        for field, values in zip(fields, chunk, strict=True)
    ]
    return zip(*columns, strict=True)


def csv_text(fields: Sequence[str], rows: Iterator[Sequence[Any]]) -> str:
    """A whole small table: RFC 4180 with a byte order mark, which Excel needs to read Vietnamese."""
    target = StringIO(BOM, newline="")
    target.seek(0, 2)
    writer = csv.writer(target)
    writer.writerow(fields)
    writer.writerows(rows)
    return target.getvalue()


def as_csv(data_set: DataSet, selection: Selection) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 with a byte order mark: commas, CRLF, first the names, blank cells for blanks."""
    fields = data_set.fields
    yield csv_text([field.name for field in fields], iter(())).encode()
    for chunk in data_set.chunks(selection):
        target = StringIO(newline="")
        csv.writer(target).writerows(_rows(fields, chunk, _FOR_CSV))
        yield target.getvalue().encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _objects(data_set: DataSet, selection: Selection) -> Iterator[list[str]]:
    fields = data_set.fields
    names = [field.name for field in fields]
    for chunk in data_set.chunks(selection):
        yield [_encode(dict(zip(names, row, strict=True))) for row in _rows(fields, chunk, _FOR_JSON)]


def as_json(data_set: DataSet, selection: Selection) -> Iterator[bytes]:
    """An array of objects, one a line; a file that was cut off in between is no JSON."""
    yield b"["
    before = "\n"
    for some in _objects(data_set, selection):
        yield (before + ",\n".join(some)).encode()
        before = ",\n"
    yield b"\n]\n"


def as_json_lines(data_set: DataSet, selection: Selection) -> Iterator[bytes]:
    """One object a line."""
    for some in _objects(data_set, selection):
        yield ("\n".join(some) + "\n").encode()


FORMATS: Mapping[str, tuple[str, Callable[[DataSet, Selection], Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "jsonl": ("application/jsonl", as_json_lines),
}
"""Ending of the address -> media type, and what writes it."""
