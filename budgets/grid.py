"""The grid of planned money: project x year x source, with its sums. Every sum comes from budgets.totals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.models import Allocation, FundingSource
from budgets.rows import ANY, allocation_path
from budgets.sources.offer import Offer, offer_for
from budgets.totals import Money, by_group, money_of
from core.findings import Text
from core.notation import format_money
from plans.models import Plan
from plans.parts.base import Content
from plans.parts.grids import SUM, Chooser, GridColumn, GridGroup, RowHead
from plans.parts.projects import ProjectRow

NEED = "total_need"
EVERY_YEAR = "every"

Cell = tuple[int | None, str]


class ProjectMoneyGrid:
    """Projects by year and source, in triệu đồng."""

    parts = ("projects", "allocations")
    template = "plans/editing/grid.html"
    notes = ("all/stated",)
    unit: Text = gettext_lazy("million VND")

    def columns(self, plan: Plan, content: Content, further: Sequence[str]) -> list[GridColumn]:
        sources = {source.code: source for source in FundingSource.objects.all()}
        order = {code: position for position, code in enumerate(sources)}
        cells = {(row.year, row.source) for row in content["allocations"]}
        cells |= {cell for path in further if (cell := _cell(path)) and (not cell[1] or cell[1] in sources)}
        if not cells:
            offer = offer_for(plan)
            codes = self._usual(plan, offer)
            cells = {(year, code) for year in plan.years for code in codes if offer.valid_in(code, year)}
        ordered = sorted(cells, key=lambda cell: (cell[0] is None, cell[0] or 0, order.get(cell[1], -1)))
        return [self._column(cell, sources.get(cell[1])) for cell in ordered]

    def _column(self, cell: Cell, source: FundingSource | None) -> GridColumn:
        year, code = cell
        top = str(year) if year else _("year not stated")
        head = (source.short_name or source.name) if source else code or _("source not stated")
        return GridColumn(
            path=allocation_path(year, code),
            head=head,
            title=f"{top}, {source.name if source else head}",
            top=top,
            top_key=f"year/{year or ANY}",
        )

    def _usual(self, plan: Plan, offer: Offer) -> Sequence[str]:
        """Of the sources of the agency's other plans those offered, else those that open a first grid."""
        others = Allocation.objects.filter(plan__agency=plan.agency, source__isnull=False).exclude(plan=plan)
        used = set(others.order_by().values_list("source__code", flat=True).distinct())
        return [code for code in offer.leaves if code in used & offer.offered] or offer.opening

    def closing(self) -> list[GridColumn]:
        return [GridColumn(NEED, _("Total need"), _("Total need"))]

    def choosers(self, plan: Plan) -> list[Chooser]:
        years: list[tuple[str, Text]] = [(str(year), str(year)) for year in plan.years]
        if len(years) > 1:
            years.insert(0, (EVERY_YEAR, _("every year")))
        offered = offer_for(plan).choices()
        return [
            Chooser("year", _("Year"), years),
            Chooser("source", _("Funding source"), [(one.code, one.name) for one in offered]),
        ]

    def chosen(self, plan: Plan, values: Mapping[str, str]) -> list[str]:
        year, code = values.get("year", ""), values.get("source", "")
        offer = offer_for(plan)
        if not year or code not in offer.offered:
            return []
        years = [one for one in plan.years if offer.valid_in(code, one)]
        return [allocation_path(one, code) for one in years if year in (EVERY_YEAR, str(one))]

    def groups(self, content: Content) -> list[GridGroup]:
        found: list[GridGroup] = []
        for code, members in _by_code(content["projects"]).items():
            head = f"{code}. {members[0].group_name}" if members[0].group_name else code
            parts = by_group(members, ())
            whole = len(parts) == 1 and not parts[0].subgroup
            if head:
                found.append(GridGroup(_scope(code), head.strip(), 1, members if whole else ()))
            found.extend(
                GridGroup(_scope(code, part.subgroup), part.subgroup, 2, part.projects)
                for part in (() if whole and head else parts)
            )
        return found

    def heads(self, plan: Plan, content: Content) -> dict[UUID | None, RowHead]:
        return {
            project.line: RowHead(project.title, number=project.number) for project in content["projects"]
        }

    def shut(self, content: Content) -> dict[UUID | None, dict[str, Text]]:
        return {}

    def texts(self, content: Content) -> dict[UUID | None, dict[str, str]]:
        found: dict[UUID | None, dict[str, str]] = {
            project.line: {NEED: format_money(project.total_need)} for project in content["projects"]
        }
        for row in content["allocations"]:
            found.setdefault(row.line, {})[row.path] = format_money(row.amount)
        return found

    def totals(
        self, content: Content, *, lines: Collection[UUID] | None = None, paths: Sequence[str] = ()
    ) -> dict[str, str]:
        projects: Sequence[ProjectRow] = content["projects"]
        allocations = content["allocations"]
        found = _totals_of("all", money_of(projects, allocations), paths)
        for code, members in _by_code(projects).items():
            found |= _totals_of(_scope(code), money_of(members, allocations), paths)
            for part in by_group(members, allocations):
                found |= _totals_of(_scope(code, part.subgroup), part.money, paths)
        for project in projects:
            if lines is None or project.line in lines:
                money = money_of([project], allocations)
                found[f"row/{project.line}/{SUM}"] = format_money(money.total) if money.cells else ""
        return found


def _totals_of(scope: str, money: Money, paths: Sequence[str]) -> dict[str, str]:
    found = {}
    for path in paths:
        found[f"{scope}/{path}"] = ""
        if cell := _cell(path):
            found[f"{scope}/year/{cell[0] or ANY}"] = ""
    for (year, code), amount in money.cells.items():
        found[f"{scope}/{allocation_path(year, code)}"] = format_money(amount)
    for one, amount in money.by_year.items():
        found[f"{scope}/year/{one or ANY}"] = format_money(amount)
    found[f"{scope}/{SUM}"] = format_money(money.total) if money.cells else ""
    found[f"{scope}/{NEED}"] = format_money(money.need) if money.with_need else ""
    found[f"{scope}/stated"] = (
        _("%(stated)d of %(all)d projects state it") % {"stated": money.with_need, "all": money.projects}
        if 0 < money.with_need < money.projects
        else ""
    )
    return found


def _scope(code: str, subgroup: str | None = None) -> str:
    return f"group/{code}" if subgroup is None else f"group/{code}/{subgroup}"


def _by_code(projects: Iterable[ProjectRow]) -> dict[str, list[ProjectRow]]:
    found: dict[str, list[ProjectRow]] = {}
    for project in projects:
        found.setdefault(project.group_code, []).append(project)
    return found


def _cell(path: str) -> Cell | None:
    """Year and source of a path; None when it is no path of a cell."""
    key, _slash, rest = path.partition("/")
    year, _slash, code = rest.partition("/")
    if key != "allocations" or not (year == ANY or (year.isascii() and year.isdigit() and len(year) == 4)):
        return None
    return (None if year == ANY else int(year)), ("" if code == ANY else code)
