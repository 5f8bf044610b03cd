"""What of the reports rests on a list of agencies, a funding source, an indicator."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.keeping.uses import Use
from agencies.models import AgencyGroup
from budgets.models import FundingSource
from indicators.models import Indicator
from plans.models import Project, TaskParty
from plans.resting import lines_in_words
from reports.models import (
    Compilation,
    Cycle,
    FilingDraftValue,
    FundFlow,
    IndicatorResult,
    ReportLine,
)


def report_lines_of_group(group: AgencyGroup) -> Iterable[Use]:
    """Periods of which nothing was issued yet, with the report lines of plans' lines that name the list."""
    tasks = TaskParty.objects.filter(group=group).order_by().values("task__line_id")
    projects = Project.objects.filter(lead_group=group).order_by().values("line_id")
    rows = ReportLine.objects.filter(Q(line__in=tasks) | Q(line__in=projects)).order_by()
    counts = dict(rows.values_list("report__cycle_id").annotate(Count("pk")))
    open_ones = Cycle.objects.filter(pk__in=counts).exclude(compilations__issued_files__isnull=False)
    for cycle in open_ones.select_related("programme").order_by("window_from", "id"):
        words = _("%(cycle)s (%(programme)s), open: %(lines)s in reports")
        said = {
            "cycle": cycle.title,
            "programme": cycle.programme.short_name,
            "lines": lines_in_words(counts[cycle.pk]),
        }
        yield Use(words % said, reverse("cycle_detail", args=[cycle.programme.code, cycle.code]))


def amounts_of_sources(sources: Sequence[FundingSource]) -> Iterable[Use]:
    """Amounts that reports state of the sources, those that wait to be mended, and frozen figures."""
    amounts = FundFlow.objects.filter(source__in=sources).count()
    if amounts:
        words = ngettext("%(n)d amount in reports", "%(n)d amounts in reports", amounts)
        yield Use(words % {"n": amounts})
    waiting, frozen = Q(pk__in=[]), Q(pk__in=[])
    for one in sources:
        waiting |= Q(path__startswith="projects/", path__contains=f"/{one.code}/")
        frozen |= Q(figures__contains=f'"{one.code}"')
    if count := FilingDraftValue.objects.filter(waiting).count():
        words = ngettext(
            "%(n)d value in a report that waits to be mended",
            "%(n)d values in reports that wait to be mended",
            count,
        )
        yield Use(words % {"n": count})
    yield from _compilations(frozen)


def results_of_indicator(indicator: Indicator) -> Iterable[Use]:
    """What reports state for an indicator, and frozen figures that name it."""
    results = IndicatorResult.objects.filter(indicator=indicator).count()
    if results:
        words = ngettext("%(n)d result in reports", "%(n)d results in reports", results)
        yield Use(words % {"n": results})
    yield from _compilations(Q(figures__contains=f'"{indicator.code}"'))


def _compilations(naming: Q) -> Iterable[Use]:
    if count := Compilation.objects.filter(naming).count():
        words = ngettext("%(n)d compilation", "%(n)d compilations", count)
        yield Use(words % {"n": count})
