"""Plans as a kind of thing that is found."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from agencies.finding import Hit, Kind
from plans.finding.versions import OF_PLAN, VERSIONS, plan_address, state_of, where_of
from plans.models import Plan


def _hit(data: Mapping[str, Any]) -> Hit:
    return Hit(
        url=plan_address("plan_detail", data), title=data["title"], where=where_of(data), tag=state_of(data)
    )


PLANS = Kind(
    key="plans",
    order=40,
    label=gettext_lazy("Plans"),
    counted=lambda n: ngettext("%(n)s plan", "%(n)s plans", n),
    by=gettext_lazy("title, which names agency and years"),
    model=Plan,
    data={**OF_PLAN, "title": "title"},
    hit=_hit,
    scope=VERSIONS,
)
