"""Which reporting regime of a programme holds on a day, and who reports under it."""

from datetime import date

from plans.models import Programme, ReportingRegime


def regime_on(programme: Programme, day: date) -> ReportingRegime | None:
    """The regime that holds on the day; one query."""
    return next((one for one in programme.regimes.all() if one.holds_on(day)), None)


def obliged_classes_on(programme: Programme, day: date) -> list[str]:
    """Who reports: by the regime of the day, before the first one by that; empty where there is none."""
    regimes = list(programme.regimes.all())
    holding = [one for one in regimes if one.holds_on(day)]
    coming = [one for one in regimes if one.valid_from > day]
    found = next(iter(holding or coming), None)
    return list(found.obliged_classes) if found else []
