"""What a document's folder holds, as the rows of a plan, each beside the record that it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.fields import NAME_LENGTH
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Kind
from sources.reading import Record
from sources.rows.known import Known, Pairs
from sources.rows.money import read_projects, read_totals
from sources.rows.targets import read_baselines, read_targets
from sources.rows.texts import Elsewhere, read_sections, read_tasks

LINE_FILES = ("sections", "tasks", "projects", "targets", "baselines", "totals")


@dataclass(frozen=True, slots=True)
class PrintedContent:
    """The rows of a document by part; `records` says of each where it stands."""

    content: Content
    records: Mapping[str, Sequence[Record]]
    elsewhere: Sequence[Elsewhere]

    def placed(self, part: str) -> Iterator[tuple[Any, Record]]:
        return zip(self.content[part], self.records[part], strict=True)


def read_content(folder: Path, known: Known, *, guidance: bool) -> PrintedContent:
    """A file that is not there has no rows. `SourceError` names the first record that cannot be read."""
    tasks, elsewhere = read_tasks(folder / "tasks.yaml", known)
    projects, allocations, shares = read_projects(folder / "projects.yaml", known)
    pairs: dict[str, Pairs[Any]] = {
        "sections": [*read_sections(folder / "sections.yaml")],
        "tasks": [*tasks],
        "projects": [*projects],
        "allocations": [*allocations],
        "shares": [*shares],
        "targets": [*read_targets(folder / "targets.yaml", known, guidance=guidance)],
        "baselines": [*read_baselines(folder / "baselines.yaml", known)],
        "stated_totals": [
            *read_totals(folder / "totals.yaml", known, (project for project, _record in projects))
        ],
    }
    for part in registry.parts():
        _refuse_long_texts(part.columns, pairs[part.key])
    return PrintedContent(
        content={part: [row for row, _record in found] for part, found in pairs.items()},
        records={part: [record for _row, record in found] for part, found in pairs.items()},
        elsewhere=elsewhere,
    )


def _refuse_long_texts(columns: Sequence[Any], pairs: Pairs[Any]) -> None:
    short = [
        (column.name, min(column.max_length, NAME_LENGTH)) for column in columns if column.kind is Kind.TEXT
    ]
    for row, record in pairs:
        for name, limit in short:
            record.fits_in(name, getattr(row, name), limit)
