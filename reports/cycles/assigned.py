"""The assignments on the system that stood when a period was opened: its report lines rest on them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from plans.content.assigning import Assignment, read_assignments
from plans.models import LineReporter
from reports.cycles.lines import opened_on
from reports.models import Cycle, Report


def assignments_of(cycle: Cycle, lines: Iterable[UUID]) -> dict[UUID, list[Assignment]]:
    """By line, who was assigned when the period was opened, whatever was withdrawn since; one query."""
    wanted = list(lines)
    if not wanted:
        return {}
    opened = opened_on(cycle)
    stood = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=opened)
    return read_assignments(LineReporter.objects.filter(stood, line__in=wanted, assigned_on__lte=opened))


def assigned_to(report: Report, lines: Sequence[UUID]) -> dict[UUID, list[Assignment]]:
    """The assignments by which one agency reports on these lines; at most two queries."""
    found = assignments_of(report.cycle, lines)
    if not found:
        return {}
    agency = report.agency
    own = {f"agency:{agency.key}", f"class:{agency.agency_class}"}
    own |= {f"group:{key}" for key in agency.groups.order_by().values_list("key", flat=True)}
    # A group may have changed since: then all assignments of the line stand.
    return {line: [one for one in every if one.party.token in own] or every for line, every in found.items()}
