"""The list of data sets: what each is, how large, when it last changed. A fixed number of statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Max, Q

from agencies.models import AuditEntry
from plans.models import IN_FORCE_STATES, Plan, PlanStep
from plans.open_data.datasets import DataSet, Selection, data_sets, sizes

# What loads the printed documents with everything they rest on, as one act.
LOADED = "load_sources"


@dataclass(frozen=True, slots=True)
class Listed:
    """One data set with what is read of all of them at once."""

    data_set: DataSet
    rows: int
    changed: datetime | None


def listed(selection: Selection, sets: Sequence[DataSet] | None = None) -> list[Listed]:
    """Each with its rows as selected, and the last act that changed any of them."""
    chosen = data_sets() if sets is None else sets
    rows, changes = sizes(selection, chosen), _last_changes(chosen)
    return [Listed(one, rows[one.key], changes[one.key]) for one in chosen]


def _last_changes(sets: Iterable[DataSet]) -> dict[str, datetime | None]:
    """By data set. What plans are made of changes when one is approved or superseded, never before."""
    chosen = list(sets)
    kinds = {kind for one in chosen for kind in one.changed_by}
    labels = [_label(kind) for kind in kinds - {Plan}]
    acts = list(
        AuditEntry.objects.filter(Q(object_kind__in=labels) | Q(verb=LOADED))
        .order_by()
        .values_list("object_kind", "verb")
        .annotate(at=Max("at"))
    )
    decided = PlanStep.objects.filter(to_state__in=IN_FORCE_STATES).aggregate(at=Max("at"))["at"]
    found: dict[str, datetime | None] = {}
    for one in chosen:
        own = {_label(kind) for kind in one.changed_by}
        moments = [at for kind, verb, at in acts if _changes(one, own, kind, verb)]
        if Plan in one.changed_by:
            moments.append(decided)
        found[one.key] = max((moment for moment in moments if moment), default=None)
    return found


def _changes(data_set: DataSet, own: Collection[str], kind: str, verb: str) -> bool:
    """Whether an act on a kind of object changes the data set, whose own kinds these are."""
    if verb == LOADED:
        return data_set.loaded
    return kind in own and (not data_set.verbs or verb in data_set.verbs)


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower
