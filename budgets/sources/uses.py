"""What rests on funding sources: planned money, printed totals, amounts in reports, frozen versions."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import ngettext

from agencies.keeping.uses import Use, Uses
from budgets.models import Allocation, FundingSource, StatedTotal
from plans.models import PlanDraftValue
from plans.resting import counted_by_plan, frozen_naming, plans_resting

USES: Uses[Sequence[FundingSource]] = Uses()
"""Of a source with all under it; upper apps register what they know of."""


def subtree(source: FundingSource, tree: Iterable[FundingSource] | None = None) -> list[FundingSource]:
    """The source and everything under it. One query unless the whole tree is given."""
    rows = list(FundingSource.objects.all() if tree is None else tree)
    found = [source]
    for one in found:
        found += [row for row in rows if row.parent_id == one.pk and row not in found]
    return found


def lock_tree() -> None:
    """Nobody else moves anything meanwhile: a circle is made of two moves that do not see each other.

    Always before the lock of one source, so that two acts wait for each other in one order.
    """
    list(FundingSource.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def money_of_sources(sources: Sequence[FundingSource]) -> Iterable[Use]:
    """Plans with money of the sources, printed totals of theirs, values that wait to be mended."""
    planned = Allocation.objects.filter(source__in=sources)
    printed = StatedTotal.objects.filter(source__in=sources)
    yield from plans_resting(counted_by_plan((planned, "plan_id"), (printed, "plan_id")))
    wanted = Q()
    for one in sources:
        wanted |= Q(path__startswith="allocations/", path__endswith=f"/{one.code}")
    waiting = PlanDraftValue.objects.filter(wanted).count() if sources else 0
    if waiting:
        words = ngettext(
            "%(n)d value in a plan that waits to be mended",
            "%(n)d values in plans that wait to be mended",
            waiting,
        )
        yield Use(words % {"n": waiting})
    yield from frozen_naming(f'"source":"{one.code}"' for one in sources)
