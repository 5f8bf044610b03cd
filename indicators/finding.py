"""Indicators as a kind of thing that is found."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.finding import Hit, Kind
from core.findings import Text
from indicators.models import Indicator


def _hit(data: Mapping[str, Any]) -> Hit:
    where: list[Text] = [Indicator.Kind(data["kind"]).label]
    if data["unit"]:
        where.append(_("in %(unit)s") % {"unit": data["unit"]})
    return Hit(url=reverse("indicator_detail", args=[data["code"]]), title=data["name"], where=where)


INDICATORS = Kind(
    key="indicators",
    order=80,
    label=gettext_lazy("Indicators"),
    counted=lambda n: ngettext("%(n)s indicator", "%(n)s indicators", n),
    by=gettext_lazy("name"),
    model=Indicator,
    data={"code": "code", "name": "name", "unit": "unit", "kind": "kind"},
    hit=_hit,
)
