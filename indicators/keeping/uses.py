"""What rests on an indicator: targets, status figures, results of reports, frozen versions."""

from collections.abc import Iterable

from agencies.keeping.uses import Use, Uses
from indicators.models import Baseline, Indicator, OutlineIndicator, Target
from plans.resting import counted_by_plan, frozen_naming, plans_resting

USES: Uses[Indicator] = Uses()
"""Upper apps register what they know of."""


def lines_of_indicator(indicator: Indicator) -> Iterable[Use]:
    """Plans with targets or status figures, outlines that ask for it, frozen versions of plans."""
    targets = Target.objects.filter(indicator=indicator)
    figures = Baseline.objects.filter(indicator=indicator)
    yield from plans_resting(counted_by_plan((targets, "plan_id"), (figures, "plan_id")))
    for asked in OutlineIndicator.objects.filter(indicator=indicator).select_related("programme"):
        yield Use(f"{asked.programme.short_name}, {asked.number}")
    yield from frozen(indicator)


def frozen(indicator: Indicator) -> Iterable[Use]:
    """The frozen versions of plans that state something for it."""
    return frozen_naming([f'"indicator":"{indicator.code}"'])
