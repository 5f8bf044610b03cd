"""Which regular periods of a programme come next: by its reporting regimes, less those that are open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from plans.models import Programme, ReportingRegime
from plans.programmes.periods import Period, codes_of_year, period

A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A regular period and the regime under which it falls; `expected` once the regime's first has come."""

    period: Period
    regime: ReportingRegime
    expected: bool

    @property
    def code(self) -> str:
        return self.period.code

    @property
    def title(self) -> str:
        return self.period.title

    @property
    def first(self) -> date:
        return self.period.first

    @property
    def last(self) -> date:
        return self.period.last

    @property
    def due_on(self) -> date | None:
        """The usual deadline; None where the regime states none."""
        days = self.regime.due_days
        return None if days is None else self.period.due_on(days)


def regular_periods(programme: Programme, regimes: Iterable[ReportingRegime]) -> list[Proposal]:
    """The regular periods of the programme's years, each under the regime that holds on its last day.

    A regime that names its first period has none before it.
    """
    found = []
    for regime in regimes:
        codes = [code for year in programme.years for code in codes_of_year(year, regime.cadence)]
        if regime.first_cycle in codes:
            codes = codes[codes.index(regime.first_cycle) :]
        spans = [period(code, regime.cadence, regime.cutoff_day) for code in codes]
        expected = bool(regime.first_cycle)
        found += [Proposal(span, regime, expected) for span in spans if regime.holds_on(span.last)]
    return found


def find_period(programme: Programme, code: str) -> Proposal | None:
    """The period that a code names under a regime of the programme, within its years or not; one query."""
    for regime in programme.regimes.all():
        try:
            span = period(code, regime.cadence, regime.cutoff_day)
        except ValueError:
            continue
        if regime.holds_on(span.last):
            return Proposal(span, regime, bool(regime.first_cycle))
    return None


def with_unopened(programmes: QuerySet[Programme]) -> list[tuple[Programme, list[Proposal]]]:
    """Each programme that has a regime, with the regular periods that are not open yet; one query."""
    regimes: dict[int, dict[int, ReportingRegime]] = {}
    opened: dict[int, set[str]] = {}
    rows = (
        ReportingRegime.objects.filter(programme__in=programmes)
        .select_related("programme")
        .annotate(open_code=F("programme__cycles__code"))
        .order_by("programme__position", "programme_id", "valid_from", "pk")
    )
    for row in rows:
        regimes.setdefault(row.programme_id, {}).setdefault(row.pk, row)
        opened.setdefault(row.programme_id, set()).add(row.open_code)
    return [
        (programme, [one for one in regular_periods(programme, found) if one.code not in opened[pk]])
        for pk, held in regimes.items()
        for found in [list(held.values())]
        for programme in [found[0].programme]
    ]


def waiting_to_open(periods: Iterable[Proposal], today: date) -> Proposal | None:
    """The first expected period that is over and not open.

    What nobody opened within a year of its end waits no longer; the page of opening still offers it.
    """
    return next((one for one in periods if one.expected and one.last < today <= one.last + A_YEAR), None)
