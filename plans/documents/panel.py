"""*Việc được giao*: the tasks that an agency leads, on its page, each with its clause, day and state."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency, GroupMember, Membership
from agencies.models.agency import CLASS_LABELS
from agencies.panels import AgencyPanel
from core import clock
from core.findings import Text
from plans.content.origins import source_label
from plans.documents import states
from plans.documents.clauses import prepare
from plans.documents.states import Asked, LineState
from plans.models import LegalDocument, LineKind, LineReporter, Plan, Task, TaskParty


@dataclass(slots=True)
class Assignment:
    """A task of the agency. `through` is the list or class by which it leads; `assigned`: on the system."""

    task: Task
    document: LegalDocument | None
    due_on: date | None
    through: Text = ""
    assigned: bool = False
    states: list[LineState] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OfDocument:
    """The tasks that one document gives the agency."""

    label: str
    plan: Plan
    tasks: list[Assignment]


def tasks_of_agency(agency: Agency, membership: Membership) -> AgencyPanel | None:
    """The tasks that plans in force today give the agency, by document; no panel where there are none."""
    groups = assignments_of(agency, membership)
    if not groups:
        return None
    prepare({group.plan.document for group in groups if group.plan.document is not None})
    tasks = [one for group in groups for one in group.tasks]
    note = ngettext("%(n)d task", "%(n)d tasks", len(tasks)) % {"n": len(tasks)}
    context = {
        "groups": groups,
        "illustrative": any(state.illustrative for one in tasks for state in one.states),
    }
    return AgencyPanel(_("Assigned tasks"), "plans/documents/_agency_tasks.html", context, note=note)


def assignments_of(agency: Agency, membership: Membership, *, told: bool = True) -> list[OfDocument]:
    """The tasks that plans in force today give the agency, by document; if `told` with the states to be seen.

    Four queries, and five at most for the states, however many tasks.
    """
    led = _led(agency)
    if not led:
        return []
    lines = {task.line_id for task in led}
    top = [task for task in led if task.parent_id not in lines]
    below = _sub_items([task.line_id for task in top])
    through = _through(agency, top)
    asked = {task.line_id: _asked(task, below.get(task.line_id, ())) for task in top}
    ours = agency.answers_for_on(clock.today())
    known = states.of(asked.values(), membership, ours) if told else {}
    groups: dict[int, OfDocument] = {}
    for task in top:
        of_plan = groups.setdefault(task.plan_id, OfDocument(source_label(task.plan), task.plan, []))
        one = Assignment(task, task.plan.document, asked[task.line_id].due_on)
        one.through, one.assigned = through.get(task.pk, ("", True))
        one.states = known.get(task.line_id, [])
        of_plan.tasks.append(one)
    return list(groups.values())


def _led(agency: Agency) -> list[Task]:
    """Tasks that name the agency, its class, or a list with it; or that were assigned to it on the system."""
    ours, today = agency.answers_for_on(clock.today()), clock.today()
    groups = GroupMember.objects.filter(agency__in=ours).values("group")
    leads = Q(agency__in=ours) | Q(group__in=groups)
    if agency.agency_class:
        leads |= Q(agency_class=agency.agency_class)
    named = TaskParty.objects.filter(leads, task=OuterRef("pk"), role=TaskParty.Role.LEAD)
    assigned = LineReporter.objects.standing(today).filter(leads, line=OuterRef("line"))
    found = (
        Task.objects.filter(Exists(named) | Exists(assigned), plan__in=Plan.objects.in_force(today))
        .select_related("plan__document", "plan__programme")
        .defer("plan__document__text", "text")
        .order_by(F("plan__document__issued_on").desc(nulls_last=True), "plan_id", "position", "id")
    )
    documents: dict[int, LegalDocument] = {}
    tasks = list(found)
    for task in tasks:
        if task.plan.document is not None:
            task.plan.document = documents.setdefault(task.plan.document.pk, task.plan.document)
    return tasks


def _sub_items(lines: Collection[UUID]) -> dict[UUID, list[Task]]:
    found: dict[UUID, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(parent__in=lines, plan__in=Plan.objects.in_force(clock.today())):
        if task.parent_id is not None:
            found[task.parent_id].append(task)
    return dict(found)


def _asked(task: Task, below: Sequence[Task], due_on: date | None = None) -> Asked:
    items = tuple(_asked(one, (), task.due_on) for one in below)
    due = task.due_on or due_on
    return Asked(task.line_id, LineKind.TASK.value, due, task.superseded_by_id is not None, items)


def _through(agency: Agency, tasks: Sequence[Task]) -> dict[int, tuple[Text, bool]]:
    """By task: the list or class through which it leads, "" where the document names it; none if assigned."""
    parties = TaskParty.objects.filter(task__in=tasks, role=TaskParty.Role.LEAD).select_related("group")
    ours = agency.answers_for_on(clock.today())
    groups = set(GroupMember.objects.filter(agency__in=ours).values_list("group_id", flat=True))
    found: dict[int, tuple[Text, bool]] = {}
    for party in parties:
        if party.agency_id in ours:
            found[party.task_id] = ("", False)
        elif party.group is not None and party.group_id in groups:
            found.setdefault(party.task_id, (party.group.name, False))
        elif party.agency_class and party.agency_class == agency.agency_class:
            found.setdefault(party.task_id, (CLASS_LABELS[party.agency_class], False))
    return found
