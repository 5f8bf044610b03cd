"""Two people on one row: whoever comes second is shown both values."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from agencies.models import AuditEntry
from core.findings import Conflict


def refuse_stale(
    current: int, version: int | None, *, yours: Mapping[str, str], theirs: Mapping[str, str]
) -> None:
    """Raise `Conflict` when the row has another version than the one the change was made on.

    `yours` and `theirs` are all values as text, by field; only those that differ are given on. Where none
    does, both said the same and there is nothing to choose.
    """
    if version == current:
        return
    differing = [name for name in yours if yours[name] != theirs[name]]
    if differing:
        raise Conflict(
            _("Somebody else changed this while you were at it. Choose which value stays."),
            yours={name: yours[name] for name in differing},
            theirs={name: theirs[name] for name in differing},
            row_version=current,
        )


def last_change(row: models.Model) -> tuple[str, datetime] | None:
    """Who changed the row last, and when, as the record of acts says; None when nobody did."""
    entries = AuditEntry.objects.filter(object_kind=row._meta.label_lower, object_id=str(row.pk))
    entry = entries.select_related("user").order_by("-sequence").first()
    return (str(entry.user or ""), entry.at) if entry else None
