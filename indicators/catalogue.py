"""The catalogue: what each indicator is, who is bound by it, its targets document by document, its start."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.findings import Text
from core.notation import format_date
from indicators.conflicts import SetTarget, TargetConflict, find_conflicts, members_of, read_targets
from indicators.models import Baseline, Indicator, OutlineIndicator, Target
from indicators.pages import TargetLine, scope_lines
from indicators.rows import BaselineRow, TargetRow
from indicators.status import row_of
from plans.content.origins import source_label
from plans.documents.clauses import index_all
from plans.models import IN_FORCE_STATES, LegalDocument, Plan, PlanKind, PlanState, with_document


def targets_in_catalogue() -> QuerySet[Target]:
    """The targets of all approved plans and directives, whether they are in force yet or not."""
    return Target.objects.filter(plan__state=PlanState.APPROVED)


def documents_of_indicators() -> QuerySet[LegalDocument]:
    """The documents that set a target, state a status or ask for one, by date."""
    approved = Plan.objects.filter(state=PlanState.APPROVED)
    setting = approved.filter(targets__isnull=False) | approved.filter(baselines__isnull=False)
    asking = OutlineIndicator.objects.order_by().values("programme__document")
    found = LegalDocument.objects.filter(pk__in=setting.order_by().values("document"))
    return (found | LegalDocument.objects.filter(pk__in=asking)).defer("text").order_by("issued_on", "id")


def years_of_targets() -> list[int]:
    return list(targets_in_catalogue().order_by("year").values_list("year", flat=True).distinct())


@dataclass(slots=True)
class Entry:
    """One indicator of the list: who sets targets for it, for whom, for which years."""

    indicator: Indicator
    targets: int = 0
    documents: dict[str, None] = field(default_factory=dict)
    scopes: dict[Text, None] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    asked: list[OutlineIndicator] = field(default_factory=list)
    contradictions: int = 0

    @property
    def span(self) -> str:
        """The years of its targets: "2008 - 2010"."""
        if not self.years:
            return ""
        first, last = min(self.years), max(self.years)
        return str(first) if first == last else f"{first} - {last}"


def entries(indicators: Iterable[Indicator]) -> list[Entry]:
    """The indicators of a list with what is known of each; three queries."""
    found = {one.pk: Entry(one) for one in indicators}
    targets = decided_targets(found)
    for target in targets:
        if target.plan.state == PlanState.APPROVED:
            entry = found[target.indicator.pk]
            entry.targets += 1
            entry.years.add(target.row.year)
            entry.documents.setdefault(source_label(target.plan))
            entry.scopes.setdefault(target.label)
    for asked in OutlineIndicator.objects.filter(indicator__in=list(found)).select_related("programme"):
        found[asked.indicator_id].asked.append(asked)
    for conflict in _contradictions(targets):
        found[conflict.indicator.pk].contradictions += 1
    return list(found.values())


def decided_targets(indicators: Iterable[int]) -> list[SetTarget]:
    """The targets that decided plans set for some indicators; national plans before those of agencies."""
    rows = Target.objects.filter(indicator__in=list(indicators), plan__state__in=IN_FORCE_STATES)
    return sorted(read_targets(rows), key=lambda target: target.plan.kind == PlanKind.AGENCY)


def _contradictions(targets: Sequence[SetTarget]) -> list[TargetConflict]:
    """Those between printed documents, whenever they hold."""
    printed = [target for target in targets if target.plan.document]
    return find_conflicts(printed, members_of(printed))


@dataclass(frozen=True, slots=True)
class DocumentTargets:
    """What one document sets: scope by scope, a cell for each year of the table."""

    plan: Plan
    label: str
    guidance: bool
    force: str
    lines: Sequence[TargetLine]


@dataclass(frozen=True, slots=True)
class TargetTable:
    """All targets of one indicator: those adopted, apart from those that are guidance."""

    years: Sequence[int]
    adopted: Sequence[DocumentTargets]
    guidance: Sequence[DocumentTargets]
    scopes: Sequence[Text]

    def __bool__(self) -> bool:
        return bool(self.years)

    @property
    def groups(self) -> list[tuple[Text, Sequence[DocumentTargets]]]:
        found: list[tuple[Text, Sequence[DocumentTargets]]] = [
            (_("Adopted"), self.adopted),
            (_("Guidance, not adopted"), self.guidance),
        ]
        return [(title, documents) for title, documents in found if documents]


def target_table(targets: Sequence[SetTarget]) -> TargetTable:
    """The targets of one indicator by document, scope and year."""
    shown = [target for target in targets if target.plan.state == PlanState.APPROVED]
    labels = {target.row.line: target.label for target in shown}
    years = sorted({target.row.year for target in shown})
    by_source: dict[tuple[Plan, bool], list[TargetRow]] = defaultdict(list)
    for target in shown:
        by_source[target.plan, target.row.guidance].append(target.row)
    found = [
        DocumentTargets(
            plan,
            source_label(plan),
            guidance,
            in_force(plan),
            scope_lines(rows, years, lambda row: labels[row.line]),
        )
        for (plan, guidance), rows in by_source.items()
    ]
    return TargetTable(
        years,
        [one for one in found if not one.guidance],
        [one for one in found if one.guidance],
        list(dict.fromkeys(labels.values())),
    )


def in_force(plan: Plan) -> str:
    """Since when, from when, or until when a plan holds, on the business day."""
    today = clock.today()
    if plan.in_force_from is None:
        return ""
    if plan.in_force_from > today:
        return _("in force only from %(day)s") % {"day": format_date(plan.in_force_from)}
    if plan.in_force_to is not None and plan.in_force_to < today:
        return _("in force until %(day)s") % {"day": format_date(plan.in_force_to)}
    return _("in force since %(day)s") % {"day": format_date(plan.in_force_from)}


@dataclass(frozen=True, slots=True)
class TargetsOfIndicator:
    """What is set for one indicator, and where it contradicts itself."""

    table: TargetTable
    conflicts: Sequence[TargetConflict]


def targets_of(indicator: Indicator) -> TargetsOfIndicator:
    """Three queries, one of them for the links to clauses."""
    targets = decided_targets([indicator.pk])
    index_all(target.plan.document for target in targets if target.plan.document)
    return TargetsOfIndicator(target_table(targets), _contradictions(targets))


@dataclass(frozen=True, slots=True)
class StatedBaseline:
    """The status that an agency's plan states."""

    plan: Plan
    row: BaselineRow


def stated_baselines(indicator: Indicator, membership: Membership) -> list[StatedBaseline]:
    """What plans that the reader may see say of the indicator's start, by agency; blank ones are left out."""
    gone = (PlanState.REJECTED, PlanState.SUPERSEDED)
    plans = Plan.objects.visible_to(membership).exclude(state__in=gone)
    told = Baseline.objects.filter(indicator=indicator, plan__in=plans.order_by().values("pk"))
    rows = (
        with_document(told, "plan__document")
        .select_related("indicator", "plan__agency", "plan__programme")
        .order_by("plan__agency__sort_key", "plan__in_force_from", "plan_id", "position", "id")
    )
    stated = (StatedBaseline(one.plan, row_of(one)) for one in rows)
    return [one for one in stated if one.row.answered]
