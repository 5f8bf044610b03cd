"""A plan as an official document: its text, and in annexes projects with money, tasks and targets."""

from collections.abc import Iterator, Sequence

from core.vietnamese import roman
from plans.parts.texts import SectionRow
from reports.output.official import (
    ILLUSTRATIVE,
    Annex,
    Letterhead,
    Paragraph,
    moment_in_words,
    print_document,
    upper_first,
)
from reports.output.plan_export import PlanExport, PlanFacts
from reports.output.plan_tables import project_table, share_table, status_table, target_table, task_table
from reports.output.tables import Table

KINDS = ("Kế hoạch", "Chương trình", "Đề án")


def plan_pdf(export: PlanExport) -> bytes:
    """The plan as PDF. Vietnamese in either interface language."""
    facts = export.facts
    annexes = plan_annexes(export)
    kind, subject = _title(facts.title)
    post, signer = facts.signature
    context = {
        "mark": ILLUSTRATIVE if facts.illustrative else "",
        "draft": facts.mark,
        "head": Letterhead(agency=facts.issuer, numbered=False),
        "kind": kind,
        "subject": subject,
        "approval": facts.approval,
        "paragraphs": list(_paragraphs(export.content["sections"])),
        "post": post,
        "signed": "(Đã ký)" if facts.is_signed else "",
        "signer": signer,
        "annexes": annexes,
        "attached": facts.approval
        or f"(Kèm theo {kind.capitalize()}, mã {facts.code}, phiên bản {facts.version})",
        "source_line": source_line(facts),
    }
    tables = [table for annex in annexes for table in annex.tables]
    return print_document("reports/pdf/plan.html", context, tables)


def source_line(facts: PlanFacts) -> str:
    """Which version this is, how it came about, and when it was taken out."""
    route = f"; hình thức xây dựng: {facts.route_words}" if facts.route else ""
    return (
        f"Mã kế hoạch: {facts.code}, phiên bản {facts.version} ({facts.state_words}); chương trình: "
        f"{facts.programme_name}; cơ quan lập: {facts.agency_name}{route}; "
        f"xuất lúc {moment_in_words(facts.as_of)}."
    )


def plan_annexes(export: PlanExport) -> list[Annex]:
    """An annex for each part that has rows, numbered as they come."""
    content = export.content
    found: list[tuple[str, Table]] = []
    if content["projects"]:  # the texts call the list of projects "Phụ lục I"
        found.append(("DANH MỤC DỰ ÁN VÀ KINH PHÍ", project_table(export)))
    if content["shares"]:
        found.append(("KINH PHÍ CỦA TỪNG CƠ QUAN TRONG CÁC DÒNG CHUNG", share_table(export)))
    if content["tasks"]:
        found.append(("DANH MỤC NHIỆM VỤ", task_table(export)))
    if content["targets"]:
        found.append(("CHỈ TIÊU", target_table(export)))
    if content["baselines"]:
        found.append(("SỐ LIỆU HIỆN TRẠNG", status_table(export)))
    numbers = [roman(at) for at in range(1, len(found) + 1)] if len(found) > 1 else [""]
    return [Annex(number, title, [table]) for number, (title, table) in zip(numbers, found, strict=False)]


def _title(title: str) -> tuple[str, str]:
    """The kind of document in capitals, and what it is about."""
    for kind in KINDS:
        if title.casefold().startswith(f"{kind.casefold()} "):
            return kind.upper(), upper_first(title[len(kind) + 1 :])
    return KINDS[0].upper(), title


def _paragraphs(sections: Sequence[SectionRow]) -> Iterator[Paragraph]:
    """Headings with their printed numbers, then their text; a heading that opens its text stands once."""
    for row in sections:
        level = min(row.level, 3)
        lines = [line.strip() for line in row.body.split("\n") if line.strip()]
        if lines and lines[0].startswith(row.heading):
            yield Paragraph(lines.pop(0), _number(row.number), level)
        else:
            yield Paragraph(row.heading, _number(row.number), level, heading=True)
        for line in lines:
            yield Paragraph(line)


def _number(path: str) -> str:
    """ "IV" as "IV.", "IV.1" as "1.", "IV.1.a" as "a)"."""
    last = path.rsplit(".", 1)[-1]
    return f"{last})" if len(last) == 1 and last.isalpha() and last.islower() else f"{last}."
