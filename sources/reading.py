"""Reading the fixtures: each value is asked for by name and kind; a mistake names file, record and field."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from core.notation import NotationError, parse_money, parse_number
from core.vietnamese import clean

FIXTURES: Path = settings.BASE_DIR / "fixtures"
# The loader written in C reads the same language ten times as fast; PyYAML may be built without it.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SourceError(Exception):
    """Fixtures that cannot be loaded: one line for each mistake, each with its file and place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class Record:
    """One record of a file. Whatever is never asked for is a mistake too: `finish()` says so."""

    def __init__(self, file: str, label: str, data: dict[str, Any]) -> None:
        self.file = file
        self.label = label
        self._data = data
        self._asked: set[str] = set()

    def wrong(self, field: str, problem: str) -> SourceError:
        return SourceError([f"{self.file}: {self.label}: {field}: {problem}"])

    def raw(self, field: str) -> Any:
        """The value as it stands; None when the field is blank or absent."""
        self._asked.add(field)
        value = self._data.get(field)
        return None if value == "" else value

    def text(self, field: str, *, required: bool = False) -> str:
        """One line of text, cleaned; "" when blank."""
        return self._string(field, required, multiline=False)

    def long_text(self, field: str) -> str:
        return self._string(field, required=False, multiline=True)

    def _string(self, field: str, required: bool, *, multiline: bool) -> str:
        value = self.raw(field)
        if isinstance(value, bool | list | dict | date):
            raise self.wrong(field, f"{value!r} is not a text; put it in quotes")
        text = "" if value is None else clean(str(value), multiline=multiline)
        if required and not text:
            raise self.wrong(field, "is blank")
        return text

    def choice(self, field: str, allowed: Sequence[str]) -> str:
        value = self.text(field, required=True)
        if value not in allowed:
            raise self.wrong(field, f"“{value}” is not one of {', '.join(allowed)}")
        return value

    def optional_choice(self, field: str, allowed: Sequence[str]) -> str:
        return self.choice(field, allowed) if self.raw(field) is not None else ""

    def key(self, field: str, known: Sequence[str] | set[str], what: str) -> str:
        """A key that must name something; "" when blank."""
        value = self.text(field)
        if value and value not in known:
            raise self.wrong(field, f"there is no {what} “{value}”")
        return value

    def day(self, field: str) -> date | None:
        value = self.raw(field)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self.wrong(field, f"“{value}” is not a day such as 2008-03-24") from None
        if value is not None and not isinstance(value, date):
            raise self.wrong(field, f"{value!r} is not a day such as 2008-03-24")
        return value

    def year(self, field: str) -> int | None:
        value = self.raw(field)
        if value is not None and (not isinstance(value, int) or not 1900 <= value <= 2100):
            raise self.wrong(field, f"{value!r} is not a year")
        return value

    def integer(self, field: str) -> int:
        value = self.raw(field)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(field, f"{value!r} is not a whole number")
        return value

    def flag(self, field: str) -> bool:
        value = self.raw(field)
        if not isinstance(value, bool | None):
            raise self.wrong(field, f"{value!r} is neither true nor false")
        return bool(value)

    def money(self, field: str, *, required: bool = False) -> Decimal | None:
        """Triệu đồng in Vietnamese notation, in quotes: "2.500"."""
        return self._notation(field, parse_money, required)

    def number(self, field: str) -> Decimal | None:
        return self._notation(field, parse_number, required=False)

    def _notation(self, field: str, parse: Any, required: bool) -> Decimal | None:
        value = self.raw(field)
        if value is not None and not isinstance(value, str):
            raise self.wrong(field, f"{value!r} is not in quotes; write a number as it is printed, “2.500”")
        try:
            number: Decimal | None = parse(value, allow_blank=not required)
        except NotationError as problem:
            raise self.wrong(field, str(problem)) from None
        return number

    def words(self, field: str) -> list[str]:
        """A list of texts."""
        value = self.raw(field) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(field, f"{value!r} is not a list of texts")
        return [clean(one) for one in value]

    def records(self, field: str) -> list["Record"]:
        """A list of records inside this one."""
        value = self.raw(field) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(field, "is not a list of records")
        return [
            Record(self.file, f"{self.label}: {field} {number}", one)
            for number, one in enumerate(value, start=1)
        ]

    def finish(self) -> None:
        """Everything that stands in the record was read; a misspelt field would else be lost in silence."""
        if unknown := sorted(set(self._data) - self._asked):
            raise self.wrong(unknown[0], "is not a field of this file")


def records(path: Path, *label_fields: str) -> Iterator[Record]:
    """The records of a YAML list, each called by the first of `label_fields` that it has and its number."""
    data = _load(path)
    if not isinstance(data, list):
        raise SourceError([f"{shown(path)}: is not a list"])
    for number, one in enumerate(data, start=1):
        if not isinstance(one, dict):
            raise SourceError([f"{shown(path)}: record {number}: is not a record"])
        yield Record(shown(path), _label(one, number, label_fields), one)


def record(path: Path) -> Record:
    """The one record of a YAML file."""
    data = _load(path)
    if not isinstance(data, dict):
        raise SourceError([f"{shown(path)}: is not a record"])
    return Record(shown(path), str(data.get("slug", path.stem)), data)


def rows(path: Path, key: str) -> Iterator[Record]:
    """The rows of a CSV file with a head row, called by their `key`."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Record(shown(path), row.get(key) or "", dict(row))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    """How messages call a file: from its `fixtures` folder on."""
    return "/".join(path.parts[path.parts.index("fixtures") :]) if "fixtures" in path.parts else str(path)


def _load(path: Path) -> Any:
    try:
        return yaml.load(text(path), _Loader)  # noqa: S506 - a SafeLoader, in C
    except FileNotFoundError:
        raise SourceError([f"{shown(path)}: there is no such file"]) from None
    except yaml.YAMLError as problem:
        raise SourceError([f"{shown(path)}: {' '.join(str(problem).split())}"]) from None


def _label(data: dict[str, Any], number: int, fields: Sequence[str]) -> str:
    parts = [str(data[field]) for field in fields if data.get(field) not in (None, "")]
    return f"{'.'.join(parts)} (record {number})" if parts else f"record {number}"
