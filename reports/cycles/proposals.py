"""Which regular periods of a programme come next: by first period and cadence, less those that are open."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, QuerySet

from plans.models import Programme
from reports.cycles.periods import Period, codes_of_year, period

A_YEAR = timedelta(days=366)


def unopened(programme: Programme, opened: set[str]) -> list[Period]:
    """The regular periods of the programme, from its first one on, that are not open yet."""
    codes = [code for year in programme.years for code in codes_of_year(year, programme.cadence)]
    if programme.first_cycle in codes:
        codes = codes[codes.index(programme.first_cycle) :]
    return [period(code, programme.cadence) for code in codes if code not in opened]


def with_unopened(programmes: QuerySet[Programme]) -> list[tuple[Programme, list[Period]]]:
    """Each programme with the regular periods that are not open yet; one query."""
    opened: dict[int, set[str]] = defaultdict(set)
    found: dict[int, Programme] = {}
    for programme in programmes.annotate(open_code=F("cycles__code")):
        found.setdefault(programme.pk, programme)
        opened[programme.pk].add(programme.open_code)
    return [(programme, unopened(programme, opened[pk])) for pk, programme in found.items()]


def waiting_to_open(programme: Programme, periods: Iterable[Period], today: date) -> Period | None:
    """The first period that is over and not open, of a programme whose first period is known.

    What nobody opened within a year of its end waits no longer; the page of opening still offers it.
    """
    if not programme.first_cycle:
        return None
    return next((one for one in periods if one.last < today <= one.last + A_YEAR), None)
