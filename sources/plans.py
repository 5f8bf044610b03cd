"""The documents that are plans, and how one is registered from its document."""

from dataclasses import dataclass
from pathlib import Path

from agencies.models import Agency, Membership
from core import clock
from plans.models import LegalDocument, Plan, PlanKind, PlanLine, Programme
from plans.parts import registry
from plans.parts.base import Content
from plans.review.actions import Paper, register_plan
from sources import reading
from sources.checking import broken_sums
from sources.rows import Known, read_content


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """A document that is registered as a plan, and whose plan it is."""

    slug: str
    programme: str
    agency: str
    kind: PlanKind
    guidance: bool = False


# QĐ 43 is the programme's own national plan: its agency is the lead; who issued it stands on the document.
PRINTED_PLANS = (
    PrintedPlan("43-2008-qd-ttg", "2008", "m-tttt", PlanKind.NATIONAL),
    PrintedPlan("605-qd-ubnd", "2007-2010-tien-giang", "p82", PlanKind.AGENCY),
    PrintedPlan("1594-btttt-udcntt", "2009-2010", "m-tttt", PlanKind.DIRECTIVE, guidance=True),
)


def read_plans(directory: Path) -> dict[str, Content]:
    """The contents of all printed plans by slug. Raises `SourceError` with every sum that does not hold."""
    known = Known.in_database()
    contents = {
        printed.slug: read_content(directory / "documents" / printed.slug, known, guidance=printed.guidance)
        for printed in PRINTED_PLANS
    }
    problems = [
        problem
        for slug, content in contents.items()
        for problem in broken_sums(directory / "documents" / slug, content)
    ]
    if problems:
        raise reading.SourceError(problems)
    return contents


def register_missing(contents: dict[str, Content], *, actor: Membership) -> list[Plan]:
    """Registers the printed plans whose code no plan bears yet."""
    present = set(Plan.objects.values_list("code", flat=True))
    return [
        _register(printed, contents[printed.slug], actor=actor)
        for printed in PRINTED_PLANS
        if printed.slug not in present
    ]


def _register(printed: PrintedPlan, content: Content, *, actor: Membership) -> Plan:
    document = LegalDocument.objects.get(slug=printed.slug)
    programme = Programme.objects.get(code=printed.programme)
    plan = Plan.objects.create(
        code=printed.slug,
        agency=Agency.objects.get(key=printed.agency),
        programme=programme,
        kind=printed.kind,
        title=document.title if printed.kind == PlanKind.DIRECTIVE else programme.name,
        document=document,
        created_at=clock.now(),
    )
    PlanLine.objects.bulk_create(
        PlanLine(uuid=row.line, kind=part.line_kind, agency=plan.agency, programme=programme)
        for part in registry.parts()
        if part.line_kind is not None
        for row in content[part.key]
    )
    for part in registry.parts():
        part.write(plan, content[part.key])
    paper = Paper(
        number=document.number, on=document.issued_on, issuer=document.issuer, signer=document.signer
    )
    return register_plan(plan, actor=actor, decision=paper)
