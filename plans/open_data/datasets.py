"""What a data set is, and which there are. Each app registers its own in `AppConfig.ready()`.

A data set holds only what every signed-in person may see: what was approved, superseded or issued, and lists
that are everybody's. Nothing here asks who reads.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, QuerySet, Value
from django.db.models.expressions import OrderBy

from core.findings import Text
from plans.open_data.fields import Field

CHUNK = 500
"""Rows that are in memory at once. What they need besides is asked for all of them, never for a row."""

Order = str | OrderBy
Chunk = Sequence[Sequence[Any]]
"""Some rows as columns: for each field its values, all of one length."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Of which rows: on which day they are in force, of which programme, of whose plan.

    `on` is the day that was asked for; `day` is the business day where none was.
    """

    moment: datetime
    day: date
    on: date | None = None
    programme: str = ""
    agency: str = ""


class DataSet:
    """One data set. A subclass says what it is and gives `fields`, `chunks` and how large it is."""

    key: ClassVar[str]
    title: ClassVar[Text]
    text: ClassVar[Text]
    legal: ClassVar[Text]
    filters: ClassVar[tuple[str, ...]] = ()
    # The models whose acts change it: when the last was, the list of data sets says.
    changed_by: ClassVar[tuple[type[models.Model], ...]] = ()
    verbs: ClassVar[tuple[str, ...]] = ()  # of these acts alone; none: of any
    loaded: ClassVar[bool] = True  # with the printed documents too
    group: ClassVar[str] = "plans"  # under which heading it stands in the list

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def chunks(self, selection: Selection) -> Iterator[Chunk]:
        """The rows, always in the same order, some hundred at a time."""
        raise NotImplementedError

    def counted(self, selection: Selection) -> QuerySet[Any] | None:
        """The rows to be counted together with those of all other data sets, in one statement."""
        return None

    def counts(self, selection: Selection) -> Mapping[str, int]:
        """How many rows there are, where `counted` gives none; of other such data sets too, known with it."""
        return {}


class TableData(DataSet):
    """Rows of one table: read by one statement, and for each chunk what many-valued columns need."""

    model: ClassVar[type[models.Model]]
    ordering: ClassVar[tuple[Order, ...]] = ("id",)
    chunk: ClassVar[int] = CHUNK

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def counted(self, selection: Selection) -> QuerySet[Any]:
        return self.queryset(selection)

    def chunks(self, selection: Selection) -> Iterator[Chunk]:
        paths = [field.path for field in self.fields if field.path]
        rows = self.queryset(selection).order_by(*self.ordering).values_list("pk", *paths)
        for some in batched(rows.iterator(chunk_size=self.chunk), self.chunk):
            ids, *read = zip(*some, strict=True)
            stored, made = iter(read), self.made(ids, some)
            yield [next(stored) if field.path else made[field.name] for field in self.fields]

    def made(self, ids: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        """The values of the fields without a path, for a chunk: one query for each, never one for a row."""
        return {}


class RowData(DataSet):
    """Rows that are no table's: a generator gives them, in the order of the fields."""

    def rows(self, selection: Selection) -> Iterable[Sequence[Any]]:
        raise NotImplementedError

    def chunks(self, selection: Selection) -> Iterator[Chunk]:
        for some in batched(self.rows(selection), CHUNK):
            yield list(zip(*some, strict=True))


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


GROUPS = ("plans", "issued", "lists")
"""What was promised, what was issued on the results, lists that both refer to."""

ON, PROGRAMME, AGENCY = "on", "programme", "agency"
"""What data sets can be narrowed by."""


# --- The registry -----------------------------------------------------------------------------------------

_sets: dict[str, DataSet] = {}


def register(*sets: DataSet) -> None:
    for one in sets:
        _sets[one.key] = one


def get(key: str) -> DataSet | None:
    return _sets.get(key)


def data_sets() -> list[DataSet]:
    """In the order of their groups, and inside one as the apps stand."""
    return sorted(_sets.values(), key=lambda one: GROUPS.index(one.group))


def named_by(model: type[models.Model]) -> str:
    """The data set whose rows the keys of a model stand for, "" where there is none."""
    of_model = (key for key, one in _sets.items() if isinstance(one, TableData) and one.model is model)
    return next(of_model, "")


def sizes(selection: Selection, sets: Iterable[DataSet] | None = None) -> dict[str, int]:
    """How many rows each data set has: one statement for all tables together."""
    found: dict[str, int] = {}
    statements = []
    for one in data_sets() if sets is None else sets:
        rows = one.counted(selection)
        if rows is None and one.key not in found:
            found |= one.counts(selection)
        elif rows is not None:
            named = rows.order_by().values(data_set=Value(one.key, models.CharField()))
            statements.append(named.annotate(rows=Count("pk")).values_list("data_set", "rows"))
    if statements:
        first, *others = statements
        found |= dict(first.union(*others, all=True))
    return found
