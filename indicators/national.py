"""What national plans and directives in force ask of an agency: its own targets are held against that."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency
from core.findings import Text
from indicators.attainment import Reach, most_specific, reach
from indicators.models import Comparator, Indicator, Target
from plans.models import Plan, PlanKind

# What a value must reach; expected levels, words and approximate values ask for nothing to be missed.
ASKING = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL, Comparator.RANGE)


@dataclass(frozen=True, slots=True)
class NationalTarget:
    """One value that an agency is held to, and the document that sets it."""

    name: str
    value: Decimal
    number: str
    guidance: bool
    reach: Reach

    @property
    def document(self) -> Text:
        if self.guidance:
            return _("%(number)s (guidance)") % {"number": self.number}
        return self.number


def national_targets(
    agency: Agency, indicators: Iterable[str], on: date
) -> dict[tuple[str, int], NationalTarget]:
    """By indicator and year what the agency is held to on the day; two queries.

    The most specific target counts; of several the adopted before the guidance, of those the highest. Only
    indicators of which more is better.
    """
    if not agency.agency_class:
        return {}
    plans = Plan.objects.in_force(on).filter(kind__in=(PlanKind.NATIONAL, PlanKind.DIRECTIVE))
    reaching = Q(agency=agency) | Q(group__in=agency.groups.order_by().values("pk"))
    reaching |= Q(agency_class=agency.agency_class, group__isnull=True, agency__isnull=True)
    rows = Target.objects.filter(
        reaching,
        plan__in=plans.order_by().values("pk"),
        value__isnull=False,
        comparator__in=ASKING,
        indicator__code__in=set(indicators),
        indicator__direction=Indicator.Direction.UP,
    ).values_list(
        "indicator__code",
        "indicator__name",
        "year",
        "value",
        "guidance",
        "plan__document__number",
        "group__key",
        "agency__key",
    )
    found: dict[tuple[str, int], list[NationalTarget]] = defaultdict(list)
    for code, name, year, value, guidance, number, group, key in rows.order_by("id"):
        assert value is not None
        one = NationalTarget(name, value, number or "", guidance, reach(group or "", key or ""))
        found[code, year].append(one)
    return {cell: _counting(targets) for cell, targets in found.items()}


def _counting(targets: list[NationalTarget]) -> NationalTarget:
    closest = most_specific(targets, lambda one: one.reach)
    return max(closest, key=lambda one: (not one.guidance, one.value))
