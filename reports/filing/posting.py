"""Reading a posted form: which rows were touched, with their texts and the versions they were shown in."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from reports.filing.editing import as_kept
from reports.filing.sheet import FIELDS

VERSION, SEEN = "version:", "seen:"


@dataclass(frozen=True, slots=True)
class Posted:
    """The touched rows and the versions in which they were shown."""

    rows: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, int]

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by path."""
        return {f"{row}/{name}": text for row, typed in self.rows.items() for name, text in typed.items()}


NOTHING_POSTED = Posted({}, {})


def digest_of(values: Mapping[str, str]) -> str:
    """A short mark of some texts, as a form would send them back."""
    said = "\0".join(f"{path}={text.strip()}" for path, text in sorted(values.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def split(path: str) -> tuple[str, str]:
    """A field's path as the name of its row and of the field: `tasks/<line>/status`, `text/summary`."""
    parts = path.split("/")
    at = 1 if parts[0] == "text" else 2
    return "/".join(parts[:at]), "/".join(parts[at:])


def posted_rows(data: QueryDict) -> Posted:
    """The rows of a form sent back; what was seen and not touched is left alone, whoever changed it."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for key in data:
        if "/" in key and key.partition("/")[0] in FIELDS:
            row, name = split(key)
            rows[row][name] = as_kept(str(data[key]))
    touched = {
        row: texts
        for row, texts in rows.items()
        if data.get(f"{SEEN}{row}", "") != digest_of({f"{row}/{name}": text for name, text in texts.items()})
    }
    return Posted(touched, {row: _version(data.get(f"{VERSION}{row}", "")) for row in touched})


def _version(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 9 else 0
