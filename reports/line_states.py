"""What agencies reported of a line, for pages of lower apps: the latest period that says something.

Only what the reader may see: an agency its own submissions, the lead all of them, everybody what was issued.
Drafts never count. A number is made as in `figures.tasks`, over the same reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.notation import format_date
from plans.documents.states import Asked, LineState
from plans.models import LineKind
from reports.figures.names import TASK_VERDICTS
from reports.figures.presenting import VERDICT_LOOK
from reports.figures.tasks import task_verdict
from reports.filing.reading import STATUS_LOOK
from reports.models import (
    Compilation,
    Cycle,
    Filing,
    FilingState,
    LineRole,
    ProjectResult,
    ReportLine,
    TaskResult,
)

PERIODS = 4
"""How many of the last periods of a programme are looked at."""
LABELS = {
    LineKind.TASK: dict(TaskResult.Status.choices),
    LineKind.PROJECT: dict(ProjectResult.Status.choices),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says of one line: its status ("" for nothing), the day it was done, whose it is."""

    report: int
    agency: int
    agency_key: str
    status: str = ""
    done_on: date | None = None
    filing: int | None = None
    illustrative: bool = False

    @property
    def unsaid(self) -> "Said":
        return Said(self.report, self.agency, self.agency_key)


@dataclass(frozen=True)
class Known:
    """The periods, the latest first, and what is said in each of the lines.

    `whole` are the periods whose every report the reader sees, `own` the agencies that the reader acts for.
    For those who do not lead the programme, a period is what was issued of it.
    """

    cycles: Sequence[Cycle]
    whole: frozenset[int]
    own: frozenset[int]
    issued: frozenset[int]  # filings that an issued compilation counts
    said: Mapping[tuple[UUID, int], Sequence[Said]]

    def nation(self, lines: Sequence[UUID]) -> tuple[Cycle, list[Said]] | None:
        """All reporters of the lines, in the latest period that asked for them."""
        for cycle, found in self._of(lines):
            if cycle.pk in self.whole:
                return cycle, [self.counted(cycle, one) for one in found]
        return None

    def counted(self, cycle: Cycle, one: Said) -> Said:
        """What counts in the number of a period: with the lead all, for others what was issued."""
        led = cycle.programme.lead_id in self.own
        return one if led or one.filing is None or one.filing in self.issued else one.unsaid

    def of_agencies(self, lines: Sequence[UUID], agencies: frozenset[int]) -> tuple[Cycle, list[Said]] | None:
        """What these agencies said last, as far as the reader sees it."""
        for cycle, found in self._of(lines):
            theirs = [one for one in found if one.agency in agencies]
            if any(one.status for one in theirs):
                return cycle, theirs
        return None

    def _of(self, lines: Sequence[UUID]) -> Iterator[tuple[Cycle, list[Said]]]:
        for cycle in self.cycles:
            if found := [one for line in lines for one in self.said.get((line, cycle.pk), ())]:
                yield cycle, found


def states_of_lines(
    asked: Sequence[Asked], membership: Membership, agencies: frozenset[int] | None = None
) -> dict[UUID, list[LineState]]:
    """What was reported of each line, or what these agencies reported. At most five queries."""
    known = _known([line for one in asked for line in _leaves(one)], membership)
    if agencies is not None:
        return {one.line: list(_states_of(one, known, agencies)) for one in asked}
    return {one.line: list(_states(one, known)) for one in asked}


def _leaves(asked: Asked) -> list[UUID]:
    """The lines on which it is reported: the sub-items, where it has any."""
    return [one.line for one in asked.sub_items] or [asked.line]


# --- Reading


def _known(lines: Sequence[UUID], membership: Membership) -> Known:
    now = clock.now()
    counting = (
        Filing.objects.visible_to(membership)
        .filter(
            Q(returned_at__isnull=True) | Q(returned_at__gt=now), submitted_at__lte=now, report__exempt=False
        )
        .exclude(state=FilingState.DRAFT)
    )
    cycles = _cycles(counting.values("report__cycle"))
    if not cycles:
        return Known((), frozenset(), membership.agency_ids, frozenset(), {})
    of_cycles = {cycle.pk for cycle in cycles}
    said: dict[tuple[UUID, int], dict[int, Said]] = defaultdict(dict)
    reporters = ReportLine.objects.filter(line__in=lines, role=LineRole.LEAD, report__cycle__in=of_cycles)
    for line, cycle, report, agency, key in reporters.values_list(
        "line_id", "report__cycle_id", "report_id", "report__agency_id", "report__agency__key"
    ):
        said[line, cycle][report] = Said(report, agency, key)
    fixed = set(said)
    filings = counting.filter(report__cycle__in=of_cycles).values("pk")
    for line, cycle, *one in _results(lines, filings):
        if (line, cycle) not in fixed or one[0] in said[line, cycle]:
            said[line, cycle][one[0]] = Said(*one)
    whole = {
        cycle.pk
        for cycle in cycles
        if cycle.programme.lead_id in membership.agency_ids or getattr(cycle, "issued", None)
    }
    compilations = [found for cycle in cycles if (found := getattr(cycle, "issued", None))]
    issued = Filing.objects.filter(compilations__in=compilations).values_list("pk", flat=True)
    in_order = {place: list(found.values()) for place, found in said.items()}
    return Known(cycles, frozenset(whole), membership.agency_ids, frozenset(issued), in_order)


def _cycles(seen: QuerySet[Filing, Any]) -> list[Cycle]:
    """The last periods of each programme in which something was submitted, the latest first."""
    issued = Compilation.objects.filter(cycle=OuterRef("pk"), issued_files__isnull=False).order_by("-number")
    found: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in (
        Cycle.objects.filter(pk__in=seen)
        .select_related("programme")
        .annotate(issued=Subquery(issued.values("pk")[:1]))
        .order_by("-window_to", "-pk")
    ):
        if len(found[cycle.programme_id]) < PERIODS:
            found[cycle.programme_id].append(cycle)
    cycles = [cycle for of_programme in found.values() for cycle in of_programme]
    return sorted(cycles, key=lambda one: (one.window_to, one.pk), reverse=True)


def _results(lines: Sequence[UUID], filings: QuerySet[Filing, Any]) -> Iterator[tuple[Any, ...]]:
    columns = (
        "line_id",
        "filing__report__cycle_id",
        "filing__report_id",
        "filing__report__agency_id",
        "filing__report__agency__key",
        "status",
    )
    tasks = TaskResult.objects.filter(line__in=lines, filing__in=filings)
    yield from tasks.values_list(*columns, "done_on", "filing_id", "filing__illustrative")
    projects = ProjectResult.objects.filter(line__in=lines, filing__in=filings)
    for *row, filing, illustrative in projects.values_list(*columns, "filing_id", "filing__illustrative"):
        yield (*row, None, filing, illustrative)


# --- In words


def _states(asked: Asked, known: Known) -> Iterator[LineState]:
    lines = _leaves(asked)
    nation, mine = known.nation(lines), known.of_agencies(lines, known.own)
    if nation is not None:
        cycle, said = nation
        yield _nation(asked, known, cycle, said)
        if _is_late(asked, known, cycle):
            yield LineState(TASK_VERDICTS["late"], *VERDICT_LOOK["late"])
    if mine is not None and (nation is None or mine[0] is not nation[0] or not _is_single(nation[1])):
        yield _one(asked, mine[0], mine[1], _("reported by your agency"))


def _states_of(asked: Asked, known: Known, agencies: frozenset[int]) -> Iterator[LineState]:
    found = known.of_agencies(_leaves(asked), agencies)
    if found is not None:
        cycle, said = found
        yield _one(asked, cycle, said, "")
        if _is_late(asked, known, cycle, agencies):
            yield LineState(TASK_VERDICTS["late"], *VERDICT_LOOK["late"])


def _nation(asked: Asked, known: Known, cycle: Cycle, said: Sequence[Said]) -> LineState:
    """ "2008-Q2: 84/86 done"; of a single reporter what it says."""
    if _is_single(said):
        return _one(asked, cycle, said, "")
    done = sum(1 for one in said if one.status == "done")
    counts = {"period": cycle.code, "done": done, "all": len(said)}
    if asked.sub_items:
        text = _("%(period)s: %(done)d/%(all)d reports on sub-items say done") % counts
    else:
        text = _("%(period)s: %(done)d/%(all)d done") % counts
    family, sign = STATUS_LOOK["done" if done == len(said) else "in_progress" if _begun(said) else ""]
    url, note = _page_of(cycle, known)
    return LineState(text, family, sign, note, url, _illustrative(cycle, said))


def _one(asked: Asked, cycle: Cycle, said: Sequence[Said], note: str) -> LineState:
    """What one agency says: of a task with sub-items how many of them are done."""
    if len(said) > 1:
        done = sum(1 for one in said if one.status == "done")
        family, sign = STATUS_LOOK["done" if done == len(said) else "in_progress" if _begun(said) else ""]
        counts = {"period": cycle.code, "done": done, "all": len(said)}
        text = _("%(period)s: %(done)d/%(all)d sub-items done") % counts
    else:
        status = said[0].status
        word = LABELS[LineKind(asked.kind)].get(status) or _("nothing reported")
        day = f" {format_date(said[0].done_on)}" if said[0].done_on else ""
        text = f"{cycle.code}: {word}{day}"
        family, sign = STATUS_LOOK[status]
    arguments = {"programme": cycle.programme.code, "cycle": cycle.code, "key": said[0].agency_key}
    url = reverse("report_detail", kwargs=arguments)
    return LineState(text, family, sign, note or _("report"), url, _illustrative(cycle, said))


def _illustrative(cycle: Cycle, said: Iterable[Said]) -> bool:
    return cycle.illustrative or any(one.illustrative for one in said)


def _is_single(said: Iterable[Said]) -> bool:
    """Whether one agency alone reports."""
    return len({one.agency for one in said}) == 1


def _begun(said: Iterable[Said]) -> bool:
    return any(one.status not in ("", "not_started") for one in said)


def _page_of(cycle: Cycle, known: Known) -> tuple[str, str]:
    """Where all reports of the period are: for the lead the period itself, for others what was issued."""
    issued = getattr(cycle, "issued", None)
    if cycle.programme.lead_id in known.own or issued is None:
        return reverse("cycle_detail", args=[cycle.programme.code, cycle.code]), str(
            _("reports of the period")
        )
    return reverse("compilation_detail", args=[issued]), str(_("as issued"))


def _is_late(asked: Asked, known: Known, cycle: Cycle, agencies: frozenset[int] | None = None) -> bool:
    """Whether the task, or one of its sub-items, is late as the figures of the period judge it."""
    if asked.kind != LineKind.TASK:
        return False
    on = min(cycle.window_to, clock.today() - timedelta(days=1))
    for one in asked.sub_items or (asked,):
        said = [
            known.counted(cycle, each) if agencies is None else each
            for each in known.said.get((one.line, cycle.pk), ())
            if agencies is None or each.agency in agencies
        ]
        done = sum(1 for each in said if each.status == "done")
        superseded = one.superseded or asked.superseded
        verdict = task_verdict(one.due_on or asked.due_on, done, len(said), on, superseded=superseded)
        if verdict == "late":
            return True
    return False
