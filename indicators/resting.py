"""What of the indicators rests on a list of agencies: targets that are set for it."""

from collections.abc import Iterable

from agencies.keeping.uses import Use
from agencies.models import AgencyGroup
from indicators.models import Target
from plans.resting import counted_by_plan, plans_resting


def targets_for_group(group: AgencyGroup) -> Iterable[Use]:
    """The plans that set a target for the agencies of a list."""
    yield from plans_resting(counted_by_plan((Target.objects.filter(group=group), "plan_id")))
