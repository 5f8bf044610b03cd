"""The tables of a plan on paper: tasks, projects with their money, shares, targets, status."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgets.parts import AllocationRow
from budgets.totals import Money, money_of
from core.notation import format_date, format_number
from core.spreadsheets import CellKind
from indicators.rows import BaselineRow, TargetRow
from plans.parts.base import Content
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.output.official import UNIT, lower_first
from reports.output.plan_export import PlanExport
from reports.output.tables import ORDINAL, Cell, Column, Table

TEXT, MONEY = CellKind.TEXT, CellKind.MONEY
MANY_AMOUNTS = 8  # columns of money beside which the objective no longer has room for a column of its own


def task_table(export: PlanExport) -> Table:
    table = Table(
        (
            ORDINAL,
            Column("Mục", TEXT, 14),
            Column("Nhiệm vụ", TEXT, 110),
            Column("Cơ quan chủ trì", TEXT, 40),
            Column("Cơ quan phối hợp", TEXT, 40),
            Column("Thời hạn", TEXT, 28),
        )
    )
    names = export.names
    number = 0
    for row in export.content["tasks"]:
        number += row.parent is None  # sub-items are counted with the task that they are part of
        leads = "\n".join(filter(None, (names.parties(row.leads), *export.assigned(row.line))))
        text = row.text or row.name
        table.line(None if row.parent else number, row.clause, text, leads, names.parties(row.co), _due(row))
    return table


def _due(row: TaskRow) -> str:
    """The printed phrase, and the last timely day where one follows from it."""
    day = f"(đến hết {format_date(row.due_on)})" if row.due_on else ""
    return " ".join(filter(None, (row.date_phrase, day)))


# Projects and money


def amount_years(money: Money) -> list[int | None]:
    return sorted(money.by_year, key=lambda year: (year is None, year))


def amount_sources(money: Money, export: PlanExport) -> list[str]:
    order = {code: at for at, code in enumerate(export.names.sources)}
    return sorted(money.by_source, key=lambda code: order.get(code, len(order)))


def grand_total_is_meant(content: Content) -> bool:
    """Whether all groups may be added up: not in a document that prints totals, but none over all groups."""
    stated = content["stated_totals"]
    return not stated or any(
        not (row.group_code or row.subgroup or row.lines or row.source or row.year) for row in stated
    )


class ProjectGroups(ABC):
    """Projects under their groups and sub-groups, with each total that the document itself would print."""

    def __init__(self, export: PlanExport) -> None:
        self.export = export
        self.projects: Sequence[ProjectRow] = export.content["projects"]
        self.allocations: Sequence[AllocationRow] = export.content["allocations"]
        self.whole = money_of(self.projects, self.allocations)

    @abstractmethod
    def line_cells(self, number: int, row: ProjectRow) -> Sequence[Cell]:
        """The cells of one project."""

    @abstractmethod
    def total_cells(self, label: str, need: Decimal | None, money: Money) -> Sequence[Cell]:
        """The cells of a total under a group, or under all."""

    def fill(self, table: Table) -> Table:
        groups: dict[str, list[ProjectRow]] = {}
        for row in self.projects:
            groups.setdefault(row.group_code, []).append(row)
        totals = [at for code, rows in groups.items() for at in self._group(table, code, rows, len(groups))]
        if len(groups) > 1 and self.whole.cells and grand_total_is_meant(self.export.content):
            self._total(table, "Tổng cộng", self.projects, totals)
        return table

    def _group(self, table: Table, code: str, members: list[ProjectRow], groups: int) -> list[int]:
        """One group with its sub-groups; the index of its total, if it has money."""
        if heading := ". ".join(filter(None, (code, members[0].group_name))):
            table.heading(heading)
        by_subgroup: dict[str, list[ProjectRow]] = {}
        for row in members:
            by_subgroup.setdefault(row.subgroup, []).append(row)
        adds: list[int] = []
        for subgroup, rows in by_subgroup.items():
            if subgroup:
                table.heading(subgroup)
            lines = [table.line(*self.line_cells(number, row)) for number, row in enumerate(rows, 1)]
            if subgroup and len(by_subgroup) > 1:
                lines = self._total(table, f"Cộng {lower_first(subgroup)}", rows, lines)
            adds += lines
        label = f"Cộng {code}" if groups > 1 and code else "Tổng cộng"
        return self._total(table, label, members, adds)

    def _total(self, table: Table, label: str, rows: Sequence[ProjectRow], adds: Sequence[int]) -> list[int]:
        money = money_of(rows, self.allocations)
        if not money.cells:
            return []
        if 0 < money.with_need < money.projects:
            label = f"{label} (tổng nhu cầu: {money.with_need}/{money.projects} dự án có ghi)"
        need = money.need if money.with_need else None
        return [table.total(*self.total_cells(label, need, money), adds=adds)]


class PrintedProjects(ProjectGroups):
    """The annex of projects: years and sources beside each other, as official annexes print them."""

    def __init__(self, export: PlanExport) -> None:
        super().__init__(export)
        self.years = amount_years(self.whole)
        self.sources = amount_sources(self.whole, export)
        self.many = len(self.years) + len(self.sources) + 2 > MANY_AMOUNTS
        objectives = any(row.objective or row.coordination for row in self.projects)
        self.apart = objectives and not self.many  # objective and scale in a column of their own
        self.locations = any(row.location for row in self.projects)
        self.needs = any(row.total_need is not None for row in self.projects)
        self.notes = any(_note(row) for row in self.projects)

    def columns(self) -> list[Column]:
        columns = [Column("Số", TEXT, 9, centred=True), Column("Tên dự án", TEXT, 52 if self.apart else 74)]
        if self.apart:
            columns.append(Column("Mục tiêu, quy mô", TEXT, 58))
        columns.append(Column("Cơ quan chủ trì", TEXT, 28))
        if self.locations:
            columns.append(Column("Địa điểm", TEXT, 20))
        if self.needs:
            columns.append(Column("Tổng nhu cầu", MONEY, 17))
        if len(self.years) > 1:
            heads = [str(year) if year else "Chưa ghi năm" for year in self.years]
            columns += [Column(head, MONEY, 15, over="Theo năm") for head in heads]
        heads = [self.export.names.source_head(code) for code in self.sources]
        columns += [Column(head, MONEY, 17, over="Theo nguồn vốn") for head in heads]
        year = f" năm {self.years[0]}" if len(self.years) == 1 and self.years[0] else ""
        columns.append(Column(f"Kế hoạch vốn{year}", MONEY, 17))
        return [*columns, Column("Ghi chú", TEXT, 22 if self.apart else 36)] if self.notes else columns

    def line_cells(self, number: int, row: ProjectRow) -> Sequence[Cell]:
        coordination = f"* Đơn vị phối hợp: {row.coordination}" if row.coordination else ""
        objective = "\n".join(filter(None, (row.objective, coordination)))
        name = row.name if self.apart or not objective else f"{row.name}\n{objective}"
        money = money_of([row], self.allocations)
        lead = "\n".join(filter(None, (self.export.names.lead(row), *self.export.assigned(row.line))))
        texts = (objective, lead, row.location, _note(row))
        return self._cells(row.number, name, texts, row.total_need, money)

    def total_cells(self, label: str, need: Decimal | None, money: Money) -> Sequence[Cell]:
        return self._cells(None, label, (None, None, None, None), need, money)

    def _cells(
        self,
        number: str | None,
        name: str,
        texts: tuple[str | None, str | None, str | None, str | None],
        need: Decimal | None,
        money: Money,
    ) -> Sequence[Cell]:
        objective, lead, location, note = texts
        cells: list[Cell] = [number, name]
        cells += [objective] if self.apart else []
        cells.append(lead)
        cells += [location] if self.locations else []
        cells += [need] if self.needs else []
        cells += [money.by_year.get(year) for year in self.years] if len(self.years) > 1 else []
        cells += [money.by_source.get(code) for code in self.sources]
        cells.append(money.total if money.cells else None)
        return [*cells, note] if self.notes else cells


def _note(row: ProjectRow) -> str:
    return "; ".join(filter(None, (row.years_printed, row.stage, row.note)))


def project_table(export: PlanExport) -> Table:
    printed = PrintedProjects(export)
    return printed.fill(Table(printed.columns(), unit=UNIT, narrow=printed.many))


def share_table(export: PlanExport) -> Table:
    """Shares of group lines, as printed, under the line that they divide."""
    table = Table(
        (
            ORDINAL,
            Column("Cơ quan", TEXT, 90),
            Column("Kinh phí", MONEY, 24),
            Column("Ghi chú", TEXT, 60),
        ),
        unit=UNIT,
    )
    shares = export.by_line("shares")
    for project in export.content["projects"]:
        rows: list[Any] = shares.get(project.line, [])
        if not rows:
            continue
        table.heading(project.title)
        adds = table.lines(
            (number, export.names.agencies.get(row.agency, row.agency), row.amount, _share_note(row))
            for number, row in enumerate(rows, 1)
        )
        whole = sum((row.amount for row in rows), Decimal(0))
        table.total(None, f"Cộng {project.label}", whole, None, adds=adds)
    return table


def _share_note(row: Any) -> str:
    return "; ".join(
        filter(None, ("danh sách suy ra, không in trong văn bản" if row.derived else "", row.note))
    )


# Targets


def target_table(export: PlanExport) -> Table:
    """One line an indicator, scope and clause, with a column a year; two values of a year stay apart."""
    rows: Sequence[TargetRow] = export.content["targets"]
    years = sorted({row.year for row in rows})
    own = {row.agency for row in rows} == {export.facts.agency}  # then for whom needs no column
    lines: dict[tuple[str, ...], list[dict[int, str]]] = {}
    for row in rows:
        guidance = " (hướng dẫn)" if row.guidance else ""
        placed = lines.setdefault((row.indicator, export.names.scope(row), row.clause), [{}])
        if row.year in placed[-1]:
            placed.append({})
        placed[-1][row.year] = f"{row.shown}{guidance}"
    table = Table(
        (
            ORDINAL,
            Column("Chỉ tiêu", TEXT, 86),
            *(() if own else (Column("Đối tượng", TEXT, 46),)),
            Column("Đơn vị tính", TEXT, 18),
            *(
                Column(f"Năm {year}", TEXT, min(70, max(24, 120 // len(years))), over="Mục tiêu")
                for year in years
            ),
            Column("Mục", TEXT, 26),
        )
    )
    flat = [(key, values) for key, placed in lines.items() for values in placed]
    for number, ((code, scope, clause), values) in enumerate(flat, 1):
        names = [export.names.indicator(code), *([] if own else [scope]), export.names.unit(code)]
        table.line(number, *names, *(values.get(year) for year in years), clause)
    return table


# Status


def status_table(export: PlanExport) -> Table:
    """The figures of the status: the value as stated, the numbers it is the ratio of, the printed words."""
    rows: Sequence[BaselineRow] = export.content["baselines"]
    table = Table(
        (
            ORDINAL,
            Column("Chỉ tiêu", TEXT, 80),
            Column("Đơn vị tính", TEXT, 18),
            Column("Giá trị", TEXT, 34),
            Column("Thời điểm", TEXT, 26),
            Column("Ghi chú", TEXT, 60),
            Column("Mục", TEXT, 18),
        )
    )
    for number, row in enumerate(rows, 1):
        day = " ".join(filter(None, (format_date(row.as_of), row.as_of_words)))
        printed = f"“{row.printed}”" if row.printed and row.printed != row.shown else ""
        note = "; ".join(filter(None, (printed, row.note)))
        names = (export.names.indicator(row.indicator), export.names.unit(row.indicator))
        table.line(number, *names, _status_value(row), day, note, row.clause)
    return table


def _status_value(row: BaselineRow) -> str:
    """Such as "39,2 (40/102)", or "39,2 (quy đổi)" where the document prints another unit."""
    said = [row.shown]
    if row.numerator is not None and row.denominator:
        said.append(f"({format_number(row.numerator)}/{format_number(row.denominator)})")
    if row.converted:
        said.append("(quy đổi)")
    return " ".join(filter(None, said))
