"""The lines made of a clause, as its page shows them: who, by when, how far, and what became of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Membership
from core.findings import Text
from plans.documents import states
from plans.documents.elsewhere import Elsewhere, TakenOver, elsewhere, superseding, taken_over
from plans.documents.made import Line, cited_parts, counted
from plans.documents.parties import Assigned, Named, assigned_to, named
from plans.documents.states import Asked, LineState
from plans.documents.words import fold
from plans.models import Clause, LineKind, Plan
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.columns import Party
from plans.parts.names import Names
from plans.parts.pages import Cell, ExtraColumn, Panel


@dataclass(frozen=True, slots=True)
class Money:
    """One amount beside a project: the column that another part puts there, and its cell."""

    column: ExtraColumn
    cell: Cell


@dataclass(slots=True)
class Card:
    """One line: its row, the plan in which it stands, and what is known of it.

    `facts` are pairs of label and text for parts without a look of their own; `money` is a project's by year
    and source; `again` says that the clause only names the line once more, `repeats` that the clause's words
    hold its name.
    """

    part: str
    plan: Plan
    row: Any
    title: Text
    url: str
    again: bool = False
    repeats: bool = False
    leads: list[Named] = field(default_factory=list)
    co: list[Named] = field(default_factory=list)
    assigned: list[Assigned] = field(default_factory=list)
    states: list[LineState] = field(default_factory=list)
    superseded_by: Elsewhere | None = None
    supersedes: list[Elsewhere] = field(default_factory=list)
    part_of: Elsewhere | None = None
    due_with: date | None = None  # of a sub-item: the last timely day of the task that it is part of
    sub_items: list["Card"] = field(default_factory=list)
    taken_over: list[TakenOver] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    facts: Sequence[tuple[Text, Text]] = ()

    @property
    def label(self) -> str:
        """What it is called beside its words: "Task II.2.k"."""
        return _("Task %(number)s") % {"number": self.row.clause}

    @property
    def line(self) -> UUID | None:
        found: UUID | None = self.row.line
        return found

    @property
    def illustrative(self) -> bool:
        return self.plan.illustrative or any(
            state.illustrative for one in self.everything for state in one.states
        )

    @property
    def everything(self) -> list["Card"]:
        return [self, *self.sub_items]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one part, such as the tasks."""

    part: PlanPart[Any]
    cards: list[Card]

    @property
    def counted(self) -> str:
        return counted(self.part.key, len(self.cards))

    @property
    def heads(self) -> list[Text]:
        """What any of the lines says, in the order of the columns."""
        return list({str(label): label for card in self.cards for label, _text in card.facts}.values())

    @property
    def rows(self) -> list[tuple[Card, list[tuple[Text, Text]]]]:
        """Each line with a text below every head."""
        heads = self.heads
        said = [(card, {str(label): text for label, text in card.facts}) for card in self.cards]
        return [(card, [(head, texts.get(str(head), "")) for head in heads]) for card, texts in said]


def groups_at(
    clause: Clause, lines: Sequence[Line], plans: Sequence[Plan], membership: Membership
) -> list[Group]:
    """The lines at one clause, part by part. The number of queries does not depend on how many there are."""
    wanted = [part for part in cited_parts() if any(line.part == part.key for line in lines)]
    by_id = {plan.pk: plan for plan in plans}
    contents = {part.key: part.read_many(plans) for part in wanted}
    here = {
        plan: {part: _chosen(part, rows[plan], lines, plan) for part, rows in contents.items()}
        for plan in by_id
    }
    names = Names(*here.values())
    groups = []
    for part in wanted:
        made = [
            card
            for plan in plans
            for card in _cards(part, plan, here[plan.pk][part.key], contents[part.key][plan.pk], lines, names)
        ]
        groups.append(Group(part, made))
    _complete([card for group in groups for card in group.cards], membership)
    words = fold(" ".join(clause.text.split()))
    for card in (card for group in groups for card in group.cards):
        card.repeats = fold(str(card.row.title).removeprefix(clause.number).strip(" .;")) in words
    if any(group.part.line_kind == LineKind.PROJECT for group in groups):
        _add_money([card for group in groups for card in group.cards], names)
    return groups


def _chosen(part: str, rows: Sequence[Any], lines: Sequence[Line], plan: int) -> list[Any]:
    """The rows at the clause; of tasks their sub-items too. Where a part has no lines, the clause tells."""
    cited = {line.clause for line in lines if line.part == part and line.plan == plan and line.line is None}
    ids = {line.line for line in lines if line.part == part and line.plan == plan and line.line}
    chosen = [row for row in rows if (row.line in ids if row.line else row.clause in cited)]
    if part != "tasks":
        return chosen
    return chosen + [row for row in rows if row.parent in ids and row.line not in ids]


def _cards(
    part: PlanPart[Any],
    plan: Plan,
    rows: Sequence[Any],
    everything: Sequence[Any],
    lines: Sequence[Line],
    names: Names,
) -> list[Card]:
    again = {line.line for line in lines if line.again and line.part == part.key}
    page = reverse("plan_part", args=[plan.code, plan.version, _page_of(part)])
    found = []
    for row in rows:
        url = f"{page}#at-{row.line}" if row.line else f"{page}#{part.key}"
        card = Card(part.key, plan, row, part.called(row, names), url, again=row.line in again)
        if part.key == "tasks":
            card.leads, card.co = named(row.leads, names), named(row.co, names)
        elif part.key == "projects":
            card.leads = named(_project_leads(row), names)
        else:
            card.facts = part.facts(row, names)
        found.append(card)
    return _nested(found, plan, everything) if part.key == "tasks" else found


def _page_of(part: PlanPart[Any]) -> str:
    """The part on whose page the rows stand: printed totals stand below the projects."""
    return part.key if part.template else next(iter(part.depends_on), part.extends)


def _project_leads(row: Any) -> list[Party]:
    if row.lead_agency:
        return [Party("agency", row.lead_agency)]
    if row.lead_group:
        return [Party("group", row.lead_group)]
    return [Party("text", row.lead_words)] if row.lead_words else []


def _nested(cards: list[Card], plan: Plan, rows: Sequence[Any]) -> list[Card]:
    """Sub-items below the task that they are part of; one that stands alone says of which."""
    by_line = {card.line: card for card in cards}
    titles = {row.line: row for row in rows}
    top = []
    for card in cards:
        whole = by_line.get(card.row.parent) if card.row.parent else None
        if card.row.parent in titles:
            card.due_with = titles[card.row.parent].due_on
        if whole is not None:
            whole.sub_items.append(card)
            continue
        top.append(card)
        if card.row.parent in titles and plan.document is not None:
            card.part_of = elsewhere(plan, titles[card.row.parent].clause, titles[card.row.parent].name)
    return top


# --- What other tables know of the lines


def _complete(cards: Sequence[Card], membership: Membership) -> None:
    every = [one for card in cards for one in card.everything]
    lines = {card.line for card in every if card.line}
    assigned = assigned_to(lines) if lines else {}
    taken = taken_over(lines, membership) if lines else {}
    for card in every:
        if card.line:
            card.assigned = assigned.get(card.line, []) if not card.leads else []
            card.taken_over = taken.get(card.line, [])
    tasks = [card for card in every if card.part == "tasks"]
    _add_superseding(tasks)
    worked = [one for card in cards if card.part in ("tasks", "projects") for one in card.everything]
    known = states.of([_asked(card) for card in worked], membership)
    for one in worked:
        one.states = known.get(one.line, []) if one.line else []


def _asked(card: Card, due_on: date | None = None) -> Asked:
    """The question; a sub-item without a day of its own is due with its task."""
    assert card.line is not None
    is_task = card.part == "tasks"
    return Asked(
        card.line,
        (LineKind.TASK if is_task else LineKind.PROJECT).value,
        (card.row.due_on or card.due_with or due_on) if is_task else None,
        is_task and card.row.superseded_by is not None,
        tuple(_asked(one, card.row.due_on) for one in card.sub_items),
    )


def _add_superseding(cards: Sequence[Card]) -> None:
    if not cards:
        return
    by = {card.row.superseded_by for card in cards if card.row.superseded_by}
    own = [card.plan.document for card in cards if card.plan.document is not None]
    tasks, older = superseding(by, {card.line for card in cards if card.line}, own)
    for card in cards:
        card.superseded_by = tasks.get(card.row.superseded_by)
        card.supersedes = older.get(card.line, []) if card.line else []


# --- Money of projects


def _add_money(cards: Iterable[Card], names: Names) -> None:
    """What other parts put beside and below a project: its money by year and source, its shares."""
    by_plan: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        if card.part == "projects":
            by_plan[card.plan.pk].append(card)
    extensions = registry.extensions_of("projects")
    beside = {
        part.key: part.read_many([members[0].plan for members in by_plan.values()]) for part in extensions
    }
    for plan_id, members in by_plan.items():
        for card in members:
            content: dict[str, Any] = {"projects": [card.row]}
            content |= {
                key: [row for row in rows[plan_id] if row.line == card.line] for key, rows in beside.items()
            }
            for part in extensions:
                columns = part.columns_beside(card.plan, content, [content["projects"]], names)
                card.money += [Money(one, cell) for one in columns if (cell := one.cells.get(card.line))]
                card.panels += part.panels(card.plan, content, names)
