"""Projects with their money, shares of group lines, and the totals that a document prints."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from budgets.rows import AllocationRow, ShareRow, StatedTotalRow
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from sources import reading
from sources.reading import Record
from sources.rows.known import Known, Pairs


def read_projects(
    path: Path, known: Known
) -> tuple[Pairs[ProjectRow], Pairs[AllocationRow], Pairs[ShareRow]]:
    projects: Pairs[ProjectRow] = []
    allocations: Pairs[AllocationRow] = []
    shares: Pairs[ShareRow] = []
    for position, record in enumerate(reading.records_if_any(path, "group", "no", "line"), start=1):
        project = _project(record, position, known)
        projects.append((project, record))
        allocations += [(_allocation(one, project, known), one) for one in record.records("allocations")]
        shares += _shares(record, project, known)
        record.finish()
    return projects, allocations, shares


def _project(record: Record, position: int, known: Known) -> ProjectRow:
    lead = known.party(record, "lead", record.text("lead")) if record.text("lead") else Party("text", "")
    if lead.kind == "class":
        raise record.wrong("lead", "a class cannot lead a project; name a group")
    record.raw("line")  # tells two lines of one number apart; their leads and money do so in the plan
    year_from, year_to = record.year("year_from"), record.year("year_to")
    record.runs_forward("year_from", "year_to", year_from, year_to)
    return ProjectRow(
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
        also_at=record.text("also_at"),
        year_from=year_from,
        year_to=year_to,
        years_printed=record.text("years_printed"),
        stage=record.text("stage"),
        total_need=record.money("total"),
        clause=record.text("clause", required=True),
        note=record.long_text("note"),
    )


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


def _shares(record: Record, project: ProjectRow, known: Known) -> Pairs[ShareRow]:
    """Shares by member, or `{group, each}`: the same amount for every member of a group."""
    if whole := record.record("shares"):
        group = whole.key("group", known.groups, "group")
        if not group or not known.groups[group]:
            raise whole.wrong("group", f"the group “{group}” has no members that could share")
        each, derived = whole.money("each", required=True), whole.flag("derived")
        whole.finish()
        assert each is not None
        return [
            (ShareRow(line=project.line, agency=key, amount=each, derived=derived), whole)
            for key in known.groups[group]
        ]
    rows = []
    for one in record.records("shares"):
        amount = one.money("amount", required=True)
        assert amount is not None
        agency = one.key("agency", known.agencies, "agency")
        rows.append((ShareRow(line=project.line, agency=agency, amount=amount), one))
        one.finish()
    return rows


def read_totals(path: Path, known: Known, projects: Iterable[ProjectRow]) -> Pairs[StatedTotalRow]:
    lines: dict[str, UUID | None] = {project.label: project.line for project in projects}
    rows = []
    for position, record in enumerate(reading.records_if_any(path, "clause", "label"), start=1):
        amount = record.money("amount", required=True)
        assert amount is not None
        named = record.words("projects")
        if unknown := [label for label in named if label not in lines]:
            raise record.wrong("projects", f"there is no project “{unknown[0]}”")
        row = StatedTotalRow(
            position=position,
            clause=record.text("clause"),
            label=record.text("label", required=True),
            group_code=record.text("group"),
            subgroup=record.text("subgroup"),
            year=record.year("year"),
            source=record.key("source", known.sources, "funding source"),
            amount=amount,
            approximate=record.flag("approximate"),
            about=record.key("about", known.documents, "document"),
            lines=tuple(line for label in named if (line := lines[label]) is not None),
        )
        record.finish()
        rows.append((row, record))
    return rows
