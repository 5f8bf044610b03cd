"""Money as parts of a plan: allocations and shares extend the projects; printed totals stand beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets import pages, printed
from budgets.cells import AllocationCells
from budgets.models import Allocation, Share, StatedTotal
from budgets.rows import AllocationRow, ShareRow, StatedTotalRow
from budgets.sources.offer import findings_of_money, offer_for
from budgets.totals import money_of
from core.findings import Finding, Place, Text, error, warning
from core.notation import format_money
from plans.models import Plan
from plans.parts.base import CarryContext, Content, PlanPart, Row
from plans.parts.names import Names
from plans.parts.pages import ExtraColumn, Panel
from plans.parts.projects import ProjectRow
from plans.parts.references import References


class AllocationPart(PlanPart[AllocationRow]):
    key = "allocations"
    label = gettext_lazy("Allocations")
    row_type = AllocationRow
    model = Allocation
    extends = "projects"
    key_fields = ("year", "source")
    cell_value = "amount"
    totalled = True
    order = 40
    excluded_fields = frozenset({"id", "plan", "line"})

    @property
    def ordering(self) -> tuple[str, ...]:
        return ("id",)

    def carry(self, row: AllocationRow, context: CarryContext) -> AllocationRow | None:
        """Money of other years stays behind, and so does money of which no year is known."""
        return row if row.year in context.years else None

    def carry_host(self, host: Row, before: Sequence[AllocationRow], after: Sequence[AllocationRow]) -> Row:
        """A total need that was the sum of the allocations stays their sum."""
        if not isinstance(host, ProjectRow) or host.total_need is None:
            return host
        if host.total_need != sum((row.amount for row in before), Decimal(0)):
            return host
        return replace(host, total_need=sum((row.amount for row in after), Decimal(0)))

    def left_behind(self, before: Sequence[AllocationRow], after: Sequence[AllocationRow]) -> Text:
        return pages.left_behind(before, after)

    def columns_beside(
        self, plan: Plan, content: Content, groups: Sequence[Sequence[Row]], names: Names
    ) -> Sequence[ExtraColumn]:
        return pages.money_columns(content, groups)

    def overview(self, plan: Plan, content: Content, names: Names) -> Sequence[Panel]:
        return pages.money_panels(content)

    def cells(self, plan: Plan, lines: Collection[UUID]) -> AllocationCells:
        return AllocationCells(plan, lines)

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        by_line: dict[UUID | None, list[AllocationRow]] = defaultdict(list)
        if content["allocations"]:
            yield from findings_of_money(offer_for(plan), content["allocations"])
        for row in content["allocations"]:
            by_line[row.line].append(row)
            if row.year is not None and row.year not in plan.years:
                yield error(
                    "year_outside",
                    _("Money of %(year)s stands outside the programme (%(from)s-%(to)s); remove it.")
                    % {"year": row.year, "from": plan.years[0], "to": plan.years[-1]},
                    Place("projects", str(row.line), row.path),
                    format_money(row.amount),
                )
        for project in content["projects"]:
            place = Place("projects", str(project.line), "total_need")
            planned = money_of([project], by_line[project.line]).total
            if not by_line[project.line]:
                yield warning(
                    "project_without_money",
                    _("Project %(title)s has no money in any year.") % {"title": project.title[:80]},
                    place,
                )
            elif project.total_need is not None and project.total_need < planned:
                yield error(
                    "total_below_allocations",
                    _(
                        "Project %(title)s: total need %(need)s is less than its allocations, "
                        "%(sum)s; mend one."
                    )
                    % {
                        "title": project.title[:80],
                        "need": format_money(project.total_need),
                        "sum": format_money(planned),
                    },
                    place,
                )


class SharePart(PlanPart[ShareRow]):
    key = "shares"
    label = gettext_lazy("Shares")
    row_type = ShareRow
    model = Share
    extends = "projects"
    key_fields = ("agency",)
    cell_value = "amount"
    order = 50
    excluded_fields = frozenset({"id", "plan", "line"})

    @property
    def ordering(self) -> tuple[str, ...]:
        return ("id",)

    def carry(self, row: ShareRow, context: CarryContext) -> ShareRow | None:
        """A share was printed for its own document and year alone."""
        return None

    def panels(self, plan: Plan, content: Content, names: Names) -> Sequence[Panel]:
        return printed.share_panels(content, names)


class StatedTotalPart(PlanPart[StatedTotalRow]):
    key = "stated_totals"
    label = gettext_lazy("Printed totals")
    row_type = StatedTotalRow
    model = StatedTotal
    depends_on = ("projects",)
    key_fields = ()
    order = 60
    excluded_fields = frozenset({"id", "plan", "position"})

    def identity(self, row: StatedTotalRow) -> tuple[Any, ...]:
        return (row.clause, row.label, row.year, row.source)

    def many_valued(self, **rows: Any) -> dict[int, dict[str, Any]]:
        found: dict[int, list[UUID]] = defaultdict(list)
        totals = {f"statedtotal__{lookup}": value for lookup, value in rows.items()}
        links = StatedTotal.lines.through.objects.filter(**totals)
        for total_id, line in links.values_list("statedtotal_id", "planline_id").order_by("planline_id"):
            found[total_id].append(line)
        return {total_id: {"lines": tuple(lines)} for total_id, lines in found.items()}

    def write_many_valued(
        self, instances: Sequence[Any], rows: Sequence[StatedTotalRow], references: References
    ) -> None:
        through = StatedTotal.lines.through
        through.objects.bulk_create(
            through(statedtotal_id=total.pk, planline_id=line)
            for total, row in zip(instances, rows, strict=True)
            for line in row.lines
        )

    def carry(self, row: StatedTotalRow, context: CarryContext) -> StatedTotalRow | None:
        """What a document printed stays with that document."""
        return None

    def panels(self, plan: Plan, content: Content, names: Names) -> Sequence[Panel]:
        return printed.stated_total_panels(content, names)
