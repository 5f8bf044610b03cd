"""What refers to a row of a reference list, read from the models: a new foreign key counts by itself."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, ForeignKey, Model
from django.utils.translation import gettext as _

from agencies.keeping.uses import Use, listed
from agencies.models import AuditEntry
from core.findings import Refused, Text


def referring_fields(model: type[Model], apart: Collection[str] = ()) -> Iterator[ForeignKey[Any, Any]]:
    """The foreign keys that point to `model`, but for those of the models named in `apart`."""
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        points_here = relation.auto_created and not relation.concrete and isinstance(field, ForeignKey)
        if points_here and field.model._meta.label not in apart:
            yield field


def counted(model: type[Model], ids: Iterable[Any], apart: Collection[str] = ()) -> dict[Any, int]:
    """How many rows refer to each of `ids`, whatever their kind; one query, rows without any are left out."""
    wanted = list(ids)
    parts = [
        field.model._base_manager.filter(**{f"{field.name}__in": wanted})
        .order_by()
        .values_list(field.attname)
        .annotate(Count("pk"))
        for field in referring_fields(model, apart)
    ]
    found: dict[Any, int] = {}
    if wanted and parts:
        for key, count in parts[0].union(*parts[1:], all=True):
            found[key] = found.get(key, 0) + count
    return found


def referring(row: Model, apart: Collection[str] = ()) -> dict[Text, int]:
    """How many rows of each kind refer to one row: name of the kind -> number."""
    found: dict[Text, int] = {}
    for field in referring_fields(type(row), apart):
        name = field.model._meta.verbose_name
        count = field.model._base_manager.filter(**{field.name: row}).count()
        if name and count:
            found[name] = found.get(name, 0) + count
    return found


def refuse_referred(name: str, uses: Sequence[Use], found: Mapping[Text, int], instead: Text) -> None:
    """Raise `Refused` when anything refers to the row: in the words of who knows it, else by kinds of rows.

    `instead` says what can be done.
    """
    if not uses and not found:
        return
    words = listed(uses) or ", ".join(f"{kind} ({count})" for kind, count in found.items())
    raise Refused(
        _("“%(name)s” cannot be removed: something refers to it: %(what)s. %(instead)s")
        % {"name": name, "what": words, "instead": instead},
        code="referred_to",
    )


def removed_keys(verb: str) -> set[str]:
    """The keys of rows that people removed, as the record of acts says: none of them is used again."""
    entries = AuditEntry.objects.filter(verb=verb).values_list("data", flat=True)
    return {str(json.loads(data)["key"]) for data in entries}
