"""Reading the fixtures: values by name and kind; a mistake names file, line, record and field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from core.notation import NotationError, parse_money, parse_number
from core.vietnamese import clean
from sources.lines import Items, Lined, Unreadable, read_csv, read_yaml

FIXTURES: Path = settings.BASE_DIR / "fixtures"


class SourceError(Exception):
    """Fixtures that cannot be loaded: one line for each mistake, each with its file and place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class Record:
    """One record of a file. Whatever is never asked for is a mistake too: `finish()` says so."""

    def __init__(self, file: str, label: str, data: Mapping[str, Any], line: int = 1) -> None:
        self.file = file
        self.label = label
        self.line = line
        self._data = data
        self._lines: Mapping[str, int] = getattr(data, "lines", {})
        self._asked: set[str] = set()

    def line_of(self, field: str) -> int:
        """Where the field stands; where the record begins when it has none such."""
        return self._lines.get(field, self.line)

    def said(self, field: str, problem: str) -> str:
        return f"{self.file}, line {self.line_of(field)}: {self.label}: {field}: {problem}"

    def wrong(self, field: str, problem: str) -> SourceError:
        return SourceError([self.said(field, problem)])

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

    def verbatim(self, field: str, *, required: bool = False) -> str:
        """A text to be found in another one: exactly as it stands."""
        value = self.raw(field)
        if value is not None and not isinstance(value, str):
            raise self.wrong(field, f"{value!r} is not a text; put it in quotes")
        if required and not value:
            raise self.wrong(field, "is blank")
        return value or ""

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

    def key(self, field: str, known: Iterable[str], what: str) -> str:
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
        if not isinstance(value, list) or not all(isinstance(one, Lined) for one in value):
            raise self.wrong(field, "is not a list of records")
        return [
            Record(self.file, f"{self.label}: {field} {number}", one, one.line)
            for number, one in enumerate(value, start=1)
        ]

    def record(self, field: str) -> "Record | None":
        """The one record inside this one; None when the field holds something else."""
        value = self.raw(field)
        if not isinstance(value, Lined):
            return None
        return Record(self.file, f"{self.label}: {field}", value, value.line)

    def finish(self) -> None:
        """Everything that stands in the record was read; a misspelt field would else be lost in silence."""
        if self._asked.issuperset(self._data):
            return
        raise self.wrong(min(set(self._data) - self._asked), "is not a field of this file")

    def fits(self, row: models.Model) -> None:
        """A text that does not fit its column is a mistake on every database, not on PostgreSQL alone."""
        for field in row._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length:
                self.fits_in(field.name, getattr(row, field.attname), field.max_length)

    def fits_in(self, field: str, text: str, limit: int) -> None:
        if len(text) > limit:
            raise self.wrong(field, f"{len(text)} characters; at most {limit} fit. Shorten it")

    def runs_forward(self, first: str, last: str, begin: Any, end: Any) -> None:
        """Neither years nor days nor values may run backwards."""
        if begin is not None and end is not None and begin > end:
            problem = f"{begin} comes after {end} ({last}); exchange them or mend one"
            raise self.wrong(first, problem)


def records(path: Path, *label_fields: str, unique: bool = False) -> list[Record]:
    """The records of a YAML list, each called by the first of `label_fields` that it has and its number.

    With `unique` no two of them may have the same first of these fields.
    """
    data = _load(path)
    if not isinstance(data, Items):
        raise SourceError([f"{shown(path)}, line 1: is not a list"])
    found = []
    for number, one in enumerate(data, start=1):
        if not isinstance(one, Lined):
            place = f"{shown(path)}, line {data.lines[number - 1]}"
            raise SourceError([f"{place}: record {number}: is not a record"])
        found.append(Record(shown(path), _label(one, number, label_fields), one, one.line))
    if unique:
        refuse_twice(found, label_fields[0])
    return found


def records_if_any(path: Path, *label_fields: str, unique: bool = False) -> list[Record]:
    """The same of a file that may be absent."""
    return records(path, *label_fields, unique=unique) if path.exists() else []


def record(path: Path) -> Record:
    """The one record of a YAML file."""
    data = _load(path)
    if not isinstance(data, Lined):
        raise SourceError([f"{shown(path)}, line 1: is not a record"])
    return Record(shown(path), str(data.get("slug", path.stem)), data, data.line)


def rows(path: Path, key: str) -> Iterator[Record]:
    """The rows of a CSV file with a head row, called by their `key`."""
    try:
        for row in read_csv(path):
            yield Record(shown(path), row.get(key) or "", row, row.line)
    except Unreadable as problem:
        raise _unreadable(path, problem) from None
    except (FileNotFoundError, UnicodeDecodeError) as problem:
        raise _no_text(path, problem) from None


def refuse_twice(found: Iterable[Record], field: str) -> None:
    """What tells records apart may stand once."""
    seen: dict[str, Record] = {}
    for one in found:
        value = str(one.raw(field) or "")
        if value and value in seen:
            before = seen[value]
            raise one.wrong(
                field, f"“{value}” stands already in {before.file}, line {before.line}; rename or remove one"
            )
        seen[value] = one


def text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as problem:
        raise _no_text(path, problem) from None


def shown(path: Path) -> str:
    """How messages call a file: from its `fixtures` folder on."""
    return "/".join(path.parts[path.parts.index("fixtures") :]) if "fixtures" in path.parts else str(path)


def _load(path: Path) -> Any:
    try:
        return read_yaml(path)
    except Unreadable as problem:
        raise _unreadable(path, problem) from None
    except (FileNotFoundError, UnicodeDecodeError) as problem:
        raise _no_text(path, problem) from None


def _unreadable(path: Path, problem: Unreadable) -> SourceError:
    place = f", line {problem.line}" if problem.line else ""
    return SourceError([f"{shown(path)}{place}: {problem}"])


def _no_text(path: Path, problem: Exception) -> SourceError:
    missing = isinstance(problem, FileNotFoundError)
    return SourceError([f"{shown(path)}: {'there is no such file' if missing else 'is not text in UTF-8'}"])


def _label(data: dict[str, Any], number: int, fields: Sequence[str]) -> str:
    parts = [str(data[field]) for field in fields if data.get(field) not in (None, "")]
    return f"{'.'.join(parts)} (record {number})" if parts else f"record {number}"
