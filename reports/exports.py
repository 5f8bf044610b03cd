"""What leaves the portal as a file: names are looked up here, so that `reports.output` needs no query."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from agencies.models import Agency, AgencyGroup
from budgets.models import FundingSource
from core import clock
from indicators.models import Indicator
from plans.content.assigning import assigned_lines
from plans.models import LegalDocument, Plan, PlanKind
from plans.parts.base import Content
from plans.versions.chronicle import submission_by_delegation
from reports.figures.names import reference
from reports.figures.shapes import ComplianceFigures
from reports.output.compliance_pdf import compliance_pdf
from reports.output.compliance_xlsx import compliance_xlsx
from reports.output.official import Issue
from reports.output.plan_export import PlanExport, PlanFacts, PlanNames
from reports.output.plan_json import plan_json
from reports.output.plan_pdf import plan_pdf
from reports.output.plan_xlsx import plan_xlsx

CONTENT_TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PLAN_FORMATS: dict[str, Callable[[PlanExport], bytes]] = {
    "json": plan_json,
    "pdf": plan_pdf,
    "xlsx": plan_xlsx,
}
COMPLIANCE_FORMATS: dict[str, Callable[[ComplianceFigures, Issue | None], bytes]] = {
    "pdf": compliance_pdf,
    "xlsx": compliance_xlsx,
}


def export_plan_bytes(plan: Plan, content: Content, format: str) -> tuple[bytes, str, str]:  # noqa: A002
    """A plan in one of `PLAN_FORMATS`: the bytes, their content type, and a name for the file.

    `content` is what is printed: the live rows of the plan, or those of a revision. Raises KeyError for
    another format.
    """
    write = PLAN_FORMATS[format]
    body = write(PlanExport(plan_facts(plan), content, plan_names(), assigned_lines(plan, content)))
    return body, CONTENT_TYPES[format], f"{plan.code}-{plan.version}.{format}"


def plan_facts(plan: Plan) -> PlanFacts:
    document = plan.document
    submission = submission_by_delegation(plan)
    national = plan.kind != PlanKind.AGENCY and document is not None
    return PlanFacts(
        code=plan.code,
        version=plan.version,
        title=plan.title,
        kind=plan.kind,
        state=plan.state,
        agency=plan.agency.key,
        agency_name=plan.agency.name,
        issuer=document.issuer if national and document else plan.agency.issuer_name,
        programme=plan.programme.code,
        programme_name=plan.programme.name,
        document=document.number if document else "",
        reference=reference(document) if document else "",
        signer=submission.paper_signer if submission else document.signer if document else "",
        signer_title=submission.signed_as if submission else document.signer_title if document else "",
        by_delegation=submission is not None,
        decision_number=plan.decision_number,
        decision_on=plan.decision_on,
        decision_issuer=plan.decision_issuer,
        route=plan.route,
        registered=plan.registered,
        illustrative=plan.illustrative,
        as_of=clock.now(),
    )


def plan_names() -> PlanNames:
    """Names of everything that a plan can refer to; five queries."""
    indicators = Indicator.objects.order_by("position", "id").values_list("code", "name", "unit")
    sources = list(FundingSource.objects.order_by("position", "id").values_list("code", "name", "short_name"))
    return PlanNames(
        agencies=dict(Agency.objects.order_by("id").values_list("key", "name")),
        groups=dict(AgencyGroup.objects.order_by("id").values_list("key", "name")),
        sources={code: name for code, name, _short in sources},
        source_heads={code: short for code, _name, short in sources if short},
        indicators={code: (name, unit) for code, name, unit in indicators},
        documents={one.slug: str(one) for one in LegalDocument.objects.only("slug", "number", "title")},
    )


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under a temporary name beside it, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.close()
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
