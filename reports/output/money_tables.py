"""Tables of the compliance report that hold money: one programme each, never added across."""

from collections.abc import Callable, Sequence
from itertools import groupby

from core.spreadsheets import CellKind
from reports.figures.names import NOBODY_VI, STATUSES_VI
from reports.figures.shapes import ComplianceFigures, Money, MoneyRow, ProgrammeMoney, ProjectFigure
from reports.output.compliance_tables import assigned_words
from reports.output.official import UNIT
from reports.output.tables import ORDINAL, Cell, Column, Table

INTEGER, MONEY, PERCENT, TEXT = CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT, CellKind.TEXT


def money_columns(year: int | None = None) -> list[Column]:
    planned = f"Kế hoạch năm {year}" if year else "Kế hoạch"
    return [
        Column(planned, MONEY, 15, over="Vốn", width=14),
        Column("Đã giao", MONEY, 14, over="Vốn", width=14),
        Column("Đã cấp phát", MONEY, 14, over="Vốn", width=14),
        Column("Đã giải ngân", MONEY, 14, over="Vốn", width=14),
        Column("Đã quyết toán", MONEY, 14, over="Vốn", width=14),
        Column("Giải ngân so với kế hoạch", PERCENT, 13, width=14),
    ]


def money_cells(money: Money) -> tuple[Cell, ...]:
    return (
        money.planned,
        money.assigned,
        money.released,
        money.disbursed,
        money.settled,
        money.disbursed_share,
    )


def money_table(block: ProgrammeMoney) -> Table:
    """One programme's money by group, source and year; its total stands under the groups."""
    table = Table(
        (
            ORDINAL,
            Column("Nội dung", TEXT, 60),
            *money_columns(),
            Column("Số dự án", INTEGER, 11),
            Column("Dự án đã báo cáo", INTEGER, 13),
        ),
        title=f"{programme_title(block)}: tổng hợp",
        unit=UNIT,
    )
    _money_blocks(table, block, _summed)
    return table


RowCells = Callable[[int | None, MoneyRow], Sequence[Cell]]


def _money_blocks(table: Table, block: ProgrammeMoney, cells: RowCells) -> None:
    table.heading(f"Theo nhóm dự án, năm {block.year}")
    adds = table.lines(cells(number, row) for number, row in enumerate(block.by_group, 1))
    whole = MoneyRow("", "Cộng theo nhóm dự án", block.total, block.projects, block.reported)
    table.total(*cells(None, whole), adds=adds)
    table.heading(f"Theo nguồn vốn, năm {block.year}")
    table.lines(cells(number, row) for number, row in enumerate(block.by_source, 1))
    table.heading("Theo năm")
    table.lines(cells(number, row) for number, row in enumerate(block.by_year, 1))


def _summed(number: int | None, row: MoneyRow) -> Sequence[Cell]:
    label = f"Năm {row.label}" if row.key.isdigit() else row.label
    return (number, label, *money_cells(row.money), row.projects, row.reported)


def project_table(block: ProgrammeMoney) -> Table:
    """One programme's projects with their money of the year and what their reporters say."""
    table = Table(
        (
            Column("Số", TEXT, 9),
            Column("Dự án, nhiệm vụ chi", TEXT, 56),
            Column("Cơ quan chủ trì", TEXT, 26),
            *money_columns(block.year),
            Column("Tình hình thực hiện", TEXT, 26),
        ),
        title=f"{programme_title(block)}: từng dự án có kế hoạch vốn năm {block.year}",
        unit=UNIT,
    )
    adds = table.lines(
        (one.label, one.name, lead_words(one), *money_cells(one.money), status_words(one))
        for one in block.lines
    )
    table.total(None, f"Cộng {len(block.lines)} dự án", None, *money_cells(block.total), None, adds=adds)
    return table


def lead_words(one: ProjectFigure) -> str:
    """The lead as the document names it, else who was assigned on the system; that nobody reports is said."""
    nobody = [] if one.reporters else [f"({NOBODY_VI})"]
    return "\n".join(filter(None, (one.lead, *assigned_words(one.assigned), *nobody)))


def content_table(block: ProgrammeMoney) -> Table:
    """National contents for which no money of the year is planned: who reports, and what they say."""
    with_money = any(one.money.is_reported for one in block.contents)
    table = Table(
        (
            Column("Số", TEXT, 16, width=10),
            Column("Nội dung, dự án", TEXT, 84, width=60),
            Column("Cơ quan báo cáo", TEXT, 54, width=50),
            Column("Phải báo cáo", INTEGER, 11, over="Số cơ quan", width=12),
            Column("Đã báo cáo", INTEGER, 11, over="Số cơ quan", width=12),
            Column("Tình hình thực hiện", TEXT, 40, width=36),
            *(_reported_columns() if with_money else ()),
        ),
        title=f"{programme_title(block)}: nội dung, dự án không ghi kế hoạch vốn năm {block.year}",
        unit=UNIT if with_money else "",
    )
    groups = {row.key: row.label for row in block.content_groups}
    for key, members in groupby(block.contents, key=lambda one: one.group):
        rows = list(members)
        table.heading(f"{groups.get(key, key)} ({len(rows)} nội dung)")
        table.lines((*_content(one), *(money_cells(one.money)[1:5] if with_money else ())) for one in rows)
    return table


def _reported_columns() -> list[Column]:
    heads = ("Đã giao", "Đã cấp phát", "Đã giải ngân", "Đã quyết toán")
    return [Column(head, MONEY, 14, over="Vốn theo báo cáo", width=14) for head in heads]


def _content(one: ProjectFigure) -> tuple[Cell, ...]:
    return (one.label, one.name, lead_words(one), one.reporters, one.reported, status_words(one))


def status_words(one: ProjectFigure) -> str:
    """ "đang triển khai"; of several reporters "đang triển khai: 6/10; đã hoàn thành: 2/10"."""
    if not one.reporters:
        return ""
    if not one.statuses:
        return "chưa có báo cáo"
    if one.reporters == 1 and len(one.statuses) == 1:
        return STATUSES_VI[next(iter(one.statuses))]
    said = [
        f"{words}: {one.statuses[status]}/{one.reporters}"
        for status, words in STATUSES_VI.items()
        if one.statuses.get(status)
    ]
    return "; ".join(said)


def programme_title(block: ProgrammeMoney) -> str:
    documents = ", ".join(block.documents)
    return f"{block.name} ({documents})" if documents else block.name


def all_money_table(figures: ComplianceFigures) -> Table:
    """The sheet of money: one block a programme under common heads, never added across."""
    table = Table(
        (
            Column("STT", TEXT, 9, width=8),
            Column("Nội dung", TEXT, 56, width=56),
            Column("Cơ quan chủ trì", TEXT, 26, width=26),
            *money_columns(),
            Column("Số dự án", INTEGER, 11),
            Column("Dự án đã báo cáo", INTEGER, 10, width=12),
            Column("Tình hình thực hiện", TEXT, 26, width=30),
        ),
        title="Dự án và kinh phí, từng chương trình riêng, không cộng chung",
        unit=UNIT,
    )
    for block in figures.money:
        if not block.projects:
            continue
        table.heading(programme_title(block))
        _money_blocks(table, block, _in_sheet)
        table.heading(f"Từng dự án, năm {block.year}")
        adds = table.lines(
            (
                one.label,
                one.name,
                lead_words(one),
                *money_cells(one.money),
                None,
                None,
                status_words(one),
            )
            for one in block.lines
        )
        total = (*money_cells(block.total), block.projects, block.reported)
        table.total(None, f"Cộng {block.projects} dự án", None, *total, None, adds=adds)
    return table


def _in_sheet(number: int | None, row: MoneyRow) -> Sequence[Cell]:
    _number, label, *rest = _summed(number, row)
    return (str(number or ""), label, None, *rest, None)
