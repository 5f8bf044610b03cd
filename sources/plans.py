"""The documents that are plans, and how one is registered from its document."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from agencies.models import Agency, Membership
from core import clock
from plans.models import LegalDocument, Plan, PlanKind, PlanLine, Programme, Task
from plans.parts import registry
from plans.review.actions import Paper, register_plan
from sources import reading
from sources.checking import problems
from sources.documents import PrintedDocument, known_from
from sources.rows import LINE_FILES, Known, PrintedContent, read_content
from sources.rows.texts import Elsewhere


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """A document that is registered as a plan, and whose plan it is."""

    slug: str
    programme: str
    agency: str
    kind: PlanKind
    guidance: bool = False


# A decision of the Prime Minister is the programme's own national plan: its agency is the lead; who issued it
# stands on the document.
PRINTED_PLANS = (
    PrintedPlan("tb-28-12-2007", "2008", "m-tttt", PlanKind.DIRECTIVE),
    PrintedPlan("605-qd-ubnd", "2007-2010-tien-giang", "p82", PlanKind.AGENCY),
    PrintedPlan("43-2008-qd-ttg", "2008", "m-tttt", PlanKind.NATIONAL),
    PrintedPlan("1594-btttt-udcntt", "2009-2010", "m-tttt", PlanKind.DIRECTIVE, guidance=True),
    PrintedPlan("48-2009-qd-ttg", "2009-2010", "m-tttt", PlanKind.NATIONAL),
    PrintedPlan("1605-qd-ttg", "2011-2015", "m-tttt", PlanKind.NATIONAL),
)


def read_plans(directory: Path, documents: Mapping[str, PrintedDocument]) -> dict[str, PrintedContent]:
    """The contents of all printed plans by slug.

    Raises `SourceError` with every sum that does not hold and every clause that is not found.
    """
    known = Known.in_database()
    contents = {
        printed.slug: read_content(directory / "documents" / printed.slug, known, guidance=printed.guidance)
        for printed in PRINTED_PLANS
        if printed.slug in documents
    }
    found = [
        problem
        for slug, content in contents.items()
        for problem in (*documents[slug].undated(), *problems(content, documents[slug].numbers))
    ]
    found += [
        *_absent_plans(directory, documents),
        *_lines_of_no_plan(directory, documents),
        *_unknown_elsewhere(contents),
    ]
    if found:
        raise reading.SourceError(found)
    return contents


def _unknown_elsewhere(contents: Mapping[str, PrintedContent]) -> list[str]:
    """Tasks that are said to be superseded by one that its document does not have."""
    clauses = {slug: {task.clause for task in content.content["tasks"]} for slug, content in contents.items()}
    return [
        one.record.said("superseded_by", f"{one.slug} has no task at “{one.clause}”")
        for content in contents.values()
        for one in content.elsewhere
        if one.clause not in clauses.get(one.slug, ())
    ]


def _absent_plans(directory: Path, documents: Container[str]) -> Iterator[str]:
    for printed in PRINTED_PLANS:
        if printed.slug not in documents:
            folder = reading.shown(directory / "documents" / printed.slug)
            yield f"{folder}/document.yaml: is not there, but a plan of {printed.programme} rests on it"


def _lines_of_no_plan(directory: Path, documents: Iterable[str]) -> Iterator[str]:
    """Lines that would be passed over in silence, because nobody has said whose plan they are."""
    for slug in set(documents) - {printed.slug for printed in PRINTED_PLANS}:
        for name in LINE_FILES:
            path = directory / "documents" / slug / f"{name}.yaml"
            if path.exists():
                yield (
                    f"{reading.shown(path)}, line 1: holds lines, but PRINTED_PLANS does not say whose plan "
                    f"{slug} is; name it there"
                )


def register_missing(contents: Mapping[str, PrintedContent], *, actor: Membership) -> list[Plan]:
    """Registers the printed plans whose code no plan bears yet.

    All their lines are made first: a task may be superseded by one of a later document.
    """
    present = set(Plan.objects.values_list("code", flat=True))
    missing = [one for one in PRINTED_PLANS if one.slug in contents and one.slug not in present]
    made = [(_create(printed), contents[printed.slug]) for printed in missing]
    PlanLine.objects.bulk_create(
        PlanLine(uuid=row.line, kind=part.line_kind, agency=plan.agency, programme=plan.programme)
        for plan, content in made
        for part in registry.parts()
        if part.line_kind is not None
        for row in content.content[part.key]
    )
    lines = _lines_by_clause(contents, {printed.slug for printed in missing})
    return [_register(plan, content, lines, actor=actor) for plan, content in made]


def _create(printed: PrintedPlan) -> Plan:
    document = LegalDocument.objects.get(slug=printed.slug)
    programme = Programme.objects.get(code=printed.programme)
    return Plan.objects.create(
        code=printed.slug,
        agency=Agency.objects.get(key=printed.agency),
        programme=programme,
        kind=printed.kind,
        title=document.title if printed.kind == PlanKind.DIRECTIVE else programme.name,
        document=document,
        created_at=clock.now(),
    )


def _lines_by_clause(
    contents: Mapping[str, PrintedContent], new: set[str]
) -> dict[tuple[str, str], UUID | None]:
    """The line of each task that another document's task names: a new one, or the one that stands already."""
    wanted = {(one.slug, one.clause) for slug in new for one in contents[slug].elsewhere}
    found: dict[tuple[str, str], UUID | None] = {
        (slug, task.clause): task.line
        for slug in new
        for task in contents[slug].content["tasks"]
        if (slug, task.clause) in wanted
    }
    if missing := wanted - found.keys():
        standing = Task.objects.filter(
            plan__registered=True,
            plan__code__in={slug for slug, _clause in missing},
            clause__in={clause for _slug, clause in missing},
        )
        found.update(
            ((slug, clause), line)
            for slug, clause, line in standing.values_list("plan__code", "clause", "line_id")
        )
    return found


def _register(
    plan: Plan,
    printed: PrintedContent,
    lines: Mapping[tuple[str, str], UUID | None],
    *,
    actor: Membership,
) -> Plan:
    for part in registry.parts():
        rows = printed.content[part.key]
        part.write(plan, _linked(rows, printed.elsewhere, lines) if part.key == "tasks" else rows)
    document = plan.document
    assert document is not None
    paper = Paper(
        number=document.number, on=document.issued_on, issuer=document.issuer, signer=document.signer
    )
    return register_plan(plan, actor=actor, decision=paper, in_force_from=known_from(document))


def _linked(rows: Any, elsewhere: Any, lines: Mapping[tuple[str, str], UUID | None]) -> list[Any]:
    named: dict[UUID | None, Elsewhere] = {one.line: one for one in elsewhere}
    return [
        replace(row, superseded_by=lines.get((named[row.line].slug, named[row.line].clause)))
        if row.line in named
        else row
        for row in rows
    ]
