"""Sections and tasks of a document."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from plans.parts.texts import SectionRow, TaskRow
from sources import reading
from sources.reading import Record
from sources.rows.known import Known, Pairs


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A task of another document that supersedes one of this: "43-2008-qd-ttg#II.2.d"."""

    line: UUID
    slug: str
    clause: str
    record: Record


def read_sections(path: Path) -> Pairs[SectionRow]:
    rows = []
    for position, record in enumerate(reading.records_if_any(path, "number", unique=True), start=1):
        number = record.text("number", required=True)
        row = SectionRow(
            line=uuid4(),
            position=position,
            number=number,
            heading=record.text("heading", required=True),
            body=record.long_text("body"),
            clause=number,
        )
        record.finish()
        rows.append((row, record))
    return rows


def read_tasks(path: Path, known: Known) -> tuple[Pairs[TaskRow], list[Elsewhere]]:
    """Tasks in printed order, a task above its sub-items; and which are superseded by another document."""
    listed = reading.records_if_any(path, "clause", unique=True)
    lines = {record.text("clause", required=True): uuid4() for record in listed}
    above: dict[str, UUID] = {}
    rows, elsewhere = [], []
    for position, record in enumerate(listed, start=1):
        clause = record.text("clause")
        line = lines[clause]
        parent = record.key("parent", above, "task above this one with the clause")
        slug, there, other = record.text("superseded_by").rpartition("#")
        if there:
            elsewhere.append(Elsewhere(line, slug, other, record))
        elif other and (other not in lines or other == clause):
            raise record.wrong("superseded_by", f"there is no other task of this document at “{other}”")
        row = TaskRow(
            line=line,
            position=position,
            clause=clause,
            name=record.text("name", required=True),
            text=record.long_text("text"),
            leads=tuple(known.party(record, "leads", token) for token in record.words("leads")),
            co=tuple(known.party(record, "co", token) for token in record.words("co")),
            date_phrase=record.text("phrase"),
            due_on=record.day("due"),
            parent=above[parent] if parent else None,
            superseded_by=lines[other] if other and not there else None,
            note=record.long_text("note"),
        )
        record.finish()
        above[clause] = line
        rows.append((row, record))
    return rows, elsewhere
