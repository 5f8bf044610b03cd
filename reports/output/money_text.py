"""What the compliance report says of projects and money: one programme after another, never added up."""

from collections.abc import Iterator

from core.notation import format_money, format_number, format_percent
from reports.figures.names import ASSIGNED_VI, NOBODY_VI, STATUSES_VI
from reports.figures.shapes import ComplianceFigures, Money, ProgrammeMoney
from reports.output.money_tables import programme_title
from reports.output.official import Paragraph, listed


def money_paragraphs(figures: ComplianceFigures) -> Iterator[Paragraph]:
    if not figures.money:
        yield Paragraph("Không có dự án nào có kế hoạch vốn trong năm báo cáo.")
        return
    if len(figures.money) > 1:
        yield Paragraph("Số liệu của từng chương trình, kế hoạch được tổng hợp riêng, không cộng chung.")
    for number, block in enumerate(figures.money, 1):
        yield Paragraph(programme_title(block), f"{number}.", 2, heading=True)
        yield from _projects(block)
        yield from _contents(block)


def _projects(block: ProgrammeMoney) -> Iterator[Paragraph]:
    """Projects with planned money of the year, altogether and by group."""
    if not block.projects:
        return
    yield Paragraph(_programme(block))
    for at, row in enumerate(block.by_group):
        end = "." if at == len(block.by_group) - 1 else ";"
        yield Paragraph(
            f"{row.label}: {format_number(row.projects)} dự án; {_amounts(row.money)}{end}",
            "-",
            3,
        )


def _contents(block: ProgrammeMoney) -> Iterator[Paragraph]:
    """What is said of the contents for which no money of the year is planned."""
    if not block.contents:
        return
    silent = sum(row.silent for row in block.content_groups)
    assigned = sum(row.assigned for row in block.content_groups)
    said = [f"{format_number(len(block.contents) - silent)} nội dung có cơ quan báo cáo"]
    if assigned == len(block.contents) - silent:
        said[0] += f" (đều do {ASSIGNED_VI})" if assigned else ""
    elif assigned:
        said[0] += f" (trong đó {format_number(assigned)} nội dung do {ASSIGNED_VI})"
    if silent:
        said.append(f"{format_number(silent)} nội dung {NOBODY_VI}")
    yield Paragraph(
        f"Có {format_number(len(block.contents))} nội dung, dự án không ghi kế hoạch vốn năm {block.year}: "
        f"{', '.join(said)}. Cụ thể:"
    )
    for at, row in enumerate(block.content_groups):
        end = "." if at == len(block.content_groups) - 1 else ";"
        statuses = [
            f"{words} {format_number(row.statuses[status])}"
            for status, words in STATUSES_VI.items()
            if row.statuses.get(status)
        ]
        said_of = f" (lượt báo cáo: {', '.join(statuses)})" if statuses else ""
        yield Paragraph(
            f"{row.label}: {format_number(row.projects)} nội dung, {format_number(row.reported)} nội dung "
            f"đã có báo cáo{said_of}{end}",
            "-",
            3,
        )


def _programme(block: ProgrammeMoney) -> str:
    return (
        f"Có {format_number(block.projects)} dự án, nhiệm vụ chi có kế hoạch vốn năm {block.year}, trong đó "
        f"{format_number(block.reported)} dự án đã có báo cáo. Tính chung, {_amounts(block.total)}. "
        "Cụ thể theo nhóm dự án:"
    )


def _amounts(money: Money) -> str:
    share = money.disbursed_share
    of_plan = f" (bằng {format_percent(share)} kế hoạch)" if share is not None else ""
    flows = (
        ("đã giao", money.assigned, ""),
        ("đã cấp phát", money.released, ""),
        ("đã giải ngân", money.disbursed, of_plan),
        ("đã quyết toán", money.settled, ""),
    )
    planned = "chưa ghi kế hoạch vốn" if money.planned is None else f"kế hoạch vốn {_trieu(money)}"
    said = [
        f"{words} {format_money(amount)} triệu đồng{more}"
        for words, amount, more in flows
        if amount is not None
    ]
    silent = [words for words, amount, _more in flows if amount is None]
    if silent:
        said.append(f"chưa có báo cáo về vốn {listed(silent)}")
    return f"{planned}; {'; '.join(said)}" if said else planned


def _trieu(money: Money) -> str:
    return f"{format_money(money.planned)} triệu đồng"
