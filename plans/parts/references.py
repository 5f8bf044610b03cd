"""Keys in rows to ids in the database: one query for each model that is referred to."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.db import models

from plans.models import Plan
from plans.parts.columns import REFERENCES, Column, Kind

# The models that reference columns point to; upper apps add theirs at start-up.
REFERRED: dict[Kind, Callable[[], type[models.Model]]] = {}
# Which keys the forms of a plan offer; of kinds that are not here, all.
OFFERED: dict[Kind, Callable[[Plan], Collection[str]]] = {}


def refer(
    kind: Kind, model: type[models.Model], offered: Callable[[Plan], Collection[str]] | None = None
) -> None:
    REFERRED[kind] = lambda: model
    if offered is not None:
        OFFERED[kind] = offered


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

    def look_up(self, kind: Kind, keys: Iterable[str]) -> None:
        """Read which of the keys name something; what was read before is not read again."""
        known = self._ids.setdefault(kind, {})
        if asked := {key for key in keys if key} - known.keys():
            attribute = REFERENCES[kind]
            rows = REFERRED[kind]()._default_manager.filter(**{f"{attribute}__in": asked})
            known.update(dict.fromkeys(asked) | dict(rows.values_list(attribute, "pk")))

    def need(self, kind: Kind, keys: Iterable[str]) -> None:
        """The same; raises `UnknownReference` when one of them names nothing."""
        wanted = set(keys)
        self.look_up(kind, wanted)
        if missing := [key for key in wanted if self._ids[kind].get(key) is None]:
            raise UnknownReference(kind, min(missing))

    def id_of(self, column: Column, value: Any) -> Any:
        if column.kind is Kind.LINE:
            return value
        return self.id_by_key(column.kind, value) if value else None

    def id_by_key(self, kind: Kind, key: str) -> Any:
        found = self._ids.get(kind, {}).get(key)
        if found is None:
            raise UnknownReference(kind, key)
        return found

    def key_by_id(self, kind: Kind, pk: Any) -> str | None:
        """The key of a row among those that were read."""
        return next((key for key, one in self._ids.get(kind, {}).items() if one == pk), None)


class UnknownReference(LookupError):
    """A key that names nothing; `kind` and `key` say which."""

    def __init__(self, kind: Kind, key: str) -> None:
        super().__init__(f"{kind}: {key}")
        self.kind = kind
        self.key = key
