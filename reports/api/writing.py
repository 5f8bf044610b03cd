"""Rows of a filing as JSON brings them, in the texts that the form would send, with the way back to each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from core.notation import format_money
from reports.api.inputs import KEYS
from reports.filing.editing import RowName
from reports.filing.shapes import FLOW_KINDS
from reports.filing.sheet import FIELDS


@dataclass
class Sent:
    """Rows by name with the texts of their fields, their versions, and the JSON pointer of each path."""

    rows: dict[RowName, dict[str, str]] = field(default_factory=dict)
    versions: dict[RowName, int] = field(default_factory=dict)
    pointers: dict[str, str] = field(default_factory=dict)

    def add(self, name: RowName, said: Mapping[str, Any], at: str, of_row: str) -> None:
        """One row; `at` is where it stands in the body, `of_row` what is pointed to when itself is wrong."""
        typed = self.rows.setdefault(name, {})
        self.pointers[name] = of_row
        for path, text, pointer in _texts(name.partition("/")[0], said):
            typed[path] = text
            self.pointers[f"{name}/{path}"] = f"{at}/{pointer}"


def _texts(section: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Field, text and pointer of every value that was sent of a row."""
    for name, (_read, write) in FIELDS[section].items():
        if name in said:
            yield name, write(said[name]), name
    for number, source in enumerate(said.get("sources", ())):
        for kind in FLOW_KINDS:
            if kind in source:
                path = f"{source['source']}/{kind}"
                yield path, format_money(source[kind]), f"sources/{number}/{kind}"


def sent_rows(said: Mapping[str, Any]) -> Sent:
    """The rows of a `FilingChange`, each once. Raises 400 for a row or a source that stands there twice."""
    sent = Sent()
    twice: dict[str, Any] = {}
    if "texts" in said:
        sent.add("text", said["texts"], "/texts", "/texts/row_version")
        sent.versions["text"] = said["texts"]["row_version"]
    for section, key in KEYS.items():
        for number, row in enumerate(said.get(section, ())):
            name = f"{section}/{row[key]}"
            if name in sent.rows:
                twice.setdefault(section, {})[str(number)] = {key: _twice()}
                continue
            if repeated := list(_repeated_sources(row)):
                twice.setdefault(section, {})[str(number)] = {"sources": dict(repeated)}
            sent.add(name, row, f"/{section}/{number}", f"/{section}/{number}/{key}")
            sent.versions[name] = row["row_version"]
    if twice:
        raise serializers.ValidationError(twice)
    return sent


def sent_row(name: RowName, said: Mapping[str, Any], version: int) -> Sent:
    """One row, whose values stand at the top of the body."""
    if repeated := dict(_repeated_sources(said)):
        raise serializers.ValidationError({"sources": repeated})
    sent = Sent(versions={name: version})
    sent.add(name, said, "", "")
    return sent


def _repeated_sources(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for number, source in enumerate(row.get("sources", ())):
        if source["source"] in seen:
            yield str(number), {"source": _twice()}
        seen.add(source["source"])


def _twice() -> list[Any]:
    return [serializers.ErrorDetail(_("This stands twice. Send it once."), "twice")]
