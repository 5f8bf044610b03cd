"""From the records of a document's folder to the rows of plan parts. Pure but for the keys that exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from agencies.models import Agency, AgencyGroup, GroupMember
from agencies.models.agency import CLASSES
from budgets.models import FundingSource
from budgets.rows import AllocationRow, ShareRow, StatedTotalRow
from core.fields import NAME_LENGTH
from indicators.models import Comparator, Indicator
from indicators.rows import TargetRow
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Kind, Party
from plans.parts.projects import ProjectRow
from plans.parts.texts import SectionRow, TaskRow
from sources import reading
from sources.reading import Record, SourceError


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that fixtures may name, by key."""

    agencies: set[str]
    groups: dict[str, list[str]]
    sources: set[str]
    indicators: dict[str, str]

    @classmethod
    def in_database(cls) -> "Known":
        groups: dict[str, list[str]] = {key: [] for key in AgencyGroup.objects.values_list("key", flat=True)}
        members = GroupMember.objects.order_by("position", "id")
        for group, agency in members.values_list("group__key", "agency__key"):
            groups[group].append(agency)
        return cls(
            agencies=set(Agency.objects.values_list("key", flat=True)),
            groups=groups,
            sources=set(FundingSource.objects.values_list("code", flat=True)),
            indicators=dict(Indicator.objects.values_list("code", "unit")),
        )

    def party(self, record: Record, field: str, token: str) -> Party:
        """`group:`, `class:`, `text:` or `agency:`; a bare key is an agency."""
        party = Party.parse(token if ":" in token else f"agency:{token}")
        known = {"agency": self.agencies, "group": self.groups, "class": CLASSES}.get(party.kind)
        if known is not None and party.value not in known:
            raise record.wrong(field, f"there is no {party.kind} “{party.value}”")
        return party


def read_content(folder: Path, known: Known, *, guidance: bool) -> Content:
    """What a document's folder holds, as the rows of a plan; a file that is not there has no rows."""
    projects, allocations, shares = _projects(folder / "projects.yaml", known)
    content: dict[str, Sequence[Any]] = {
        "sections": _sections(folder / "sections.yaml"),
        "tasks": _tasks(folder / "tasks.yaml", known),
        "projects": projects,
        "allocations": allocations,
        "shares": shares,
        "targets": _targets(folder / "targets.yaml", known, guidance=guidance),
        "stated_totals": _totals(folder / "totals.yaml", known, projects),
    }
    _refuse_long_texts(folder, content)
    return content


def _records(path: Path, *label_fields: str) -> list[Record]:
    return list(reading.records(path, *label_fields)) if path.exists() else []


def _sections(path: Path) -> list[SectionRow]:
    rows = []
    for position, record in enumerate(_records(path, "number"), start=1):
        number = record.text("number", required=True)
        rows.append(
            SectionRow(
                line=uuid4(),
                position=position,
                number=number,
                heading=record.text("heading", required=True),
                body=record.long_text("body"),
                clause=number,
            )
        )
        record.finish()
    return rows


def _tasks(path: Path, known: Known) -> list[TaskRow]:
    listed = _records(path, "clause")
    lines = {record.text("clause", required=True): uuid4() for record in listed}
    rows = []
    for position, record in enumerate(listed, start=1):
        clause = record.text("clause")
        superseded_by = record.key("superseded_by", set(lines), "task of this document with the clause")
        rows.append(
            TaskRow(
                line=lines[clause],
                position=position,
                clause=clause,
                name=record.text("name", required=True),
                text=record.long_text("text"),
                leads=tuple(known.party(record, "leads", token) for token in record.words("leads")),
                co=tuple(known.party(record, "co", token) for token in record.words("co")),
                date_phrase=record.text("phrase"),
                due_on=record.day("due"),
                superseded_by=lines[superseded_by] if superseded_by else None,
                note=record.long_text("note"),
            )
        )
        record.finish()
    return rows


def _projects(path: Path, known: Known) -> tuple[list[ProjectRow], list[AllocationRow], list[ShareRow]]:
    projects, allocations, shares = [], [], []
    for position, record in enumerate(_records(path, "group", "no", "line"), start=1):
        lead = known.party(record, "lead", record.text("lead")) if record.text("lead") else Party("text", "")
        if lead.kind == "class":
            raise record.wrong("lead", "a class cannot lead a project; name a group")
        record.raw("line")  # tells two lines of one number apart; their leads and money do so in the plan
        project = ProjectRow(
            line=uuid4(),
            position=position,
            group_code=record.text("group"),
            group_name=record.text("group_name"),
            subgroup=record.text("subgroup"),
            number=record.text("no", required=True),
            name=record.text("name", required=True),
            objective=record.long_text("objective"),
            coordination=record.long_text("coordination"),
            lead_agency=lead.value if lead.kind == "agency" else "",
            lead_group=lead.value if lead.kind == "group" else "",
            lead_words=lead.value if lead.kind == "text" else "",
            location=record.text("location"),
            year_from=record.year("year_from"),
            year_to=record.year("year_to"),
            years_printed=record.text("years_printed"),
            stage=record.text("stage"),
            total_need=record.money("total"),
            clause=record.text("clause", required=True),
            note=record.long_text("note"),
        )
        projects.append(project)
        allocations += [_allocation(one, project, known) for one in record.records("allocations")]
        shares += _shares(record, project, known)
        record.finish()
    return projects, allocations, shares


def _allocation(record: Record, project: ProjectRow, known: Known) -> AllocationRow:
    amount = record.money("amount", required=True)
    assert amount is not None
    row = AllocationRow(
        line=project.line,
        year=record.year("year"),
        source=record.key("source", known.sources, "funding source"),
        amount=amount,
        basis=record.text("basis"),
    )
    record.finish()
    return row


def _shares(record: Record, project: ProjectRow, known: Known) -> list[ShareRow]:
    """Shares by member, or `{group, each}`: the same amount for every member of a group."""
    printed = record.raw("shares")
    if isinstance(printed, dict):
        whole = Record(record.file, f"{record.label}: shares", printed)
        group = whole.key("group", set(known.groups), "group")
        each, derived = whole.money("each", required=True), whole.flag("derived")
        whole.finish()
        assert each is not None
        return [
            ShareRow(line=project.line, agency=key, amount=each, derived=derived)
            for key in known.groups[group]
        ]
    rows = []
    for one in record.records("shares"):
        amount = one.money("amount", required=True)
        assert amount is not None
        rows.append(
            ShareRow(line=project.line, agency=one.key("agency", known.agencies, "agency"), amount=amount)
        )
        one.finish()
    return rows


def _totals(path: Path, known: Known, projects: Sequence[ProjectRow]) -> list[StatedTotalRow]:
    lines: dict[str, UUID | None] = {project.label: project.line for project in projects}
    rows = []
    for position, record in enumerate(_records(path, "clause", "label"), start=1):
        amount = record.money("amount", required=True)
        assert amount is not None
        named = record.words("projects")
        if unknown := [label for label in named if label not in lines]:
            raise record.wrong("projects", f"there is no project “{unknown[0]}”")
        rows.append(
            StatedTotalRow(
                position=position,
                clause=record.text("clause"),
                label=record.text("label", required=True),
                group_code=record.text("group"),
                subgroup=record.text("subgroup"),
                year=record.year("year"),
                source=record.key("source", known.sources, "funding source"),
                amount=amount,
                approximate=record.flag("approximate"),
                lines=tuple(line for label in named if (line := lines[label]) is not None),
            )
        )
        record.finish()
    return rows


def _targets(path: Path, known: Known, *, guidance: bool) -> list[TargetRow]:
    rows = []
    for position, record in enumerate(_records(path, "clause", "indicator", "year"), start=1):
        indicator = record.key("indicator", set(known.indicators), "indicator")
        unit = record.text("unit")
        if unit and unit != known.indicators.get(indicator):
            raise record.wrong("unit", f"“{unit}” is not the unit of {indicator}")
        scope = known.party(record, "scope", record.text("scope", required=True))
        year, due_on = record.year("year"), record.day("on")
        if year is None or due_on is None:
            raise record.wrong("year, on", "one of them is blank")
        record.raw("roadmap")  # says from which table the target comes, as the clause does
        rows.append(
            TargetRow(
                line=uuid4(),
                position=position,
                indicator=indicator,
                agency_class=scope.value if scope.kind == "class" else "",
                group=scope.value if scope.kind == "group" else "",
                agency=scope.value if scope.kind == "agency" else "",
                year=year,
                due_on=due_on,
                comparator=record.choice("comparator", Comparator.values),
                value=record.number("value"),
                value_to=record.number("value_to"),
                words=record.text("text"),
                printed=record.text("printed"),
                guidance=guidance,
                clause=record.text("clause", required=True),
                note=record.long_text("note"),
            )
        )
        record.finish()
    return rows


def _refuse_long_texts(folder: Path, content: Content) -> None:
    """A text that does not fit its column is a mistake on every database, not on PostgreSQL alone."""
    for part in registry.parts():
        short = [column for column in part.columns if column.kind is Kind.TEXT]
        for number, row in enumerate(content[part.key], start=1):
            for column in short:
                limit = min(column.max_length, NAME_LENGTH)
                if len(getattr(row, column.name)) > limit:
                    length = len(getattr(row, column.name))
                    place = f"{reading.shown(folder)}: {part.key} {number}: {column.name}"
                    raise SourceError([f"{place}: {length} characters; at most {limit} fit"])
