"""Keys in rows to ids in the database: one query for each model that is referred to."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from plans.parts.columns import REFERENCES, Column, Kind

# The models that reference columns point to; upper apps add theirs at start-up.
REFERRED: dict[Kind, Callable[[], type[models.Model]]] = {}


def refer(kind: Kind, model: type[models.Model]) -> None:
    REFERRED[kind] = lambda: model


class References:
    """Ids of the rows that columns refer to by key, one query for each referred model."""

    def __init__(self, columns: Iterable[Column], rows: Sequence[Any]) -> None:
        self._ids: dict[Kind, dict[str, Any]] = {}
        wanted: dict[Kind, set[str]] = {}
        for column in columns:
            if column.kind in REFERENCES and column.kind is not Kind.LINE:
                values = {getattr(row, column.name) for row in rows}
                wanted.setdefault(column.kind, set()).update(value for value in values if value)
            if column.kind is Kind.PARTIES:
                for row in rows:
                    for party in getattr(row, column.name):
                        kind = {"agency": Kind.AGENCY, "group": Kind.GROUP}.get(party.kind)
                        if kind:
                            wanted.setdefault(kind, set()).add(party.value)
        for kind, keys in wanted.items():
            self.need(kind, keys)

    def need(self, kind: Kind, keys: Iterable[str]) -> None:
        attribute, keys = REFERENCES[kind], set(keys)
        found = dict(
            REFERRED[kind]()
            ._default_manager.filter(**{f"{attribute}__in": keys})
            .values_list(attribute, "pk")
        )
        if missing := keys - found.keys():
            raise UnknownReference(kind, min(missing))
        self._ids.setdefault(kind, {}).update(found)

    def id_of(self, column: Column, value: Any) -> Any:
        if column.kind is Kind.LINE:
            return value
        return self._ids[column.kind][value] if value else None

    def id_by_key(self, kind: Kind, key: str) -> Any:
        return self._ids[kind][key]


class UnknownReference(LookupError):
    """A key that names nothing; `kind` and `key` say which."""

    def __init__(self, kind: Kind, key: str) -> None:
        super().__init__(f"{kind}: {key}")
        self.kind = kind
        self.key = key
