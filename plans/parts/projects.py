"""Projects as a part of a plan."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Finding, Place, error, warning
from plans.models import LineKind, Plan, Project
from plans.parts.base import CarryContext, Content, PlanPart, Row
from plans.parts.columns import Kind, column
from plans.parts.names import Names
from plans.parts.reading import project_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow(Row):
    """An investment or recurrent item. Its money stands in the allocations that extend it."""

    group_code: str = column(gettext_lazy("Group"), max_length=20)
    group_name: str = column(gettext_lazy("Name of the group"))
    subgroup: str = column(gettext_lazy("Sub-group"))
    number: str = column(gettext_lazy("No."), max_length=20)
    name: str = column(gettext_lazy("Project"), required=True)
    objective: str = column(gettext_lazy("Objective and scale"), Kind.LONG_TEXT)
    coordination: str = column(
        gettext_lazy("Co-operating units"), Kind.LONG_TEXT, legal="QĐ 605/QĐ-UBND, phụ lục"
    )
    lead_agency: str = column(gettext_lazy("Lead agency"), Kind.AGENCY)
    lead_group: str = column(gettext_lazy("Lead group"), Kind.GROUP, editable=False)
    lead_words: str = column(
        gettext_lazy("Lead as printed"), help=gettext_lazy("When no single agency leads, in words.")
    )
    location: str = column(gettext_lazy("Location"))
    also_at: str = column(gettext_lazy("Named again at"), max_length=200, editable=False)
    year_from: int | None = column(gettext_lazy("First year"), Kind.YEAR, default=None)
    year_to: int | None = column(gettext_lazy("Last year"), Kind.YEAR, default=None)
    years_printed: str = column(gettext_lazy("Years as printed"), max_length=60, editable=False)
    stage: str = column(gettext_lazy("Stage"), max_length=200)
    total_need: Decimal | None = column(
        gettext_lazy("Total need"),
        Kind.MONEY,
        default=None,
        unit=gettext_lazy("million VND"),
        help=gettext_lazy("Blank means that the document states none; it is not zero."),
    )
    clause: str = column(gettext_lazy("Clause"), max_length=120)
    note: str = column(gettext_lazy("Note"), Kind.LONG_TEXT)

    @property
    def title(self) -> str:
        return f"{self.label} {self.name}".strip()

    @property
    def label(self) -> str:
        return ".".join(filter(None, (self.group_code, self.number)))

    @property
    def has_lead(self) -> bool:
        return bool(self.lead_agency or self.lead_group or self.lead_words)


class ProjectPart(PlanPart[ProjectRow]):
    key = "projects"
    label = gettext_lazy("Projects and money")
    row_type = ProjectRow
    model = Project
    line_kind = LineKind.PROJECT
    order = 30
    excluded_fields = frozenset({"id", "plan", "line", "position", "row_version", "search_key"})
    template = "plans/parts/_projects.html"

    def carry(self, row: ProjectRow, context: CarryContext) -> ProjectRow | None:
        """Years outside the programme drop; a project that lies wholly outside does not come along."""
        first, last = context.years[0], context.years[-1]
        begins, ends = row.year_from or first, row.year_to or last
        if ends < first or begins > last:
            return None
        clipped = (max(begins, first), min(ends, last))
        printed = row.years_printed if clipped == (row.year_from, row.year_to) else ""
        return replace(row, year_from=clipped[0], year_to=clipped[1], years_printed=printed)

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        return project_table(plan, content, names)

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        for row in content["projects"]:
            if not row.has_lead:
                yield warning(
                    "project_without_lead",
                    _("Project %(title)s has no lead.") % {"title": row.title[:80]},
                    Place("projects", str(row.line), "lead_agency"),
                )
            if row.year_from and row.year_to and row.year_from > row.year_to:
                yield error(
                    "project_years",
                    _(
                        "Project %(title)s ends in %(to)s, before it begins in %(from)s; "
                        "mend one of the years."
                    )
                    % {"title": row.title[:80], "to": row.year_to, "from": row.year_from},
                    Place("projects", str(row.line), "year_to"),
                )
