"""Agencies as a kind of thing that is found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.finding import Hit, Kind, Scope
from agencies.models import Agency, AgencyKind, Membership
from core import clock
from core.findings import Text
from core.notation import format_date


def _agencies(membership: Membership) -> "QuerySet[Any, Any]":
    """All of them; those that exist today stand before others of the same name."""
    today = clock.today()
    exists = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    exists &= Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    return Agency.objects.annotate(
        later=Case(When(exists, then=0), default=1), amends=Value(None, output_field=IntegerField())
    ).values_list("id", "later", "amends")


def _hit(data: Mapping[str, Any]) -> Hit:
    where: list[Text] = [AgencyKind(data["kind"]).label]
    if data["parent"]:
        where.append(data["parent"])
    if data["short_name"] not in data["name"]:
        where.insert(0, data["short_name"])
    return Hit(
        url=reverse("agency_detail", args=[data["key"]]),
        title=data["name"],
        where=where,
        tag=_tag(data["valid_from"], data["valid_to"]),
    )


def _tag(valid_from: str | None, valid_to: str | None) -> tuple[str, str, Text] | None:
    """Only of what does not exist today."""
    today = clock.today()
    if valid_to and (ended := date.fromisoformat(valid_to)) < today:
        return "none", "○", _("until %(day)s") % {"day": format_date(ended)}
    if valid_from and (begins := date.fromisoformat(valid_from)) > today:
        return "none", "○", _("from %(day)s") % {"day": format_date(begins)}
    return None


AGENCIES = Kind(
    key="agencies",
    order=10,
    label=gettext_lazy("Agencies"),
    counted=lambda n: ngettext("%(n)s agency", "%(n)s agencies", n),
    by=gettext_lazy("full or short name"),
    model=Agency,
    data={
        "key": "key",
        "name": "name",
        "short_name": "short_name",
        "kind": "kind",
        "parent": "parent__short_name",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
    },
    hit=_hit,
    scope=Scope("agencies_of_today", _agencies),
)
