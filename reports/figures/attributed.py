"""Compliance figures with the agencies as of a day: who stands today for those that reported then.

The counts of a class move with the agencies, their total never does. Lateness stays with the report: it is
shown under the successor, with the name of the agency that owed it.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from agencies.lineage import Attribution, Lineage
from agencies.models import Agency
from reports.figures.obligations import class_counts, count
from reports.figures.shapes import ComplianceFigures, Obligation, Shortfall
from reports.models import Cycle


def attributed(figures: ComplianceFigures, cycle: Cycle, attribution: Attribution) -> ComplianceFigures:
    """The same obligations and shortfalls under the agencies of the day; two queries, none as it was then.

    Tasks, money and targets stay: they are of lines and classes as the documents of the time name them.
    """
    if attribution.on is None:
        return figures
    lineage = Lineage.load_by_key()
    bearers = {one.agency: lineage.bearer(one.agency, attribution.on) for one in figures.obligations}
    known = {agency.key: agency for agency in Agency.objects.filter(key__in=bearers.values())}
    obligations = [_obligation(one, known[bearers[one.agency]]) for one in figures.obligations]
    shortfalls = [_shortfall(one, known[bearers[one.agency]]) for one in figures.shortfalls]
    classes = class_counts(obligations)
    order = {one.agency_class: position for position, one in enumerate(classes)}
    return replace(
        figures,
        obligations=tuple(sorted(obligations, key=lambda one: order[one.agency_class])),
        classes=classes,
        total=count("total", obligations),
        shortfalls=tuple(sorted(shortfalls, key=lambda one: order[one.agency_class])),
        agencies_on=attribution.on,
    )


def _obligation(one: Obligation, bearer: Agency) -> Obligation:
    if one.agency == bearer.key:
        return one
    return replace(
        one,
        name=_named(one.name, bearer.name),
        short_name=_named(one.short_name, bearer.short_name),
        agency_class=bearer.agency_class,
    )


def _shortfall(one: Shortfall, bearer: Agency) -> Shortfall:
    if one.agency == bearer.key:
        return one
    return replace(one, name=_named(one.name, bearer.name), agency_class=bearer.agency_class)


def _named(agency: str, bearer: str) -> str:
    return _("%(successor)s (report of %(agency)s)") % {"successor": bearer, "agency": agency}
