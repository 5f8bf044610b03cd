"""The list of periods: how many reports each asks for and has, and how one's own agency stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from agencies.answering import taken_over_from
from agencies.models import Membership
from core import clock
from core.findings import Text
from reports.cycles.timeliness import LOOK, Timeliness, timeliness_of, words
from reports.models import Compilation, Cycle, IssuedFile, Report


@dataclass(frozen=True, slots=True)
class OwnReport:
    """How a report of the reader's agency stands; one that it took over names whose it was."""

    report: Report
    family: str
    sign: str
    word: str
    taken_over: Text = ""


def own_reports(reports: Iterable[Report], membership: Membership, now: datetime) -> list[OwnReport]:
    """The reports that the agency answers for, its own before those that it took over."""
    ordered = sorted(reports, key=lambda one: (one.agency_id != membership.agency_id, one.pk))
    found = []
    for report in ordered:
        judged = timeliness_of(report, now)
        taken_over = "" if report.agency_id == membership.agency_id else taken_over_from(report.agency)
        found.append(OwnReport(report, *LOOK[judged.standing], words(judged), taken_over))
    return found


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One period in the list; `own` is how the reader's agency stands, empty where it owes nothing."""

    cycle: Cycle
    led: bool
    family: str
    sign: str
    word: Text
    own: list[OwnReport]


def cycles_for(membership: Membership) -> QuerySet[Cycle]:
    """All periods, the newest first, with their counts."""
    filed = Q(reports__first_submitted_at__isnull=False) | Q(reports__received_on__isnull=False)
    cycles = Cycle.objects.select_related("programme").annotate(
        obliged=Count("reports"),
        filed=Count("reports", filter=filed),
        compiled=Exists(Compilation.objects.filter(cycle=OuterRef("pk"))),
        issued=Exists(IssuedFile.objects.filter(compilation__cycle=OuterRef("pk"))),
    )
    return cycles.order_by("-window_to", "programme__position", "-id")


def cycle_rows(cycles: list[Cycle], membership: Membership) -> list[CycleRow]:
    """The rows of a page; one query for the reader's own obligations."""
    reports = Report.objects.filter(cycle__in=cycles, agency__in=membership.agency_ids)
    by_cycle = {cycle.pk: cycle for cycle in cycles}
    own: dict[int, list[Report]] = defaultdict(list)
    for report in reports.select_related("agency").order_by("id"):
        report.cycle = by_cycle[report.cycle_id]
        own[report.cycle_id].append(report)
    return [_row(cycle, membership, own[cycle.pk], clock.now()) for cycle in cycles]


def _row(cycle: Cycle, membership: Membership, own: list[Report], now: datetime) -> CycleRow:
    led = cycle.programme.lead_id in membership.agency_ids
    state = state_of(cycle, compiled=cycle.compiled, issued=cycle.issued)  # type: ignore[attr-defined]
    return CycleRow(cycle, led, *state, own_reports(own, membership, now))


class Stage(StrEnum):
    """How far a period is."""

    COLLECTING = "collecting"
    OVERDUE = "overdue"  # the deadline has passed
    COMPILED = "compiled"
    ISSUED = "issued"


STAGE_LOOK: Mapping[Stage, tuple[str, str, Text]] = {
    Stage.COLLECTING: ("work", "→", gettext_lazy("Collecting reports")),
    Stage.OVERDUE: ("wait", "◷", gettext_lazy("Deadline passed")),
    Stage.COMPILED: ("work", "◐", gettext_lazy("Compiled")),
    Stage.ISSUED: ("ok", "✓", gettext_lazy("Issued")),
}


def stage_of(cycle: Cycle, *, compiled: bool, issued: bool) -> Stage:
    if issued:
        return Stage.ISSUED
    if compiled:
        return Stage.COMPILED
    return Stage.OVERDUE if clock.today() > cycle.due_on else Stage.COLLECTING


def state_of(cycle: Cycle, *, compiled: bool, issued: bool) -> tuple[str, str, Text]:
    """Family, sign and word of a period."""
    return STAGE_LOOK[stage_of(cycle, compiled=compiled, issued=issued)]


def standings_before(cycle: Cycle) -> dict[str, Timeliness]:
    """How each agency stood in the programme's period before, by its key; empty where there was none."""
    before = (
        Cycle.objects.filter(programme=cycle.programme_id, window_to__lt=cycle.window_from, ad_hoc=False)
        .order_by("-window_to")
        .values("pk")[:1]
    )
    reports = Report.objects.filter(cycle__in=before).select_related("agency", "cycle")
    return {report.agency.key: timeliness_of(report, clock.now()) for report in reports}
