"""What became of a document: its programmes and plans, and at which clauses their lines stand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, UUIDField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from core import clock
from core.findings import Text
from plans.documents.clauses import ClauseIndex
from plans.models import LegalDocument, Plan
from plans.models.plan import IN_FORCE_STATES
from plans.parts import registry
from plans.parts.base import PlanPart

TEXT, TASKS = "sections", "tasks"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan at the clause that it cites; `number` is what it is called, "A.18" of a project.

    `again` is true where the document only names once more what it set out elsewhere.
    """

    part: str
    plan: int
    line: UUID | None
    clause: str
    number: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written beside a clause: "Task II.2.k", "3 targets"; `anchor` is its place on that page."""

    label: Text
    anchor: str
    quiet: bool = False  # of what only repeats the document's words


def plans_of(documents: Iterable[LegalDocument], membership: Membership) -> list[Plan]:
    """The plans made of the documents, one version each: in force today, else the last that was decided.

    They share the documents that were given, so that nothing of these is read again.
    """
    known = {document.pk: document for document in documents}
    found = (
        Plan.objects.visible_to(membership)
        .filter(document__in=known, state__in=IN_FORCE_STATES)
        .select_related("agency", "programme", "programme__lead")
        .order_by("document_id", "programme__position", "code", "-version")
    )
    chosen: dict[str, Plan] = {}
    for plan in found:
        plan.document = known[plan.document_id or 0]
        if plan.code not in chosen or (is_in_force(plan) and not is_in_force(chosen[plan.code])):
            chosen[plan.code] = plan
    return list(chosen.values())


def is_in_force(plan: Plan) -> bool:
    today = clock.today()
    begun = plan.in_force_from is not None and plan.in_force_from <= today
    return begun and (plan.in_force_to is None or today <= plan.in_force_to)


# --- Lines at clauses


def cited_parts() -> list[PlanPart[Any]]:
    """The parts whose rows cite a clause; sections last, for they repeat the document's words."""
    parts = [part for part in registry.parts() if "clause" in part.columns_by_name]
    return sorted(parts, key=lambda part: part.key == TEXT)


def lines_of(plans: Sequence[Plan]) -> list[Line]:
    """All lines of the plans that cite a clause; one query, however many parts there are."""
    if not plans:
        return []
    arms = []
    for part in cited_parts():
        arms.append(_arm(part, plans, F("clause"), again=False))
        if "also_at" in part.columns_by_name:
            arms.append(_arm(part, plans, F("also_at"), again=True, wanted=~Q(also_at="")))
    rows = sorted(arms[0].union(*arms[1:], all=True), key=lambda row: (row[1], row[3]))
    return [
        Line(key, plan, line, clause, number, bool(again))
        for key, plan, line, _position, clause, number, again in rows
        if clause
    ]


def _arm(
    part: PlanPart[Any], plans: Sequence[Plan], clause: F, *, again: bool, wanted: Q | None = None
) -> Any:
    own = {field.name for field in part.model._meta.get_fields()}
    rows = part.model._default_manager.filter(plan__in=plans).order_by()
    if wanted is not None:
        rows = rows.filter(wanted)
    grouped = "group_code" in own and "number" in own
    return rows.annotate(
        of_part=Value(part.key, output_field=CharField()),
        cited_at=clause,
        of_line=F("line_id") if "line" in own else Value(None, output_field=UUIDField()),
        called_by=_label() if grouped else Value("", output_field=CharField()),
        named_again=Value(int(again), output_field=IntegerField()),
    ).values_list("of_part", "plan_id", "of_line", "position", "cited_at", "called_by", "named_again")


def _label() -> Any:
    return Concat(F("group_code"), Value("."), F("number"), output_field=CharField())


def by_clause(index: ClauseIndex, lines: Iterable[Line]) -> dict[int, list[Line]]:
    """The lines at each clause, by its id; a place that the document has no clause for counts above it."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if (clause := index.resolve(line.clause)) is not None:
            found[clause.pk].append(line)
    return dict(found)


# --- How many, in words

_COUNTED: Mapping[str, Callable[[int], str]] = {
    "sections": lambda n: ngettext("%(n)d section", "%(n)d sections", n),
    "tasks": lambda n: ngettext("%(n)d task", "%(n)d tasks", n),
    "projects": lambda n: ngettext("%(n)d project", "%(n)d projects", n),
    "targets": lambda n: ngettext("%(n)d target", "%(n)d targets", n),
    "baselines": lambda n: ngettext("%(n)d status figure", "%(n)d status figures", n),
    "stated_totals": lambda n: ngettext("%(n)d printed total", "%(n)d printed totals", n),
}


def counted(part: str, n: int) -> str:
    """ "3 targets"."""
    if part in _COUNTED:
        return _COUNTED[part](n) % {"n": n}
    return f"{n} × {registry.get(part).label}"


def marks_of(lines: Sequence[Line]) -> list[Mark]:
    """What stands beside one clause: a single task or project by its number, everything else counted."""
    by_part: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_part[line.part].append(line)
    return [
        Mark(_mark(part.key, by_part[part.key]), part.key, quiet=part.key == TEXT)
        for part in cited_parts()
        if part.key in by_part
    ]


def _mark(part: str, members: Sequence[Line]) -> Text:
    one = members[0]
    # The sub-items of one task that have no clause of their own stand with it: "II.2.k, giai đoạn I".
    whole = part == TASKS and all(other.clause.startswith(f"{one.clause},") for other in members[1:])
    if len(members) > 1 and not whole:
        return counted(part, len(members))
    if part == TASKS:
        return _("Task %(number)s") % {"number": one.clause}
    if part == "projects" and one.number:
        return _("Project %(number)s") % {"number": one.number.strip(".")}
    if part == TEXT:
        return _("section")
    return counted(part, 1)
