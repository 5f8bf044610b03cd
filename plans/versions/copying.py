"""Copies: an amendment keeps the lines; lines taken from another plan are new and remember their origin."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from plans.models import LineEdit, OutlineMapping, Plan, PlanLine, Section
from plans.parts import registry
from plans.parts.base import CarryContext, Content, PlanPart, Row


def copy_content(source: Content, target: Plan) -> None:
    """Write the same lines into a new version of the same plan."""
    for part in registry.parts():
        part.write(target, source[part.key])


def carried(source: Content, context: CarryContext, chosen: Mapping[str, Collection[UUID]]) -> Content:
    """What of `source` goes along into another programme: chosen lines, years outside dropped."""
    kept: dict[str, list[Any]] = {}
    for part in registry.parts():
        if part.extends:
            hosts = {row.line for row in kept[part.extends]}
            rows = [row for row in source[part.key] if row.line in hosts]
            after = [row for row in (part.carry(row, context) for row in rows) if row is not None]
            kept[part.extends] = [_carry_host(part, host, rows, after) for host in kept[part.extends]]
            kept[part.key] = after
        else:
            wanted = chosen.get(part.key, ())
            carried_rows = (part.carry(row, context) for row in source[part.key] if row.line in wanted)
            kept[part.key] = [row for row in carried_rows if row is not None]
    return kept


def _carry_host(part: PlanPart[Any], host: Row, before: list[Any], after: list[Any]) -> Row:
    return part.carry_host(
        host,
        [row for row in before if row.line == host.line],
        [row for row in after if row.line == host.line],
    )


def context_for(target: Plan, source: Plan) -> CarryContext:
    mapping = OutlineMapping.objects.filter(programme=target.programme, source=source.programme)
    return CarryContext(
        target.years, dict(mapping.values_list("from_number", "to_number")), target.agency.key
    )


def take(content: Content, target: Plan) -> dict[str, int]:
    """Write carried content into a draft as new lines with `origin`; section text fills the outline.

    A line already taken from the same origin is not taken twice. Returns rows added by part.
    """
    present = registry.read_content(target)
    lines_here = [row.line for part in registry.parts() if part.line_kind for row in present[part.key]]
    taken = set(
        PlanLine.objects.filter(pk__in=lines_here, origin__isnull=False).values_list("origin_id", flat=True)
    )
    added: dict[str, int] = {}
    lines: dict[UUID | None, UUID] = {}
    new_lines: list[PlanLine] = []
    to_write: list[tuple[PlanPart[Any], list[Row]]] = []
    for part in registry.parts():
        rows: list[Row] = []
        start = max((row.position for row in present[part.key]), default=0)
        for row in content[part.key]:
            if part.key == "sections":
                added["sections"] = added.get("sections", 0) + _fill_section(target, row)
                continue
            if part.line_kind is not None:
                if row.line in taken:
                    continue
                made = PlanLine(
                    uuid=uuid4(),
                    kind=part.line_kind,
                    agency=target.agency,
                    programme=target.programme,
                    origin_id=row.line,
                )
                new_lines.append(made)
                lines[row.line] = made.uuid
            if row.line in lines:
                rows.append(replace(row, line=lines[row.line], position=start + len(rows) + 1))
        added[part.key] = added.get(part.key, 0) + len(rows)
        to_write.append((part, rows))
    PlanLine.objects.bulk_create(new_lines)
    for part, rows in to_write:
        part.write(target, rows)
    return added


def _fill_section(target: Plan, row: Any) -> int:
    """Put taken text under the heading it belongs to, if nobody has written there yet."""
    section = Section.objects.filter(plan=target, number=row.number).select_related("line").first()
    if section is None or not row.body or row.body in section.body:
        return 0
    if section.body and (section.line.origin_id is None or _was_typed_over(section)):
        return 0
    section.body = f"{section.body}\n\n{row.body}" if section.body else row.body
    section.row_version += 1
    section.save()
    section.line.origin_id = row.line
    section.line.save(update_fields=["origin"])
    return 1


def _was_typed_over(section: Section) -> bool:
    """Whether somebody has worked on the text of a heading since it was taken."""
    return LineEdit.objects.filter(plan=section.plan_id, line=section.line_id, path="body").exists()
