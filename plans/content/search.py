"""Which lines of found plans hold the words searched for, so that the list leads straight to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, Value

from core.vietnamese import clean, search_key
from plans.models import Plan, Project, Task


@dataclass(frozen=True, slots=True)
class Match:
    part: str
    line: UUID
    title: str


def matches_in(plans: Iterable[Plan], text: str) -> dict[int, list[Match]]:
    """The lines of each plan whose name holds the text or whose clause it is, in printed order; one query."""
    key, ids = search_key(text), [plan.pk for plan in plans]
    if not key or not ids:
        return {}
    projects = Project.objects.filter(plan__in=ids, search_key__contains=key).order_by()
    tasks = Task.objects.filter(Q(search_key__contains=key) | Q(clause__iexact=clean(text)), plan__in=ids)
    fields = ("plan_id", "part", "position", "line_id", "group", "no", "name")
    rows = projects.annotate(part=Value("projects"), group=F("group_code"), no=F("number")).values_list(
        *fields
    )
    others = tasks.order_by().annotate(part=Value("tasks"), group=F("clause"), no=Value(""))
    found: dict[int, list[Match]] = defaultdict(list)
    for plan, part, _position, line, group, number, name in sorted(
        rows.union(others.values_list(*fields), all=True)
    ):
        label = ".".join(filter(None, (group, number)))
        found[plan].append(Match(part, line, f"{label} {name}".strip()))
    return dict(found)
