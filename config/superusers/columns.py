"""Which columns of a table are shown and how a value is written, for one who compares it with the database.

Columns have the names of the code; an empty text and no value at all are told apart.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Field,
    FileField,
    ForeignKey,
    JSONField,
    ManyToManyField,
    Model,
    QuerySet,
    TextField,
)
from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from config.superusers.hidden import TABLES, is_hidden
from core.fields import ClauseKeyField, MoneyField, SearchKeyField, SortKeyField
from core.findings import Text
from core.notation import format_date, format_datetime, format_money, format_number

LISTED = 8
"""Columns of a list besides the row's own key; the others stand on the page of the row."""
KEPT_BESIDE = frozenset({"row_version"})
SHORT, LONG = 80, 20_000
"""Characters of a value in a list and on the page of its row."""
NAMED = 50
"""Rows named in one value."""

NULL, EMPTY = (format_html("<code>{}</code>", one) for one in ("NULL", '""'))

DERIVED = (SearchKeyField, SortKeyField, ClauseKeyField)
BULKY = (TextField, JSONField)

# The columns of a list where the first ones of the model are not those that tell most.
LISTED_OF = {
    "agencies.AuditEntry": "sequence at verb user agency role object_kind object_id object_label",
    "agencies.User": "email full_name post is_active is_superuser last_login date_joined",
    "indicators.Baseline": "plan line clause indicator as_of numerator denominator value",
    "indicators.Target": "plan line clause indicator agency_class year comparator value",
    "plans.Project": "plan line group_code number name lead_agency year_from year_to total_need",
    "reports.Filing": "report number state ready_for_approver submitted_at accepted_at illustrative",
}

# What must be read with a row for its name to cost no query, where its own columns do not say it.
NAMED_BY = {
    "agencies.Delegation": ("membership__user",),
    "agencies.Membership": ("user", "agency"),
    "plans.PlanRevision": ("plan",),
    "reports.BulkAct": ("cycle", "programme"),
    "reports.Compilation": ("cycle",),
    "reports.Filing": ("report__agency", "report__cycle"),
    "reports.Report": ("agency", "cycle"),
}


def shown(model: type[Model]) -> list[Field]:
    """The columns that may be read, in the order of the model."""
    return [field for field in model._meta.concrete_fields if not is_hidden(field)]


def listed(model: type[Model]) -> list[Field]:
    """The columns of its list: the first that are neither long texts nor derived from others."""
    if names := LISTED_OF.get(model._meta.label):
        own = {field.name: field for field in shown(model)}
        return [model._meta.pk, *(own[name] for name in names.split())]
    kinds = (*DERIVED, *BULKY)
    found = [
        field for field in shown(model) if not isinstance(field, kinds) and field.name not in KEPT_BESIDE
    ]
    return [model._meta.pk, *[field for field in found if not field.primary_key][:LISTED]]


def title_of(field: Field) -> Text:
    """What a column is called for people; "" where only the code has a name for it."""
    given = field._verbose_name  # type: ignore[attr-defined]  # what the model states, none made of the name
    return given if isinstance(given, Promise) else ""


def name_of_table(model: type[Model]) -> Text:
    """What its rows are called for people; "" where only the code has a name for them."""
    given = model._meta.original_attrs.get("verbose_name_plural", "")
    return given if isinstance(given, Promise) else ""


def read(queryset: QuerySet[Any], columns: list[Field]) -> QuerySet[Any]:
    """The rows with these columns and the names of what they refer to: one query, no bulk, no secret."""
    model = queryset.model
    names = {field.name for field in columns}
    spared = [field.name for field in model._meta.concrete_fields if field.name not in names]
    paths = []
    for field in columns:
        if isinstance(field, ForeignKey):
            paths += _paths(field.name, field.related_model)
    for path, other in paths:
        spared += [f"{path}__{one.name}" for one in other._meta.concrete_fields if _is_spared(one)]
    return queryset.select_related(*(path for path, _other in paths)).defer(*spared)


def _is_spared(field: Field) -> bool:
    return not field.primary_key and (is_hidden(field) or isinstance(field, (*DERIVED, *BULKY)))


def _paths(path: str, model: Any) -> list[tuple[str, type[Model]]]:
    """The row at the path, and what its name needs."""
    found = [(path, model)]
    for deeper in NAMED_BY.get(model._meta.label, ()):
        row, at = model, path
        for step in deeper.split("__"):
            row, at = row._meta.get_field(step).related_model, f"{at}__{step}"
            found.append((at, row))
    return found


# --- Values -----------------------------------------------------------------------------------------------


def written(row: Model, field: Field, most: int = LONG) -> str | SafeString:
    """One value, with no more than `most` characters of a text."""
    value = field.value_from_object(row)
    if value is None:
        return NULL
    if isinstance(field, ForeignKey):
        return linked(getattr(row, field.name), most)
    if field.flatchoices and value != "":
        label = dict(field.flatchoices).get(value, "")
        return format_html("{} <code>{}</code>", label, value)
    if isinstance(field, BooleanField):
        return str(yesno(value, None))
    if isinstance(field, JSONField):
        return _cut(json.dumps(value, ensure_ascii=False, indent=1), most)
    return _plain(value.name if isinstance(field, FileField) else value, field, most)


def _plain(value: Any, field: Field, most: int) -> str | SafeString:
    if value == "":
        return EMPTY
    if isinstance(value, datetime):
        return f"{format_datetime(value)}:{value:%S}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(field, MoneyField):
        return format_money(value)
    return format_number(value) if isinstance(value, Decimal) else _cut(str(value), most)


def _cut(text: str, most: int) -> str:
    """The beginning, and how long the whole is where it is much longer than a cell."""
    if len(text) <= most:
        return text
    if most == SHORT:
        return Truncator(text).chars(most)
    more = _("… (%(shown)s of %(all)s characters)")
    return text[:most] + more % {"shown": format_number(most), "all": format_number(len(text))}


def name_of(row: Model, most: int = SHORT) -> str:
    """A row in words: its own name, or its key where it has none."""
    own = type(row).__str__ is not Model.__str__ and not _names_a_secret(type(row))
    return _cut(" ".join(str(row).split()), most) if own else f"#{row.pk}"


def _names_a_secret(model: type[Model]) -> bool:
    return model._meta.label == "agencies.IdempotentAnswer"  # named by its key


def linked(row: Model, most: int = SHORT) -> str | SafeString:
    """A row that another refers to, as a link to its page."""
    if row._meta.label in TABLES:
        return f"#{row.pk}"
    return format_html('<a href="{}">{}</a>', address_of(row), name_of(row, most))


def address_of(row: Model) -> str:
    return reverse(f"superuser:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def list_address_of(model: type[Model]) -> str:
    return reverse(f"superuser:{model._meta.app_label}_{model._meta.model_name}_changelist")


def many(row: Model, field: ManyToManyField) -> list[str | SafeString]:
    """The first of many rows that one refers to, and how many are left out."""
    columns = [one for one in shown(field.related_model) if not isinstance(one, BULKY)]
    found = list(read(getattr(row, field.name).order_by("pk"), columns)[: NAMED + 1])
    links = [linked(one) for one in found[:NAMED]]
    return [*links, _("and more")] if len(found) > NAMED else links


def lists_of(model: type[Model]) -> list[ManyToManyField]:
    """The columns that hold many rows of a table on the site."""
    return [one for one in model._meta.many_to_many if one.related_model._meta.label not in TABLES]
