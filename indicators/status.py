"""Status figures as pages and judgements read them: what is asked, what is answered, where one starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.db.models import F

from agencies.models import Agency
from indicators.models import Baseline, Indicator, OutlineIndicator
from indicators.rows import BaselineRow
from plans.models import Plan, PlanKind
from plans.parts import registry


@dataclass(frozen=True, slots=True)
class Figure:
    """One status figure of a plan: its row, its indicator, and the printed words by which it is asked for."""

    row: BaselineRow
    indicator: Indicator
    asked: OutlineIndicator | None

    @property
    def heading(self) -> str:
        """Where and in which words it is asked for; one sentence may ask for several figures."""
        if self.asked is None:
            return ""
        return f"{self.asked.number}  “{self.asked.guidance}”" if self.asked.guidance else self.asked.number


def figures(plan: Plan, rows: Sequence[BaselineRow]) -> list[Figure]:
    """The figures of a plan in their order; two queries."""
    if not rows:
        return []
    indicators = Indicator.objects.in_bulk({row.indicator for row in rows}, field_name="code")
    asked = {one.indicator_id: one for one in OutlineIndicator.objects.filter(programme=plan.programme_id)}
    return [Figure(row, indicators[row.indicator], asked.get(indicators[row.indicator].pk)) for row in rows]


def row_of(baseline: Baseline) -> BaselineRow:
    """A stored baseline, read with its indicator, as the row that everything else reads."""
    return cast(BaselineRow, registry.get("baselines").row_of(baseline))


def baselines_of(
    indicators: Iterable[Indicator], agencies: Iterable[Agency], on: date
) -> dict[tuple[int, int], Decimal]:
    """(indicator id, agency id) -> the value from which the agency started; one query.

    It is the last that a plan of the agency in force on the day states exactly. Where none does, or only in
    words or about, there is no entry: then nothing is near.
    """
    plans = Plan.objects.in_force(on).filter(kind=PlanKind.AGENCY, agency__in=list(agencies))
    rows = Baseline.objects.filter(
        plan__in=plans.order_by().values("pk"), indicator__in=list(indicators)
    ).select_related("indicator")
    ordered = rows.annotate(agency=F("plan__agency_id")).order_by(
        "plan__in_force_from", "plan_id", "as_of", "id"
    )
    found: dict[tuple[int, int], Decimal] = {}
    for baseline in ordered:
        value = row_of(baseline).exact
        if value is not None:
            found[baseline.indicator_id, baseline.agency] = value
    return found


def baseline_of(indicator: Indicator, agency: Agency, on: date) -> Decimal | None:
    """The value from which an agency started, as `baselines_of` finds it."""
    return baselines_of([indicator], [agency], on).get((indicator.pk, agency.pk))
