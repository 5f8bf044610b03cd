"""Sections and tasks as parts of a plan."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Finding, Place, warning
from plans.models import LineKind, Plan, Section, Task, TaskParty
from plans.parts.base import CarryContext, Content, PlanPart, Row
from plans.parts.columns import Kind, Party, column
from plans.parts.names import Names
from plans.parts.pages import Progress
from plans.parts.reading import above, section_views, task_groups
from plans.parts.references import References


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow(Row):
    """A heading with its text."""

    number: str = column(gettext_lazy("Number"), max_length=40, required=True)
    heading: str = column(gettext_lazy("Heading"), required=True)
    body: str = column(gettext_lazy("Text"), Kind.LONG_TEXT)
    clause: str = column(gettext_lazy("Clause"), max_length=120)

    @property
    def title(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def level(self) -> int:
        """1 for "IV", 2 for "IV.1" and "Phụ lục I, II", 3 for "IV.1.a"."""
        return self.number.count(".") + self.number.count(",") + 1


def parents_of(rows: Iterable[SectionRow]) -> set[str]:
    """The numbers that have headings below them: "IV" and "IV.1" where there is an "IV.1.a"."""
    return {above(row.number) for row in rows}


class SectionPart(PlanPart[SectionRow]):
    key = "sections"
    label = gettext_lazy("Text")
    row_type = SectionRow
    model = Section
    line_kind = LineKind.SECTION
    order = 10
    excluded_fields = frozenset({"id", "plan", "line", "position", "row_version", "number_key", "search_key"})
    template = "plans/parts/_sections.html"

    def carry(self, row: SectionRow, context: CarryContext) -> SectionRow | None:
        """Text goes where the mapping of outlines says; numbers alone do not tell (IV.1 became IV.3)."""
        number = context.outline.get(row.number)
        if not number or not row.body:
            return None
        # Several headings may meet under one; each then keeps its own as the first line of its text.
        merged = number.count(".") < row.number.count(".") and not row.body.startswith(row.heading)
        return replace(row, number=number, body=f"{row.heading}\n{row.body}" if merged else row.body)

    def initial(self, plan: Plan) -> Sequence[SectionRow]:
        return [SectionRow(number=item.number, heading=item.heading) for item in plan.programme.outline.all()]

    def progress(self, rows: Sequence[SectionRow]) -> Progress:
        """Headings with text, of those that want it: one with headings below it may stay empty."""
        parents = parents_of(rows)
        wanting = [row for row in rows if row.body.strip() or row.number not in parents]
        return Progress(sum(1 for row in wanting if row.body.strip()), len(wanting))

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        return {"sections": section_views(plan, content["sections"])}

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        rows: Sequence[SectionRow] = content["sections"]
        parents = parents_of(rows)
        for row in rows:
            if not row.body.strip() and row.number not in parents:
                yield warning(
                    "section_empty",
                    _("Section %(title)s has no text yet.") % {"title": row.title},
                    Place("sections", str(row.line), "body"),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow(Row):
    """An assignment: who leads, who co-operates, by when."""

    clause: str = column(gettext_lazy("Clause"), max_length=120, required=True)
    name: str = column(gettext_lazy("Task"), required=True)
    text: str = column(gettext_lazy("Full text"), Kind.LONG_TEXT)
    leads: tuple[Party, ...] = column(gettext_lazy("Leads"), Kind.PARTIES, default=())
    co: tuple[Party, ...] = column(gettext_lazy("Co-operate"), Kind.PARTIES, default=())
    date_phrase: str = column(gettext_lazy("Date as printed"), max_length=200)
    due_on: date | None = column(
        gettext_lazy("Last timely day"),
        Kind.DATE,
        default=None,
        help=gettext_lazy("“Before 30/6/2008” ends on 29/06/2008; blank when no date is set."),
    )
    parent: UUID | None = column(gettext_lazy("Part of"), Kind.LINE, default=None, editable=False)
    superseded_by: UUID | None = column(
        gettext_lazy("Superseded by"), Kind.LINE, default=None, editable=False
    )
    note: str = column(gettext_lazy("Note"), Kind.LONG_TEXT)

    @property
    def title(self) -> str:
        return f"{self.clause} {self.name}".strip()


class TaskPart(PlanPart[TaskRow]):
    key = "tasks"
    label = gettext_lazy("Tasks")
    row_type = TaskRow
    model = Task
    line_kind = LineKind.TASK
    order = 20
    excluded_fields = frozenset(
        {"id", "plan", "line", "position", "row_version", "clause_key", "search_key", "parties"}
    )
    template = "plans/parts/_tasks.html"

    def many_valued(self, **rows: Any) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, list[Party]]] = defaultdict(lambda: {"lead": [], "co": []})
        tasks = {f"task__{lookup}": value for lookup, value in rows.items()}
        parties = TaskParty.objects.filter(**tasks).values_list(
            "task_id", "role", "agency__key", "group__key", "agency_class", "words"
        )
        for task_id, role, agency, group, agency_class, words in parties:
            found[task_id][role].append(_party(agency, group, agency_class, words))
        return {
            task_id: {"leads": tuple(roles["lead"]), "co": tuple(roles["co"])}
            for task_id, roles in found.items()
        }

    def write_many_valued(
        self, instances: Sequence[Any], rows: Sequence[TaskRow], references: References
    ) -> None:
        TaskParty.objects.bulk_create(
            party_instance(task, role, party, position, references)
            for task, row in zip(instances, rows, strict=True)
            for role, parties in (("lead", row.leads), ("co", row.co))
            for position, party in enumerate(parties)
        )

    def carry(self, row: TaskRow, context: CarryContext) -> TaskRow | None:
        """What supersedes a task does so in its own plan."""
        return replace(row, superseded_by=None)

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        return {"groups": task_groups(content, names)}

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        for row in content["tasks"]:
            if not row.leads:
                yield warning(
                    "task_without_lead",
                    _("Task %(title)s has no lead.") % {"title": row.title[:80]},
                    Place("tasks", str(row.line), "leads"),
                )


def _party(agency: str | None, group: str | None, agency_class: str, words: str) -> Party:
    if agency:
        return Party("agency", agency)
    if group:
        return Party("group", group)
    return Party("class", agency_class) if agency_class else Party("text", words)


def party_instance(task: Task, role: str, party: Party, position: int, references: References) -> TaskParty:
    """The stored form of a party."""
    made = TaskParty(task=task, role=role, position=position)
    if party.kind == "agency":
        made.agency_id = references.id_by_key(Kind.AGENCY, party.value)
    elif party.kind == "group":
        made.group_id = references.id_by_key(Kind.GROUP, party.value)
    elif party.kind == "class":
        made.agency_class = party.value
    else:
        made.words = party.value
    return made
