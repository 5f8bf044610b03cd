"""The data dictionary: every column of every data set, from the declarations of parts and models alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.findings import Text
from plans.open_data.datasets import DataSet, data_sets, named_by
from plans.open_data.fields import Field, Type
from plans.open_data.streams import SEPARATOR, csv_text, guarded

COLUMNS = ("data_set", "column", "label", "type", "unit", "help", "choices", "refers_to", "legal_source")

# What a value of each type looks like.
TYPES: dict[Type, Text] = {
    Type.TEXT: _("text"),
    Type.KEY: _("key of a row of another data set"),
    Type.CHOICE: _("one of the listed values"),
    Type.INTEGER: _("whole number"),
    Type.DECIMAL: _("decimal number with a point and without grouping, 2500.5; in JSON as a text"),
    Type.DATE: _("day, 2008-07-31"),
    Type.MOMENT: _("moment with its offset, 2008-07-31T09:00:00+07:00"),
    Type.BOOLEAN: _("true or false"),
    Type.UUID: _("identity of a line"),
    Type.LIST: _("several texts: in JSON an array, in CSV with “ | ” between them"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of one data set, in the reader's language."""

    data_set: str
    column: str
    label: str
    type: Type
    unit: str
    help: str
    choices: Sequence[tuple[str, str]]
    refers_to: str
    legal_source: str


def entries(sets: Iterable[DataSet] | None = None) -> Iterator[Entry]:
    for one in data_sets() if sets is None else sets:
        for field in one.fields:
            yield _entry(one, field)


def _entry(data_set: DataSet, field: Field) -> Entry:
    return Entry(
        data_set=data_set.key,
        column=field.name,
        label=str(field.label),
        type=field.kind,
        unit=str(field.unit),
        help=str(field.help),
        choices=[(str(value), str(label)) for value, label in field.choices if value != ""],
        refers_to=named_by(field.refers) if field.refers else "",
        legal_source=str(field.legal or data_set.legal),
    )


def as_data(entry: Entry) -> dict[str, object]:
    """An entry as JSON says it; what is not stated is null."""
    said = {name: getattr(entry, name) or None for name in COLUMNS}
    return {**said, "choices": [{"value": value, "label": label} for value, label in entry.choices]}


def as_csv() -> str:
    """The dictionary as CSV, as the data sets are: each choice as `value: label`."""
    return csv_text(COLUMNS, (_csv_row(entry) for entry in entries()))


def _csv_row(entry: Entry) -> list[str | None]:
    choices = SEPARATOR.join(f"{value}: {label}" for value, label in entry.choices)
    return [
        entry.data_set,
        entry.column,
        guarded(entry.label),
        entry.type,
        entry.unit,
        guarded(entry.help),
        guarded(choices),
        entry.refers_to,
        guarded(entry.legal_source),
    ]
