"""A plan as a workbook: one sheet a part, its columns derived from the declaration; sums are formulas."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import override

from budgets.reconciliation import Verdict, reconcile
from budgets.totals import Money, money_of
from core.notation import format_datetime
from core.spreadsheets import CellKind, write_workbook
from indicators.attainment import ratio
from plans.parts import columns as declared
from plans.parts import registry
from plans.parts.base import PlanPart, Row
from plans.parts.columns import Kind
from plans.parts.projects import ProjectRow
from reports.figures.names import ASSIGNED_VI
from reports.output.compliance_xlsx import workbook_mark
from reports.output.official import UNIT, upper_first
from reports.output.plan_export import PlanExport, PlanFacts
from reports.output.plan_tables import ProjectGroups, amount_sources, amount_years, grand_total_is_meant
from reports.output.tables import ORDINAL, Cell, Column, Table, sheet

CELL_KINDS = {
    Kind.MONEY: CellKind.MONEY,
    Kind.NUMBER: CellKind.NUMBER,
    Kind.INTEGER: CellKind.INTEGER,
    Kind.YEAR: CellKind.YEAR,
    Kind.DATE: CellKind.DATE,
}
WIDE = {
    "name": 60,
    "objective": 50,
    "text": 80,
    "body": 100,
    "heading": 50,
    "label": 50,
    "printed": 40,
    "note": 40,
}
WIDTHS = {Kind.FLAG: 10, Kind.CHOICE: 20, Kind.PARTIES: 40, Kind.LINE: 40, Kind.LINES: 40}
SHORT = 120  # characters; what cannot hold more, such as a clause, needs no wide column
ASSIGNED = Column(upper_first(ASSIGNED_VI), width=50)
VERDICTS_VI = {
    Verdict.EQUAL: "khớp",
    Verdict.DIFFERENT: "chênh lệch",
    Verdict.NOT_COMPARABLE: "không đối chiếu được",
}


def plan_xlsx(export: PlanExport) -> bytes:
    """The plan as .xlsx. Heads are in Vietnamese in either interface language."""
    with override("vi"):
        return _write(export)


def _write(export: PlanExport) -> bytes:
    facts = export.facts
    mark = " - ".join(filter(None, (workbook_mark(facts.illustrative, is_draft=False), facts.mark)))
    writer = PartTables(export)
    sheets = [sheet(summary_table(export), "Tóm tắt", titles=_titles(facts), mark=mark)]
    for part in registry.parts():
        rows = export.content[part.key]
        if not rows or part.key == "allocations":
            continue
        table = ProjectSheet(export, writer, part).table() if part.key == "projects" else writer.table(part)
        sheets.append(
            sheet(table, str(part.label), titles=[facts.title], mark=mark, frozen_columns=table.at + 1)
        )
    return write_workbook(sheets, created=facts.as_of, title=facts.title, author=facts.agency_name)


def _titles(facts: PlanFacts) -> list[str]:
    lines = [
        facts.title,
        f"Mã kế hoạch: {facts.code}, phiên bản {facts.version} ({facts.state_words})",
        f"Cơ quan lập: {facts.agency_name}; chương trình: {facts.programme_name}",
        f"Hình thức xây dựng: {facts.route_words}" if facts.route else "",
        facts.approval.strip("()"),
        facts.signature_words,
        f"Xuất lúc {format_datetime(facts.as_of)}",
    ]
    return [line for line in lines if line]


class PartTables:
    """Tables of parts as they are declared, with keys replaced by names."""

    def __init__(self, export: PlanExport) -> None:
        self.export = export
        self.titles: dict[UUID | None, str] = {
            row.line: row.title for key in ("tasks", "projects") for row in export.content[key]
        }

    def table(self, part: PlanPart[Any]) -> Table:
        """A part's rows one below the other; of an extending part, beside the line they belong to."""
        columns = [ORDINAL]
        if part.extends:
            columns.append(Column(str(registry.get(part.extends).label), width=50))
        shown = self.used(part)
        columns += [self.column(column) for column in shown]
        computed = part.key == "stated_totals"
        if computed:
            columns += [
                Column("Tính từ các dự án", CellKind.MONEY),
                Column("Chênh lệch", CellKind.MONEY),
                Column("Đối chiếu", width=22),
            ]
        if part.key == "baselines":
            columns.append(Column("Tỷ lệ tính từ tử số và mẫu số", CellKind.NUMBER, width=20))
        assigned = part.key == "tasks" and self.any_assigned("tasks")
        if assigned:
            columns.append(ASSIGNED)
        has_money = any(column.kind is CellKind.MONEY for column in columns)
        table = Table(columns, unit=UNIT if has_money else "")
        extra: Iterator[Sequence[Cell]] | None = None
        if computed:
            extra = _reconciled(self.export)
        elif part.key == "baselines":
            extra = ((ratio(row.numerator, row.denominator),) for row in self.export.content[part.key])
        elif assigned:
            extra = ((self.assigned(row),) for row in self.export.content[part.key])
        for number, row in enumerate(self.export.content[part.key], 1):
            host: list[Cell] = [self.titles.get(row.line, "")] if part.extends else []
            table.line(number, *host, *self.cells(shown, row), *(next(extra) if extra else ()))
        return table

    def any_assigned(self, key: str) -> bool:
        return any(row.line in self.export.reporters for row in self.export.content[key])

    def assigned(self, row: Row) -> Cell:
        """Who is assigned on the system to report on a line, in a column apart from the document's lead."""
        return "\n".join(self.export.assigned(row.line)) or None

    def used(self, part: PlanPart[Any], except_for: Sequence[str] = ()) -> list[declared.Column]:
        """The declared columns that are required or filled somewhere: a print has no room for empty ones."""
        rows = self.export.content[part.key]
        return [
            column
            for column in part.columns
            if column.name not in except_for
            and (column.required or not all(_is_blank(getattr(row, column.name)) for row in rows))
        ]

    @staticmethod
    def column(column: declared.Column) -> Column:
        label = str(column.label)
        if column.unit and column.kind is not Kind.MONEY:
            label = f"{label} ({column.unit})"
        kind = CELL_KINDS.get(column.kind, CellKind.TEXT)
        width = WIDE.get(column.name) or WIDTHS.get(column.kind)
        if width is None and kind is CellKind.TEXT and column.max_length <= SHORT:
            width = 16
        return Column(label, kind, width=width)

    def cells(self, columns: Iterable[declared.Column], row: Row) -> list[Cell]:
        return [self.cell(column, getattr(row, column.name)) for column in columns]

    def cell(self, column: declared.Column, value: Any) -> Cell:
        """A value as the reader knows it: names for keys, words for choices; blank stays blank."""
        names = self.export.names
        if _is_blank(value):
            return None
        match column.kind:
            case Kind.AGENCY:
                return names.agencies.get(value, value)
            case Kind.GROUP:
                return names.groups.get(value, value)
            case Kind.SOURCE:
                return names.sources.get(value, value)
            case Kind.INDICATOR:
                return ", ".join(filter(None, (names.indicator(value), names.unit(value))))
            case Kind.DOCUMENT:
                return names.documents.get(value, value)
            case Kind.PARTIES:
                return names.parties(value)
            case Kind.LINE:
                return self.titles.get(value, "")
            case Kind.LINES:
                return "; ".join(self.titles.get(line, "") for line in value)
            case Kind.CHOICE:
                return str(dict(column.choices).get(value, value))
            case Kind.FLAG:
                return "có"
        cell: Cell = value
        return cell


class ProjectSheet(ProjectGroups):
    """Projects as declared, then a column for each year and source with money; groups are headings."""

    def __init__(self, export: PlanExport, parts: PartTables, part: PlanPart[Any]) -> None:
        super().__init__(export)
        self.parts = parts
        self.declared = parts.used(part, except_for=("group_name", "subgroup"))
        self.keys = _amount_keys(self.whole, export)
        self.bases = export.by_line("allocations")
        self.with_assigned = parts.any_assigned("projects")

    def table(self) -> Table:
        columns = [ORDINAL, *(self.parts.column(column) for column in self.declared)]
        first = len(columns)
        for year, code in self.keys:
            head = f"Năm {year}" if year else "Chưa ghi năm"
            columns.append(Column(self.export.names.source_head(code), CellKind.MONEY, over=head, width=13))
        span = (first, first + len(self.keys) - 1) if self.keys else None
        columns.append(Column("Cộng", CellKind.MONEY, width=13, across=span))
        columns.append(Column("Căn cứ phân bổ", width=30))
        columns += [ASSIGNED] if self.with_assigned else []
        named = next(at for at, column in enumerate(self.declared, 1) if column.name == "name")
        return self.fill(Table(columns, unit=UNIT, at=named))

    def line_cells(self, number: int, row: ProjectRow) -> Sequence[Cell]:
        basis = "; ".join(dict.fromkeys(one.basis for one in self.bases.get(row.line, ()) if one.basis))
        money = money_of([row], self.allocations)
        assigned = [self.parts.assigned(row)] if self.with_assigned else []
        return [
            number,
            *self.parts.cells(self.declared, row),
            *self._amounts(money),
            basis or None,
            *assigned,
        ]

    def total_cells(self, label: str, need: Decimal | None, money: Money) -> Sequence[Cell]:
        own: dict[str, Cell] = {"name": label, "total_need": need}
        apart = [None, None] if self.with_assigned else [None]
        return [None, *(own.get(column.name) for column in self.declared), *self._amounts(money), *apart]

    def _amounts(self, money: Money) -> list[Cell]:
        return [*(money.cells.get(key) for key in self.keys), money.total if money.cells else None]


def _is_blank(value: Any) -> bool:
    return value is None or value is False or value == "" or value == ()


def _amount_keys(money: Money, export: PlanExport) -> list[tuple[int | None, str]]:
    """The years and sources that have money, year by year."""
    years, sources = amount_years(money), amount_sources(money, export)
    order = {year: at for at, year in enumerate(years)}, {code: at for at, code in enumerate(sources)}
    return sorted(
        money.cells, key=lambda key: (order[0].get(key[0], len(years)), order[1].get(key[1], len(sources)))
    )


def _reconciled(export: PlanExport) -> Iterator[tuple[Cell, Cell, Cell]]:
    for one in reconcile(export.content):
        yield one.computed, one.difference, VERDICTS_VI[one.verdict]


# Summary


def summary_table(export: PlanExport) -> Table:
    """Counts and totals of the other sheets as values."""
    table = Table(
        (
            ORDINAL,
            Column("Nội dung", CellKind.TEXT, width=86),
            Column("Giá trị", CellKind.NUMBER, width=18),
            Column("Đơn vị tính", CellKind.TEXT, width=16),
        )
    )
    table.heading("Số dòng")
    table.lines(
        (number, str(part.label), len(export.content[part.key]), "dòng")
        for number, part in enumerate((part for part in registry.parts() if not part.extends), 1)
    )
    projects: Sequence[ProjectRow] = export.content["projects"]
    groups = list(dict.fromkeys(row.group_code for row in projects))
    for code in groups:
        members = [row for row in projects if row.group_code == code]
        title = ". ".join(filter(None, (code, members[0].group_name))) or "Dự án và kinh phí"
        _money(table, title, members, export)
    if len(groups) > 1 and grand_total_is_meant(export.content):
        _money(table, "Tổng cộng các nhóm dự án", projects, export)
    return table


def _money(table: Table, title: str, rows: Sequence[ProjectRow], export: PlanExport) -> None:
    money = money_of(rows, export.content["allocations"])
    unit = "triệu đồng"
    facts: list[tuple[str, int | Decimal, str]] = [("Số dự án", money.projects, "dự án")]
    if money.with_need:
        facts.append((f"Tổng nhu cầu ({money.with_need}/{money.projects} dự án có ghi)", money.need, unit))
    if money.cells:
        facts.append(("Kế hoạch vốn", money.total, unit))
    for year in amount_years(money):
        words = f"năm {year}" if year else "chưa ghi năm"
        facts.append((f"Kế hoạch vốn {words}", money.by_year[year], unit))
    for code in amount_sources(money, export):
        words = export.names.sources.get(code, code) if code else "chưa ghi nguồn"
        facts.append((f"Nguồn vốn: {words}", money.by_source[code], unit))
    table.heading(title)
    table.lines((number, *fact) for number, fact in enumerate(facts, 1))
