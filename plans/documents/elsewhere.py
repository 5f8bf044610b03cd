"""Where a line lives on outside its own place: what superseded it, and the plans that took it over."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Q, Value
from django.urls import reverse

from agencies.models import Membership
from plans.content.origins import source_label
from plans.documents.clauses import index_of, url_of
from plans.models import LegalDocument, Plan, Task
from plans.models.plan import IN_FORCE_STATES
from plans.parts import registry
from plans.review.workflow import LOOK


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A task at another clause, of this document or of another one."""

    number: str
    document: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A plan that took a line over, with the row that it became there."""

    plan: Plan
    url: str
    look: tuple[str, str]


def elsewhere(plan: Plan, clause: str, name: str) -> Elsewhere:
    """A task of a plan by its clause, with the page of the clause where the document has it."""
    found = index_of(plan.document).resolve(clause) if plan.document is not None else None
    return Elsewhere(clause, source_label(plan), name, url_of(found) if found else "")


def superseding(
    by: Collection[UUID], lines: Collection[UUID], documents: Iterable[LegalDocument]
) -> tuple[dict[UUID, Elsewhere], dict[UUID, list[Elsewhere]]]:
    """The tasks of `by`, by line; and for each of `lines` the tasks that it superseded.

    One query, and one for the clauses of each document that is not among `documents`.
    """
    known = {document.pk: document for document in documents}
    tasks = (
        Task.objects.filter(Q(line__in=by) | Q(superseded_by__in=lines), plan__state__in=IN_FORCE_STATES)
        .select_related("plan__document")
        .defer("plan__document__text", "text")
        .order_by("plan__version", "plan__document__issued_on", "position")
    )
    named: dict[UUID, Elsewhere] = {}
    older: dict[UUID, dict[UUID, Elsewhere]] = defaultdict(dict)
    for task in tasks:
        if task.plan.document is not None:
            task.plan.document = known.setdefault(task.plan.document.pk, task.plan.document)
        found = elsewhere(task.plan, task.clause, task.name)
        named[task.line_id] = found
        if task.superseded_by_id is not None:
            older[task.superseded_by_id][task.line_id] = found
    return named, {line: list(tasks.values()) for line, tasks in older.items()}


def taken_over(lines: Collection[UUID], membership: Membership) -> dict[UUID, list[TakenOver]]:
    """The plans that took the lines over, as far as the reader may see them: of each its last version."""
    plans = Plan.objects.visible_to(membership)
    arms = []
    for part in registry.parts():
        if part.line_kind is not None:
            rows = part.model._default_manager.filter(line__origin__in=lines, plan__in=plans.values("pk"))
            rows = rows.order_by().annotate(of_part=Value(part.key, output_field=CharField()))
            arms.append(rows.values_list("of_part", "plan_id", "line_id", "line__origin_id"))
    found = list(arms[0].union(*arms[1:], all=True))
    if not found:
        return {}
    known = plans.select_related("agency", "programme").in_bulk({plan for _key, plan, *_rest in found})
    latest: dict[tuple[UUID, str], tuple[Plan, str, UUID]] = {}
    for key, plan_id, line, origin in found:
        plan = known[plan_id]
        kept = latest.get((origin, plan.code))
        if kept is None or kept[0].version < plan.version:
            latest[origin, plan.code] = (plan, key, line)
    taken: dict[UUID, list[TakenOver]] = defaultdict(list)
    for (origin, _code), (plan, key, line) in sorted(latest.items(), key=lambda one: one[1][0].code):
        url = reverse("plan_part", args=[plan.code, plan.version, key])
        taken[origin].append(TakenOver(plan, f"{url}#at-{line}", LOOK[plan.state]))
    return dict(taken)
