"""How sections, tasks and projects are laid out for reading: under their headings, in their groups."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.findings import Text
from plans.models import OutlineItem, Plan, Task
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.parts.pages import ExtraColumn

if TYPE_CHECKING:
    from plans.parts.projects import ProjectRow
    from plans.parts.texts import SectionRow, TaskRow


def above(number: str) -> str:
    """The place that holds one: "IV.1" of "IV.1.a", "VII.1" of "VII.1, gạch 3", "" of "IV"."""
    return number[: max(number.rfind("."), number.rfind(","), 0)]


# --- Sections


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading with its text; `guidance` is what the programme's outline asks for there."""

    row: "SectionRow"
    level: int
    empty: bool
    guidance: str = ""


def section_views(plan: Plan, rows: Sequence["SectionRow"]) -> list[SectionView]:
    """The sections as printed; while the plan is drafted with the outline's guidance."""
    guidance: dict[str, str] = {}
    if plan.is_editable:
        guidance = dict(
            OutlineItem.objects.filter(programme=plan.programme_id).values_list("number", "guidance")
        )
    parents = {above(row.number) for row in rows}
    return [
        SectionView(
            row,
            min(row.level, 4),
            not row.body.strip() and row.number not in parents,
            guidance.get(row.number, ""),
        )
        for row in rows
    ]


# --- Tasks


@dataclass(frozen=True, slots=True)
class TaskView:
    row: "TaskRow"
    leads: list[str]
    co: list[str]
    more: str  # the full text, where the name does not say it all
    superseded: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks below one heading of the document."""

    heading: str
    tasks: list[TaskView]


def task_groups(content: Content, names: Names) -> list[TaskGroup]:
    """The tasks in printed order, under the headings that their clauses stand below."""
    rows: Sequence[TaskRow] = content["tasks"]
    headings = {section.number: section.title for section in content["sections"]}
    superseding = _superseding(rows)
    by_line = {row.line: row for row in rows if row.line}

    def heading_of(row: "TaskRow") -> str:
        whole = by_line.get(row.parent) if row.parent else None
        return above((whole or row).clause)

    return [
        TaskGroup(headings.get(heading, ""), [_task_view(row, names, superseding) for row in group])
        for heading, group in groupby(rows, heading_of)
    ]


def _task_view(row: "TaskRow", names: Names, superseding: dict[UUID, str]) -> TaskView:
    more = row.text if _words(row.text) not in ("", _words(row.name)) else ""
    by = superseding.get(row.superseded_by, "") if row.superseded_by else ""
    return TaskView(row, names.parties(row.leads), names.parties(row.co), more, by)


# What a printed point has around its sentence: its letter, and the sign that closes it.
_LETTER = re.compile(r"^\s*(?:[^\W\d_]|\d+)[.)]\s+|^\s*[-+•]\s*")


def _words(text: str) -> str:
    return " ".join(_LETTER.sub("", text).split()).rstrip(" .;:")


def _superseding(rows: Iterable["TaskRow"]) -> dict[UUID, str]:
    """The clause and document of the tasks that supersede others, by line."""
    wanted = {row.superseded_by for row in rows if row.superseded_by}
    if not wanted:
        return {}
    tasks = Task.objects.filter(line_id__in=wanted).order_by("plan__version")
    return {
        line: f"{clause}, {number}" if number else clause
        for line, clause, number in tasks.values_list("line_id", "clause", "plan__document__number")
    }


# --- Projects


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with who leads it and the cells that other parts put beside it."""

    row: "ProjectRow"
    lead: Text
    lead_full: Text
    years: str
    years_derived: bool
    cells: list[Any]


@dataclass(slots=True)
class ProjectGroup:
    """Projects with a foot of their own: a group, or a sub-group inside it."""

    title: str
    projects: list[ProjectView] = field(default_factory=list)
    subgroups: list["ProjectGroup"] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    need: "Need | None" = None


def project_table(plan: Plan, content: Content, names: Names) -> dict[str, Any]:
    """`groups`, `heads`, `columns` and the whole's feet, of the table of projects."""
    rows: Sequence[ProjectRow] = content["projects"]
    layout = _layout(rows)
    lists = [members for group, subgroups in layout for members in (group, *subgroups.values())]
    columns = [
        column
        for part in registry.extensions_of("projects")
        for column in part.columns_beside(plan, content, lists, names)
    ]
    feet = iter(range(len(lists)))
    groups = []
    for members, subgroups in layout:
        group = _group(_group_title(members[0]), members, next(feet), columns)
        if len(subgroups) > 1:
            for name, below in subgroups.items():
                subgroup = _group(name, below, next(feet), columns)
                subgroup.projects = [_project_view(row, names, columns) for row in below]
                group.subgroups.append(subgroup)
        else:
            group.projects = [_project_view(row, names, columns) for row in members]
            for _only in subgroups:
                next(feet)
        groups.append(group)
    return {
        "groups": groups,
        "columns": columns,
        "heads": _heads(columns),
        "need": need_of(rows),
        "has_need": any(row.total_need is not None for row in rows),
        "has_place": any(row.location for row in rows),
        "totals": [column.total for column in columns],
    }


def _layout(rows: Sequence["ProjectRow"]) -> list[tuple[list["ProjectRow"], dict[str, list["ProjectRow"]]]]:
    """Groups in printed order, each with its members by sub-group."""
    found: dict[str, tuple[list[ProjectRow], dict[str, list[ProjectRow]]]] = {}
    for row in rows:
        members, subgroups = found.setdefault(row.group_code, ([], {}))
        members.append(row)
        subgroups.setdefault(row.subgroup, []).append(row)
    return list(found.values())


def _group_title(row: "ProjectRow") -> str:
    return ". ".join(filter(None, (row.group_code, row.group_name)))


def _group(
    title: str, members: Sequence["ProjectRow"], foot: int, columns: Sequence[ExtraColumn]
) -> ProjectGroup:
    feet = [column.feet[foot] for column in columns]
    return ProjectGroup(title, feet=feet, need=need_of(members))


@dataclass(frozen=True, slots=True)
class Need:
    """The sum of the total needs that are stated, and by how many of how many projects."""

    amount: Decimal | None
    stated: int
    projects: int

    @property
    def said(self) -> str:
        """How many state it, when it is not all: "13/19 projects state it"."""
        if not self.stated or self.stated == self.projects:
            return ""
        return _("%(n)d/%(all)d projects state it") % {"n": self.stated, "all": self.projects}


def need_of(rows: Iterable["ProjectRow"]) -> Need:
    """The total need over projects; a group in which no project states any is not counted as silent."""
    projects = list(rows)
    stated = [row.total_need for row in projects if row.total_need is not None]
    groups = {row.group_code for row in projects if row.total_need is not None}
    asked = sum(1 for row in projects if row.group_code in groups)
    return Need(sum(stated, Decimal(0)) if stated else None, len(stated), asked)


def _project_view(row: "ProjectRow", names: Names, columns: Sequence[ExtraColumn]) -> ProjectView:
    lead, full = _lead(row, names)
    printed = row.years_printed
    span = "-".join(dict.fromkeys(str(year) for year in (row.year_from, row.year_to) if year))
    cells = [column.cells.get(row.line) for column in columns]
    return ProjectView(row, lead, full, printed or span, bool(span and not printed), cells)


def _lead(row: "ProjectRow", names: Names) -> tuple[Text, Text]:
    if row.lead_agency:
        name = names.of(Kind.AGENCY, row.lead_agency)
        return name.short, name.full
    if row.lead_group:
        name = names.of(Kind.GROUP, row.lead_group)
        return name.short, name.full
    return row.lead_words, row.lead_words


def _heads(columns: Sequence[ExtraColumn]) -> list[tuple[Text, int]]:
    """The upper head: each text with the number of neighbours below it."""
    return [(top, len(list(group))) for top, group in groupby(columns, lambda column: column.top)]
