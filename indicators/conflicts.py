"""Targets that contradict each other, between documents or inside one: found and shown, never decided.

`find_conflicts` is pure. `conflicts` reads the targets of the printed documents in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, GroupMember
from agencies.models.agency import CLASS_LABELS, CLASSES
from core.findings import Text
from indicators.attainment import Reach, reach
from indicators.models import Comparator, Indicator, Target
from indicators.rows import TargetRow
from plans.models import IN_FORCE_STATES, LegalDocument, Plan
from plans.parts import registry

WORDS = (Comparator.TEXT, Comparator.APPROXIMATE)


class Overlap(StrEnum):
    """Why a target speaks of the agencies that a conflict is about."""

    SAME = "same"
    AGENCY_IN_CLASS = "agency_in_class"
    AGENCY_IN_GROUP = "agency_in_group"
    GROUP_IN_CLASS = "group_in_class"
    COMMON_MEMBERS = "common_members"


OVERLAP_LABELS: dict[Overlap, Text] = {
    Overlap.SAME: _("the same agencies"),
    Overlap.AGENCY_IN_CLASS: _("the agency belongs to this class"),
    Overlap.AGENCY_IN_GROUP: _("the agency belongs to this group"),
    Overlap.GROUP_IN_CLASS: _("agencies of the group belong to this class"),
    Overlap.COMMON_MEMBERS: _("both name some agencies"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a target is: one agency, a group, or a class, by key."""

    agency_class: str = ""
    group: str = ""
    agency: str = ""

    @classmethod
    def of(cls, row: TargetRow) -> "Scope":
        """The narrowest that the target names."""
        if row.agency:
            return cls(agency=row.agency)
        return cls(group=row.group) if row.group else cls(agency_class=row.agency_class)

    @property
    def reach(self) -> Reach:
        return reach(self.group, self.agency)


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A target with its indicator and the plan that sets it; `label` and `agency` say for whom it is."""

    row: TargetRow
    indicator: Indicator
    plan: Plan
    agency: Agency | None = None
    label: Text = ""

    @property
    def document(self) -> LegalDocument:
        assert self.plan.document is not None
        return self.plan.document

    @property
    def computable(self) -> bool:
        return self.row.value is not None and self.row.comparator not in WORDS


@dataclass(frozen=True, slots=True)
class Side:
    """One target of a conflict, and why it speaks of the same agencies."""

    target: SetTarget
    overlap: Overlap

    @property
    def row(self) -> TargetRow:
        return self.target.row

    @property
    def plan(self) -> Plan:
        return self.target.plan

    @property
    def document(self) -> LegalDocument:
        return self.target.document

    @property
    def guidance(self) -> bool:
        return self.row.guidance

    @property
    def label(self) -> Text:
        """For whom the target is."""
        return self.target.label

    @property
    def why(self) -> Text:
        return OVERLAP_LABELS[self.overlap]


@dataclass(frozen=True, slots=True)
class TargetConflict:
    """Different values of one indicator in one year for the agencies of `scope`, side by side."""

    indicator: Indicator
    year: int
    scope: Scope
    sides: tuple[Side, ...]

    @property
    def documents(self) -> frozenset[int]:
        """Ids of the documents that contradict; one alone contradicts itself."""
        return frozenset(side.document.pk for side in self.sides)

    @property
    def inside(self) -> bool:
        return len(self.documents) == 1

    @property
    def label(self) -> Text:
        """Of whom the contradiction speaks."""
        return next(side.label for side in self.sides if side.overlap is Overlap.SAME)


@dataclass(frozen=True)
class Members:
    """Who belongs where, by key: the kind of each agency, the members of each group."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def overlap(self, broad: Scope, narrow: Scope) -> Overlap | None:
        """Why a target for `broad` speaks of agencies of `narrow`, which reaches no further; or None."""
        if broad == narrow:
            return Overlap.SAME
        if narrow.agency:
            if broad.group:
                member = narrow.agency in self.groups.get(broad.group, ())
                return Overlap.AGENCY_IN_GROUP if member else None
            inside = not broad.agency and self.kinds.get(narrow.agency) in CLASSES.get(broad.agency_class, ())
            return Overlap.AGENCY_IN_CLASS if inside else None
        if narrow.group:
            members = self.groups.get(narrow.group, frozenset())
            if broad.group:
                common = members & self.groups.get(broad.group, frozenset())
                return Overlap.COMMON_MEMBERS if common else None
            kinds = CLASSES.get(broad.agency_class, ())
            inside = any(self.kinds.get(one) in kinds for one in members)
            return Overlap.GROUP_IN_CLASS if inside else None
        common_kinds = set(CLASSES.get(broad.agency_class, ())) & set(CLASSES.get(narrow.agency_class, ()))
        return Overlap.COMMON_MEMBERS if common_kinds else None


def find_conflicts(targets: Iterable[SetTarget], members: Members) -> list[TargetConflict]:
    """Every contradiction, by indicator, year and agencies.

    Each document speaks for a scope through its most specific targets that reach it: a lower value that it
    gives a group within a class is no contradiction. Nor are words and approximate values.
    """
    by_cell: dict[tuple[str, int], list[SetTarget]] = defaultdict(list)
    for target in targets:
        if target.computable:
            by_cell[target.row.indicator, target.row.year].append(target)
    found = [
        conflict
        for (_code, year), cell in by_cell.items()
        for conflict in _in_one_cell(cell[0].indicator, year, cell, members)
    ]
    return sorted(found, key=lambda one: (one.indicator.position, one.indicator.pk or 0, one.year))


def _in_one_cell(
    indicator: Indicator, year: int, targets: list[SetTarget], members: Members
) -> Iterable[TargetConflict]:
    """The contradictions of one indicator in one year; one that two scopes show is given once."""
    shown: set[frozenset[object]] = set()
    rising = indicator.direction == Indicator.Direction.UP
    for scope in dict.fromkeys(Scope.of(target.row) for target in targets):
        sides = _sides(scope, targets, members)
        if len({demand(side.row, rising=rising) for side in sides}) < 2:
            continue
        lines = frozenset(side.row.line or id(side.row) for side in sides)
        if lines not in shown:
            shown.add(lines)
            yield TargetConflict(indicator, year, scope, tuple(sides))


def _sides(scope: Scope, targets: Iterable[SetTarget], members: Members) -> list[Side]:
    """What each document says of the scope: its most specific targets that reach it."""
    by_document: dict[int, list[Side]] = defaultdict(list)
    for target in targets:
        own = Scope.of(target.row)
        if own.reach <= scope.reach and (overlap := members.overlap(own, scope)):
            by_document[target.document.pk].append(Side(target, overlap))
    sides = [side for found in by_document.values() for side in _closest(found)]
    return sorted(sides, key=_order)


def _closest(sides: list[Side]) -> list[Side]:
    """Those for the very scope; else those of the highest reach."""
    same = [side for side in sides if side.overlap is Overlap.SAME]
    highest = max(Scope.of(side.row).reach for side in sides)
    return same or [side for side in sides if Scope.of(side.row).reach is highest]


def _order(side: Side) -> tuple[date, int, int]:
    return (side.document.issued_on or date.min, side.document.pk, side.row.position)


def demand(row: TargetRow, *, rising: bool) -> tuple[object, ...]:
    """What a target asks for: "= 50" asks for no more than "≥ 50" where higher is better."""
    comparator = row.comparator
    if comparator == Comparator.EQUAL:
        comparator = Comparator.AT_LEAST if rising else Comparator.AT_MOST
    return (str(comparator), row.value, row.value_to)


def read_targets(targets: QuerySet[Target]) -> list[SetTarget]:
    """Targets with all that is told of them, document by document in printed order; one query."""
    ordered = targets.select_related(
        "indicator", "group", "agency", "plan__agency", "plan__programme", "plan__document"
    ).defer("plan__document__text", "plan__document__corrections")
    ordered = ordered.order_by("plan__document__issued_on", "plan_id", "position", "id")
    part, plans = registry.get("targets"), dict[int, Plan]()
    return [
        SetTarget(
            part.row_of(one),
            one.indicator,
            plans.setdefault(one.plan_id, one.plan),
            one.agency,
            _label(one),
        )
        for one in ordered
    ]


def _label(target: Target) -> Text:
    if target.agency:
        return target.agency.short_name or target.agency.name
    return target.group.name if target.group else CLASS_LABELS.get(target.agency_class, target.agency_class)


def conflicts(on: date | None = None) -> list[TargetConflict]:
    """The contradictions between the printed documents in force on a day; None: of all, whenever they hold.

    Two queries.
    """
    plans = Plan.objects.filter(document__isnull=False, state__in=IN_FORCE_STATES)
    within = plans.in_force(on) if on else plans
    targets = read_targets(Target.objects.filter(plan__in=within.order_by().values("pk")))
    return find_conflicts(targets, members_of(targets))


def members_of(targets: Iterable[SetTarget]) -> Members:
    """All groups with the kinds of their members, and the kinds of agencies with targets; one query."""
    groups: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    for group, agency, kind in GroupMember.objects.values_list("group__key", "agency__key", "agency__kind"):
        groups[group].add(agency)
        kinds[agency] = kind
    kinds |= {target.agency.key: target.agency.kind for target in targets if target.agency}
    return Members(kinds, {key: frozenset(found) for key, found in groups.items()})
