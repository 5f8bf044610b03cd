"""Which plans rest on a row of a reference list: those decided by name, those in work as a number.

Drafts are their agency's own; who keeps a list is told how many there are, not whose.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.keeping.uses import Use
from agencies.models import AgencyGroup
from core import clock
from plans.content.origins import source_label
from plans.models import (
    IN_FORCE_STATES,
    LineReporter,
    Plan,
    PlanRevision,
    PlanState,
    Project,
    TaskParty,
    with_document,
)


def plans_resting(lines: Mapping[int, int]) -> Iterable[Use]:
    """Of plan id -> number of lines: each decided plan with its page, all others as one number; one query."""
    others = lines_of_others = 0
    for plan in with_document(Plan.objects.filter(pk__in=lines)).order_by("code", "version"):
        count = lines[plan.pk]
        if plan.state not in IN_FORCE_STATES:
            others, lines_of_others = others + 1, lines_of_others + count
            continue
        said = {"plan": source_label(plan), "version": plan.version, "lines": lines_in_words(count)}
        words = _("%(plan)s, version %(version)d, no longer in force: %(lines)s")
        if plan.state == PlanState.APPROVED:
            words = _("%(plan)s, version %(version)d: %(lines)s")
        yield Use(words % said, reverse("plan_detail", args=[plan.code, plan.version]))
    if others:
        words = ngettext("%(n)d plan not decided: %(lines)s", "%(n)d plans not decided: %(lines)s", others)
        yield Use(words % {"n": others, "lines": lines_in_words(lines_of_others)})


def lines_in_words(count: int) -> str:
    return ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}


def counted_by_plan(*rows: tuple[QuerySet[Any], str]) -> dict[int, int]:
    """How many rows of each plan there are: pairs of rows and the name of their way to the plan."""
    found: dict[int, int] = {}
    for queryset, plan in rows:
        for pk, count in queryset.order_by().values_list(plan).annotate(Count("pk")):
            found[pk] = found.get(pk, 0) + count
    return found


def frozen_naming(named: Iterable[str]) -> Iterable[Use]:
    """The frozen versions of plans in whose canonical text one of the words stands, as a number."""
    wanted = Q()
    for text in named:
        wanted |= Q(content__contains=text)
    count = PlanRevision.objects.filter(wanted).count()
    if count:
        words = ngettext("%(n)d frozen version of a plan", "%(n)d frozen versions of plans", count)
        yield Use(words % {"n": count})


def uses_of_group(group: AgencyGroup) -> Iterable[Use]:
    """Tasks and projects whose lead or partner is the list, assignments, frozen versions."""
    tasks = TaskParty.objects.filter(group=group)
    projects = Project.objects.filter(lead_group=group)
    yield from plans_resting(counted_by_plan((tasks, "task__plan_id"), (projects, "plan_id")))
    assigned = LineReporter.objects.standing(clock.today()).filter(group=group).count()
    if assigned:
        words = ngettext(
            "%(n)d line whose reporting is assigned to it",
            "%(n)d lines whose reporting is assigned to it",
            assigned,
        )
        yield Use(words % {"n": assigned})
    key = group.key
    yield from frozen_naming((f'"group:{key}"', f'"group":"{key}"', f'"lead_group":"{key}"'))
