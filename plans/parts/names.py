"""What the keys in rows are called: agencies, groups, sources, indicators; one query for each kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import REFERENCES, Column, Kind, Party
from plans.parts.references import REFERRED

# The attributes that name a referred row: in a narrow cell, and in full.
_NAMED: dict[Kind, tuple[str, str]] = {
    Kind.AGENCY: ("short_name", "name"),
    Kind.GROUP: ("name", "name"),
    Kind.SOURCE: ("short_name", "name"),
    Kind.INDICATOR: ("name", "name"),
    Kind.DOCUMENT: ("number", "title"),
}
_KIND_OF_PARTY = {"agency": Kind.AGENCY, "group": Kind.GROUP}


@dataclass(frozen=True, slots=True)
class Name:
    short: str
    full: str


class Names:
    """Names of all keys in some contents; a key without a row stands for itself."""

    def __init__(self, *contents: Content) -> None:
        wanted: dict[Kind, set[str]] = defaultdict(set)
        for content in contents:
            for part in registry.parts():
                for column in part.columns:
                    for row in content.get(part.key, ()):
                        _collect(column, getattr(row, column.name), wanted)
        self._names = {kind: _read(kind, keys) for kind, keys in wanted.items()}

    def of(self, kind: Kind, key: str) -> Name:
        return self._names.get(kind, {}).get(key) or Name(key, key)

    def short(self, kind: Kind, key: str) -> str:
        return self.of(kind, key).short

    def party(self, party: Party) -> Name:
        """An agency, a group, a class or the printed words."""
        if party.kind in _KIND_OF_PARTY:
            return self.of(_KIND_OF_PARTY[party.kind], party.value)
        words = str(CLASS_LABELS.get(party.value, party.value)) if party.kind == "class" else party.value
        return Name(words, words)

    def parties(self, parties: Iterable[Party]) -> list[str]:
        return [self.party(party).short for party in parties]

    def shown(self, column: Column, text: str) -> Text:
        """What `Column.show` wrote, with names instead of keys."""
        if not text:
            return ""
        if column.kind in _NAMED:
            return self.of(column.kind, text).full
        if column.kind is Kind.CHOICE:
            return dict(column.choices).get(text, text)
        if column.kind is Kind.FLAG:
            return _("yes")
        if column.kind is Kind.PARTIES:
            return "; ".join(self.parties(Party.parse(token) for token in text.splitlines()))
        if column.kind is Kind.LINES:
            return _("%(count)d lines") % {"count": len(text.split())}
        return text


def _collect(column: Column, value: Any, wanted: dict[Kind, set[str]]) -> None:
    if column.kind in _NAMED and value:
        wanted[column.kind].add(value)
    elif column.kind is Kind.PARTIES:
        for party in value:
            if party.kind in _KIND_OF_PARTY:
                wanted[_KIND_OF_PARTY[party.kind]].add(party.value)


def _read(kind: Kind, keys: set[str]) -> dict[str, Name]:
    key, (short, full) = REFERENCES[kind], _NAMED[kind]
    rows = REFERRED[kind]()._default_manager.filter(**{f"{key}__in": keys}).values_list(key, short, full)
    return {one: Name(brief or whole, whole) for one, brief, whole in rows}
