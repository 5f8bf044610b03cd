"""Which lines of found plans hold the words that were searched for, so that the list can lead straight to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from core.vietnamese import search_key
from plans.models import Plan, Project, Task

SHOWN = 3  # lines named under one plan


@dataclass(frozen=True, slots=True)
class Match:
    part: str
    line: UUID
    title: str


def matches_in(plans: Iterable[Plan], text: str) -> dict[int, list[Match]]:
    """The first lines of each plan whose name holds the text or whose clause it is; two queries."""
    key = search_key(text)
    if not key:
        return {}
    found: dict[int, list[Match]] = defaultdict(list)
    ids = [plan.pk for plan in plans]
    projects = Project.objects.filter(plan__in=ids, search_key__contains=key).order_by("plan", "position", "id")
    for plan, line, group, number, name in projects.values_list("plan", "line", "group_code", "number", "name"):
        label = ".".join(filter(None, (group, number)))
        found[plan].append(Match("projects", line, f"{label} {name}".strip()))
    tasks = Task.objects.filter(Q(search_key__contains=key) | Q(clause__iexact=text.strip()), plan__in=ids)
    for plan, line, clause, name in tasks.order_by("plan", "position", "id").values_list(
        "plan", "line", "clause", "name"
    ):
        found[plan].append(Match("tasks", line, f"{clause} {name}".strip()))
    return dict(found)
