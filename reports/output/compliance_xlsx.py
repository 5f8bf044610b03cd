"""The national report of one period as a workbook: the PDF's tables, with sums that stay formulas."""

from collections.abc import Iterator

from core.notation import format_date, format_datetime
from core.spreadsheets import CellKind, write_workbook
from reports.figures.names import ATTAINMENTS_VI, VERDICTS_VI
from reports.figures.shapes import ComplianceFigures
from reports.output.compliance_tables import (
    agency_table,
    class_name,
    shortfall_table,
    target_table,
    task_table,
    timeliness_table,
)
from reports.output.compliance_text import subject
from reports.output.money_tables import all_money_table, content_table, programme_title
from reports.output.official import DRAFT, ILLUSTRATIVE, Issue
from reports.output.tables import ORDINAL, Cell, Column, Table, sheet


def compliance_xlsx(figures: ComplianceFigures, issue: Issue | None = None) -> bytes:
    """The report as .xlsx; "Tóm tắt" repeats the totals of the other sheets as values."""
    mark = workbook_mark(figures.illustrative, is_draft=issue is None)
    tables = (
        ("Tình hình nộp", timeliness_table(figures), 2),
        ("Cơ quan", agency_table(figures, grouped=False), 2),
        ("Nhiệm vụ", task_table(figures), 2),
        *_money_sheets(figures),
        ("Chỉ tiêu", target_table(figures, grouped=False), 2),
        ("Cơ quan còn thiếu", shortfall_table(figures, grouped=False), 2),
    )
    sheets = [
        sheet(summary_table(figures), "Tóm tắt", titles=_titles(figures, issue), mark=mark),
        *(sheet(table, name, mark=mark, frozen_columns=frozen) for name, table, frozen in tables),
    ]
    author = issue.agency if issue else figures.lead
    return write_workbook(sheets, created=figures.as_of, title=subject(figures), author=author)


def _money_sheets(figures: ComplianceFigures) -> Iterator[tuple[str, Table, int]]:
    """Projects with their money, and for each programme the contents for which no money is planned."""
    if any(block.projects for block in figures.money) or not figures.money:
        yield "Dự án và kinh phí", all_money_table(figures), 2
    blocks = [block for block in figures.money if block.contents]
    for number, block in enumerate(blocks, 1):
        again = f" {number}" if len(blocks) > 1 else ""
        yield f"Không ghi kế hoạch vốn{again}", content_table(block), 2


def workbook_mark(illustrative: bool, *, is_draft: bool) -> str:
    return " - ".join(filter(None, (ILLUSTRATIVE if illustrative else "", DRAFT if is_draft else "")))


def _titles(figures: ComplianceFigures, issue: Issue | None) -> list[str]:
    window = f"từ {format_date(figures.window_from)} đến {format_date(figures.window_to)}"
    lines = [
        "BÁO CÁO",
        subject(figures),
        f"Kỳ báo cáo: {figures.title} ({window}); hạn nộp {format_date(figures.due_on)}",
        f"Số liệu tính đến {format_datetime(figures.as_of)}",
    ]
    if figures.agencies_on:
        lines.append(f"Theo cơ quan tại ngày {format_date(figures.agencies_on)}")
    if issue:
        lines.append(f"Số {issue.number}, {format_date(issue.issued_on)}, {issue.agency}")
    if issue and issue.audit_line:
        lines.append(issue.audit_line)
    return lines


def summary_table(figures: ComplianceFigures) -> Table:
    """Every total of the workbook as a value."""
    table = Table(
        (
            ORDINAL,
            Column("Nội dung", CellKind.TEXT, width=86),
            Column("Giá trị", CellKind.NUMBER, width=18),
            Column("Đơn vị tính", CellKind.TEXT, width=16),
        )
    )
    for heading, rows in (
        ("Tình hình nộp báo cáo", _reporting(figures)),
        ("Nhiệm vụ", _tasks(figures)),
        *((programme_title(block), _money(figures, at)) for at, block in enumerate(figures.money)),
        ("Chỉ tiêu", _targets(figures)),
        ("Cơ quan còn thiếu", iter([("Cơ quan chưa thực hiện đầy đủ", len(figures.shortfalls), "cơ quan")])),
    ):
        table.heading(heading)
        table.lines((number, *row) for number, row in enumerate(rows, 1))
    return table


SummaryRow = tuple[str, Cell, str]


def _reporting(figures: ComplianceFigures) -> Iterator[SummaryRow]:
    total = figures.total
    yield "Cơ quan phải báo cáo", total.obliged, "cơ quan"
    yield "Nộp đúng hạn", total.on_time, "cơ quan"
    yield "Nộp muộn", total.late, "cơ quan"
    yield "Chưa nộp khi đã quá hạn", total.missing, "cơ quan"
    yield "Chưa nộp, chưa đến hạn", total.waiting, "cơ quan"
    yield "Được miễn", total.exempt, "cơ quan"
    yield "Không có nội dung báo cáo", total.nothing, "cơ quan"
    yield "Tỷ lệ nộp đúng hạn", total.on_time_share, "%"
    for one in figures.classes:
        yield f"Phải báo cáo: {class_name(one.agency_class)}", one.obliged, "cơ quan"
    yield "Báo cáo được tổng hợp", figures.filings_counted, "báo cáo"
    yield "Báo cáo đã được tiếp nhận", figures.filings_accepted, "báo cáo"


def _tasks(figures: ComplianceFigures) -> Iterator[SummaryRow]:
    yield "Nhiệm vụ được giao", len(figures.whole_tasks), "nhiệm vụ"
    if figures.sub_items:
        yield "Mục của các nhiệm vụ, báo cáo theo từng mục", len(figures.sub_items), "mục"
    for verdict, words in VERDICTS_VI.items():
        yield f"Nhiệm vụ {words}", figures.task_count(verdict), "nhiệm vụ"


def _money(figures: ComplianceFigures, at: int) -> Iterator[SummaryRow]:
    block = figures.money[at]
    if block.contents:
        yield "Nội dung, dự án không ghi kế hoạch vốn trong năm", len(block.contents), "nội dung"
        silent = sum(row.silent for row in block.content_groups)
        yield "Nội dung, dự án không ghi vốn, không có cơ quan báo cáo", silent, "nội dung"
        assigned = sum(row.assigned for row in block.content_groups)
        yield "Nội dung, dự án không ghi vốn, phân công trên hệ thống", assigned, "nội dung"
        reported = sum(row.reported for row in block.content_groups)
        yield "Nội dung, dự án không ghi vốn, đã có báo cáo", reported, "nội dung"
    if not block.projects:
        return
    yield "Dự án có kế hoạch vốn trong năm", block.projects, "dự án"
    yield "Dự án đã báo cáo", block.reported, "dự án"
    yield f"Kế hoạch vốn năm {block.year}", block.total.planned, "triệu đồng"
    yield "Vốn đã giao", block.total.assigned, "triệu đồng"
    yield "Vốn đã cấp phát", block.total.released, "triệu đồng"
    yield "Vốn đã giải ngân", block.total.disbursed, "triệu đồng"
    yield "Vốn đã quyết toán", block.total.settled, "triệu đồng"
    yield "Giải ngân so với kế hoạch", block.total.disbursed_share, "%"


def _targets(figures: ComplianceFigures) -> Iterator[SummaryRow]:
    yield "Chỉ tiêu theo nhóm cơ quan", len(figures.targets), "chỉ tiêu"
    for attainment, words in ATTAINMENTS_VI.items():
        count = sum(1 for one in figures.targets if one.attainment == attainment)
        yield f"Chỉ tiêu {words}", count, "chỉ tiêu"
