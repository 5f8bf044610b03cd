"""Everything that is wrong or doubtful in a plan, at once.

The same rules run at any time and at submission.
"""

from django.utils.translation import gettext as _

from core.findings import Finding, Place, error
from plans.content.entry import Problems
from plans.content.routes import check_route
from plans.models import Plan, PlanDraftValue
from plans.parts import registry
from plans.parts.base import Content


def check_plan(plan: Plan, content: Content | None = None) -> list[Finding]:
    """All findings, errors first; each names its field."""
    content = registry.read_content(plan) if content is None else content
    part_of = {row.line: part.key for part in registry.parts() if part.line_kind for row in content[part.key]}
    titles = {row.line: row.title for part in registry.parts() if part.line_kind for row in content[part.key]}
    problems = Problems(plan)
    findings = [
        error(
            draft.finding_code,
            f"{titles[draft.line_id][:80]}: {problems.of(registry.get(part_of[draft.line_id]), draft)}",
            Place(part_of[draft.line_id], str(draft.line_id), draft.path),
            draft.raw,
        )
        for draft in PlanDraftValue.objects.filter(plan=plan, line__in=part_of).order_by("id")
    ]
    if not any(content[part.key] for part in registry.parts() if part.line_kind):
        findings.append(error("plan_empty", _("The plan is empty: add text, tasks, projects or targets.")))
    findings.extend(check_route(plan))
    for part in registry.parts():
        findings.extend(part.check(plan, content))
    return sorted(findings, key=lambda finding: not finding.bars)
