"""The national report of one period as an official document."""

from reports.figures.shapes import ComplianceFigures
from reports.output import compliance_text
from reports.output.compliance_tables import (
    agency_table,
    shortfall_table,
    target_table,
    task_table,
    timeliness_table,
)
from reports.output.money_tables import content_table, money_table, project_table
from reports.output.official import (
    DRAFT,
    ILLUSTRATIVE,
    Annex,
    Issue,
    Letterhead,
    post_lines,
    print_document,
)
from reports.output.tables import Table


def compliance_pdf(figures: ComplianceFigures, issue: Issue | None = None) -> bytes:
    """The report as PDF; without `issue` it is marked as a draft. Vietnamese in either interface language."""
    annexes = compliance_annexes(figures)
    head = Letterhead(
        agency=issue.agency if issue else figures.lead,
        parent=issue.parent if issue else figures.lead_parent,
        number=issue.number if issue else "",
        place=issue.place if issue else figures.place,
        day=issue.issued_on if issue else None,
    )
    context = {
        "mark": ILLUSTRATIVE if figures.illustrative else "",
        "draft": "" if issue else DRAFT,
        "head": head,
        "kind": "BÁO CÁO",
        "subject": compliance_text.subject(figures),
        "addressee": figures.addressee,
        "bases": list(filter(None, (figures.citation, figures.basis))),
        "paragraphs": compliance_text.body(figures),
        "post": post_lines(issue.signer_title) if issue else [],
        "signer": "" if issue is None or figures.illustrative else issue.signer,
        "receivers": _receivers(figures),
        "annexes": annexes,
        "attached": _attached(head),
        "audit_line": issue.audit_line if issue else "",
    }
    return print_document("reports/pdf/compliance.html", context, tables_of(annexes))


def compliance_annexes(figures: ComplianceFigures) -> list[Annex]:
    """The five annexes that the body refers to; one without rows says so."""
    money: list[Table] = []
    for block in figures.money:
        if block.projects:
            money += [money_table(block), project_table(block)]
        if block.contents:
            money.append(content_table(block))
    titles = (
        ("TÌNH HÌNH NỘP BÁO CÁO CỦA CÁC CƠ QUAN", [timeliness_table(figures), agency_table(figures)]),
        ("TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ", [task_table(figures)]),
        ("DỰ ÁN VÀ KINH PHÍ", money),
        ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", [target_table(figures)]),
        ("CƠ QUAN CHƯA THỰC HIỆN ĐẦY ĐỦ", [shortfall_table(figures)]),
    )
    return [
        Annex(number, title, [table for table in tables if table.rows])
        for number, (title, tables) in zip(compliance_text.ANNEXES, titles, strict=True)
    ]


def tables_of(annexes: list[Annex]) -> list[Table]:
    return [table for annex in annexes for table in annex.tables]


def _attached(head: Letterhead) -> str:
    """The line under an annex's title that says to what it belongs."""
    number = f" số {head.number}" if head.number else " số\N{EM SPACE}\N{EM SPACE}"
    day = head.place_and_date.rpartition(", ")[2]
    return f"(Kèm theo Báo cáo{number} {day} của {head.agency})"


def _receivers(figures: ComplianceFigures) -> list[str]:
    """Who gets it: the addressee, the reporting agencies by class, the archive."""
    office = ["Văn phòng Chính phủ"] if "Thủ tướng" in figures.addressee else []
    classes = {
        "ministries": "Các Bộ, cơ quan ngang Bộ",
        "government-agencies": "Các cơ quan thuộc Chính phủ",
        "central-cities": "Ủy ban nhân dân các thành phố trực thuộc Trung ương",
        "provinces": "Ủy ban nhân dân các tỉnh",
        "districts": "Ủy ban nhân dân các quận, huyện",
        "departments": "Các sở, ban, ngành; Ủy ban nhân dân các quận, huyện",
    }
    obliged = [classes[one.agency_class] for one in figures.classes if one.agency_class in classes]
    if {"central-cities", "provinces"} <= {one.agency_class for one in figures.classes}:
        obliged = [name for name in obliged if name not in (classes["central-cities"], classes["provinces"])]
        obliged.append("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương")
    return ["Như trên;", *(f"{name};" for name in [*office, *obliged]), "Lưu: VT."]
