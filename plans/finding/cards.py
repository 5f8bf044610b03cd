"""The cards of clauses whose number was typed: their words, the tasks made of them, who, by when, how far.

The clause's own page shows more, in more queries. The cards of all clauses cost three, one more where the
document leaves open who leads, and those of the states.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from agencies.finding import Answer, Hit
from agencies.models import Membership
from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from core.notation import format_date
from core.vietnamese import search_key
from plans.documents import page, states
from plans.documents.clauses import find, url_of
from plans.documents.parties import Assigned, Named, assigned_to
from plans.models import Clause, LineKind, Plan, PlanState, Task, TaskParty

MOST_LETTERS = 700
SUGGESTED = 4

_COLUMNS = (
    "plan__document_id", "plan__code", "plan__version", "line_id", "clause", "name", "date_phrase", "due_on",
    "parent_id", "superseded_by_id",
    "parties__role", "parties__agency__key", "parties__agency__name", "parties__group__name",
    "parties__agency_class", "parties__words",
)  # fmt: skip


@dataclass(slots=True)
class TaskCard:
    """One task at a clause.

    `due_on` is the last timely day, None where none is set; `repeats` that the clause's words hold its name.
    """

    line: UUID
    clause: str
    name: str
    url: str
    date_phrase: str
    due_on: date | None
    parent: UUID | None
    superseded: bool
    repeats: bool = False
    leads: list[Named] = field(default_factory=list)
    co: list[Named] = field(default_factory=list)
    assigned: Sequence[Assigned] = ()
    known: Sequence[states.LineState] = ()
    sub_items: list["TaskCard"] = field(default_factory=list)


@dataclass(slots=True)
class ClauseCard:
    """A clause with its first words, and the tasks made of it."""

    clause: Clause
    url: str
    document_url: str
    document: Text
    issued: str
    paragraphs: list[str]
    cut: bool
    tasks: list[TaskCard] = field(default_factory=list)


class Clauses:
    """Answers to "II.2.k", "Điều 2.3.g" and the like."""

    def answer(self, words: str, membership: Membership, *, whole: bool) -> Answer | None:
        """The page of the one clause with this number; of several their cards, the earliest document first.

        How far the tasks are is asked of other tables: only for the `whole`.
        """
        clauses = find(words)
        if not clauses:
            return None
        if len(clauses) == 1:
            return Answer(url=url_of(clauses[0]))
        cards = [_card(clause) for clause in clauses]
        _add_tasks(cards, membership, whole=whole)
        return Answer(template="plans/documents/_cards.html", context={"cards": cards, "whole": whole})

    def suggest(self, words: str, membership: Membership, *, whole: bool) -> list[Hit]:
        """The same clauses without their tasks, the first few while the words are still typed."""
        return [_hit(_card(clause)) for clause in find(words)[: None if whole else SUGGESTED]]


def _card(clause: Clause) -> ClauseCard:
    document = clause.document
    paragraphs, cut = _first_paragraphs(clause)
    return ClauseCard(
        clause=clause,
        url=url_of(clause),
        document_url=reverse("document_detail", args=[document.slug]),
        document=str(document),
        issued=format_date(document.issued_on),
        paragraphs=paragraphs,
        cut=cut,
    )


def _hit(card: ClauseCard) -> Hit:
    words = " ".join(card.paragraphs)
    return Hit(
        card.url,
        card.clause.heading or words,
        card.clause.number,
        [card.document, *filter(None, [card.issued])],
    )


def _first_paragraphs(clause: Clause) -> tuple[list[str], bool]:
    """The clause's own words up to about 700 letters, and whether that is not all."""
    found: list[str] = []
    left = MOST_LETTERS
    for block in [] if clause.missing else page.blocks_of(clause):
        if len(block.text) > left:
            short = block.text[:left].rsplit(" ", 1)[0]
            return [*found, *([f"{short} …"] if left > MOST_LETTERS // 4 else [])], True
        found.append(block.text)
        left -= len(block.text)
    return found, False


# --- Tasks


def _add_tasks(cards: Sequence[ClauseCard], membership: Membership, *, whole: bool) -> None:
    """The tasks at the clauses themselves, their milestones and sub-items; not those of the clauses below."""
    tasks = _tasks_at(cards, membership)
    by_line = {task.line: task for found in tasks.values() for task in found}
    open_lead = [task.line for task in by_line.values() if not task.leads]
    assigned = assigned_to(open_lead) if open_lead else {}
    for task in by_line.values():
        task.assigned = assigned.get(task.line, ())
        if task.parent in by_line:
            by_line[task.parent].sub_items.append(task)
    known = states.of((_asked(task) for task in by_line.values()), membership) if whole else {}
    for task in by_line.values():
        task.known = known.get(task.line, ())
    for card in cards:
        key = (card.clause.document_id, card.clause.number)
        card.tasks = [task for task in tasks.get(key, ()) if task.parent not in by_line]
        words = search_key(" ".join(card.paragraphs))
        for task in tasks.get(key, ()):
            task.repeats = search_key(task.name) in words


def _tasks_at(cards: Iterable[ClauseCard], membership: Membership) -> dict[tuple[int, str], list[TaskCard]]:
    """By document and number of the clause; one query with all parties."""
    wanted = Q()
    numbers = {}
    for card in cards:
        clause = card.clause
        numbers[clause.document_id, clause.number] = clause
        at = Q(clause=clause.number) | Q(clause__startswith=f"{clause.number},")
        wanted |= Q(plan__document=clause.document_id) & at
    rows = (
        Task.objects.filter(
            wanted, plan__in=Plan.objects.visible_to(membership), plan__state=PlanState.APPROVED
        )
        .order_by("plan_id", "position", "id", "parties__position", "parties__id")
        .values(*_COLUMNS)
    )
    made: dict[UUID, TaskCard] = {}
    found: dict[tuple[int, str], list[TaskCard]] = {}
    for row in rows:
        if row["line_id"] not in made:
            made[row["line_id"]] = task = _task(row)
            document, number = row["plan__document_id"], row["clause"]
            if (document, number) not in numbers:
                number = number.rpartition(",")[0]
            found.setdefault((document, number), []).append(task)
        _add_party(made[row["line_id"]], row)
    return found


def _task(row: Mapping[str, Any]) -> TaskCard:
    tasks = reverse("plan_part", args=[row["plan__code"], row["plan__version"], "tasks"])
    return TaskCard(
        line=row["line_id"],
        clause=row["clause"],
        name=row["name"],
        url=f"{tasks}#at-{row['line_id']}",
        date_phrase=row["date_phrase"],
        due_on=row["due_on"],
        parent=row["parent_id"],
        superseded=row["superseded_by_id"] is not None,
    )


def _add_party(task: TaskCard, row: Mapping[str, Any]) -> None:
    key, agency_class = row["parties__agency__key"], row["parties__agency_class"]
    if row["parties__role"] is None:
        return
    name = row["parties__agency__name"] or row["parties__group__name"] or row["parties__words"]
    party = Named(
        name or CLASS_LABELS.get(agency_class, agency_class),
        reverse("agency_detail", args=[key]) if key else "",
    )
    (task.leads if row["parties__role"] == TaskParty.Role.LEAD else task.co).append(party)


def _asked(task: TaskCard) -> states.Asked:
    return states.Asked(
        task.line, LineKind.TASK.value, task.due_on, task.superseded, tuple(map(_asked, task.sub_items))
    )
