"""The body of the compliance report in words: numbered paragraphs made of the figures, nothing else."""

from collections import Counter
from collections.abc import Iterator

from core.notation import format_date, format_long_date, format_number, format_percent
from core.vietnamese import roman
from reports.cycles.timeliness import Standing
from reports.figures.names import ATTAINMENTS_VI, VERDICTS_VI
from reports.figures.shapes import (
    ClassTimeliness,
    ComplianceFigures,
    TargetFigure,
    TaskFigure,
)
from reports.output.compliance_tables import (
    attainment_words,
    class_name,
    items_words,
    target_words,
    targets_by_scope,
    value_words,
)
from reports.output.money_text import money_paragraphs
from reports.output.official import Paragraph, listed, lower_first, moment_in_words, point, upper_first

ANNEXES = ("I", "II", "III", "IV", "V")
"""Timeliness, tasks, money, targets, agencies that fell short."""


def subject(figures: ComplianceFigures) -> str:
    return f"Tình hình thực hiện trong {lower_first(figures.title)} {figures.programme_name}"


def body(figures: ComplianceFigures) -> list[Paragraph]:
    """All paragraphs, in order; the last one closes the report."""
    parts = [
        ("TÌNH HÌNH CHẤP HÀNH CHẾ ĐỘ BÁO CÁO", _reporting(figures)),
        ("TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ", _tasks(figures)),
        ("DỰ ÁN VÀ KINH PHÍ", _money(figures)),
        ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", _targets(figures)),
        ("CƠ QUAN CHƯA THỰC HIỆN ĐẦY ĐỦ", _shortfalls(figures)),
    ]
    paragraphs = list(_opening(figures))
    for number, (heading, inside) in enumerate(parts, 1):
        paragraphs.append(Paragraph(heading, f"{roman(number)}.", 1, heading=True))
        paragraphs += inside
    paragraphs.append(Paragraph(_closing(figures)))
    return paragraphs


def _opening(figures: ComplianceFigures) -> Iterator[Paragraph]:
    counted, accepted = figures.filings_counted, figures.filings_accepted
    moment = moment_in_words(figures.as_of)
    if counted:
        received = "tất cả" if counted == accepted else f"trong đó {format_number(accepted)} báo cáo"
        yield Paragraph(
            f"Thực hiện chế độ báo cáo, {lead(figures)} đã tổng hợp {format_number(counted)} báo cáo "
            f"{lower_first(figures.title)} của các cơ quan, tính đến {moment}; {received} đã được tiếp nhận."
        )
    else:
        yield Paragraph(
            f"Tính đến {moment}, chưa có báo cáo {lower_first(figures.title)} nào của các cơ quan được tổng "
            "hợp."
        )
    if figures.agencies_on:
        yield Paragraph(
            f"Cơ quan được nêu theo ngày {format_date(figures.agencies_on)}: phần của cơ quan đã sáp nhập, "
            "chia tách hoặc đổi tên được tính cho cơ quan kế thừa; tổng số không đổi."
        )
    if figures.illustrative:
        yield Paragraph(
            "Số liệu trong báo cáo này là số liệu minh họa, không phải số liệu do các cơ quan cung cấp."
        )
    yield Paragraph(
        f"{upper_first(lead(figures))} báo cáo {figures.addressee} tình hình thực hiện trong "
        f"{lower_first(figures.title)} (từ {format_long_date(figures.window_from)} đến hết "
        f"{format_long_date(figures.window_to)}) như sau:"
    )


def lead(figures: ComplianceFigures) -> str:
    return figures.lead or "cơ quan chủ trì chương trình"


# I. Reporting


def _reporting(figures: ComplianceFigures) -> Iterator[Paragraph]:
    total = figures.total
    yield Paragraph("Kết quả chung", "1.", 2, heading=True)
    yield Paragraph(
        f"Có {_agencies(total.obliged)} có nghĩa vụ báo cáo trong kỳ; thời hạn nộp báo cáo là "
        f"{format_long_date(figures.due_on)}. {_standings(total)}."
    )
    if total.nothing:
        yield Paragraph(
            f"Trong số các cơ quan đã nộp, có {_agencies(total.nothing)} báo cáo không có nội dung phát sinh "
            "trong kỳ."
        )
    yield Paragraph("Kết quả theo nhóm cơ quan", "2.", 2, heading=True)
    for number, one in enumerate(figures.classes):
        end = "." if number == len(figures.classes) - 1 else ";"
        text = (
            f"{class_name(one.agency_class)}: {_agencies(one.obliged)}; {lower_first(_standings(one))}{end}"
        )
        yield Paragraph(text, f"{point(number)})", 3)
    yield Paragraph("Cơ quan chưa nộp, nộp muộn", "3.", 2, heading=True)
    late = _names(figures, Standing.LATE)
    missing = _names(figures, Standing.MISSING)
    if missing:
        yield Paragraph(f"Chưa nộp báo cáo khi đã quá thời hạn: {'; '.join(missing)}.")
    if late:
        yield Paragraph(f"Nộp muộn: {'; '.join(late)}.")
    if not missing and not late:
        yield Paragraph("Không có cơ quan nào nộp muộn hoặc chưa nộp khi đã quá thời hạn.")
    yield Paragraph(_see(0))


def _standings(one: ClassTimeliness) -> str:
    share = f" (đạt {format_percent(one.on_time_share)})" if one.on_time_share is not None else ""
    said = [f"{_agencies(one.on_time)} nộp đúng hạn{share}"]
    counts = (
        (one.late, "nộp muộn"),
        (one.missing, "chưa nộp khi đã quá thời hạn"),
        (one.waiting, "chưa nộp, chưa đến hạn"),
        (one.exempt, "được miễn báo cáo"),
    )
    said += [f"{_agencies(count)} {words}" for count, words in counts if count]
    return f"Có {listed(said)}"


def _names(figures: ComplianceFigures, standing: Standing) -> list[str]:
    return [
        f"{one.short_name} ({one.days} ngày)"
        for one in figures.obligations
        if one.standing is standing and one.days
    ]


# II. Tasks


def _tasks(figures: ComplianceFigures) -> Iterator[Paragraph]:
    if not figures.tasks:
        yield Paragraph("Không có nhiệm vụ nào thuộc phạm vi báo cáo của kỳ này.")
        return
    yield Paragraph("Kết quả chung", "1.", 2, heading=True)
    counts = [
        f"{format_number(figures.task_count(verdict))} nhiệm vụ {words}"
        for verdict, words in VERDICTS_VI.items()
        if figures.task_count(verdict)
    ]
    yield Paragraph(f"Trong {len(figures.whole_tasks)} nhiệm vụ được giao, có {listed(counts)}.")
    if figures.sub_items:
        parts = sum(1 for task in figures.whole_tasks if task.items)
        yield Paragraph(
            f"Trong đó {format_number(parts)} nhiệm vụ gồm {format_number(len(figures.sub_items))} mục được "
            "báo cáo theo từng mục; nhiệm vụ chỉ được tính là hoàn thành khi tất cả các cơ quan hoàn thành "
            "tất cả các mục của mình."
        )
    late = [task for task in figures.whole_tasks if task.verdict == "late"]
    yield Paragraph("Nhiệm vụ quá hạn", "2.", 2, heading=True)
    if late:
        yield Paragraph(
            "Nhiệm vụ do nhiều cơ quan chủ trì chỉ được tính là hoàn thành khi tất cả các cơ quan đã hoàn "
            f"thành. Đến hết {format_long_date(figures.window_to)}, các nhiệm vụ sau đã quá thời hạn:"
        )
        for number, task in enumerate(late):
            end = "." if number == len(late) - 1 else ";"
            yield Paragraph(
                f"Mục {task.clause} ({task.document}): {task.name.rstrip('.;')} (thời hạn "
                f"{format_date(task.due_on)}; {_done(task)}){end}",
                f"{point(number)})",
                3,
            )
    else:
        yield Paragraph("Không có nhiệm vụ quá hạn.")
    yield Paragraph(_see(1))


def _done(task: TaskFigure) -> str:
    done = f"{task.done}/{task.reporters} cơ quan đã hoàn thành"
    return f"{done}; {items_words(task)}" if task.items else done


# III. Money


def _money(figures: ComplianceFigures) -> Iterator[Paragraph]:
    yield from money_paragraphs(figures)
    if figures.money:
        yield Paragraph(_see(2))


# IV. Targets


def _targets(figures: ComplianceFigures) -> Iterator[Paragraph]:
    if not figures.targets:
        yield Paragraph("Không có chỉ tiêu nào của năm báo cáo thuộc phạm vi báo cáo.")
        return
    found = Counter(str(one.attainment) for one in figures.targets)
    counts = [
        f"{format_number(found[attainment])} chỉ tiêu {words}"
        for attainment, words in ATTAINMENTS_VI.items()
        if found[attainment]
    ]
    yield Paragraph(
        f"Trong {len(figures.targets)} chỉ tiêu {_target_years(figures)} tính theo từng nhóm cơ quan, có "
        f"{listed(counts)}. Tỷ lệ của một nhóm được tính trên tổng số của các cơ quan có số liệu trong nhóm; "
        "tỷ lệ cơ quan được tính trên tất cả các cơ quan của nhóm."
    )
    number = 0
    for scope, members in targets_by_scope(figures).items():
        with_value = [one for one in members if one.value is not None]
        if not with_value:
            continue
        number += 1
        yield Paragraph(scope, f"{number}.", 2, heading=True)
        for at, one in enumerate(with_value):
            end = "." if at == len(with_value) - 1 else ";"
            yield Paragraph(f"{one.name}: {_result(one)}: {attainment_words(one)}{end}", f"{point(at)})", 3)
    yield Paragraph(_see(3))


def _target_years(figures: ComplianceFigures) -> str:
    """ "của năm 2008"; of those due later "đến năm 2015"; of several "của các năm 2009, 2010"."""
    years = sorted({one.due_on.year for one in figures.targets})
    if len(years) > 1:
        return f"của các năm {', '.join(map(str, years))}"
    return f"{'của' if years[0] == figures.window_to.year else 'đến'} năm {years[0]}"


def _result(one: TargetFigure) -> str:
    """A class's value beside its target; a target that each agency has to reach is counted by agencies."""
    known = f"{one.with_data}/{one.agencies} cơ quan có số liệu"
    if one.kind == "count":
        reached = f"{one.met}/{one.agencies} cơ quan đạt mục tiêu {target_words(one)}"
        return f"{reached} ({known}, cộng {value_words(one)})"
    return f"{value_words(one)} (mục tiêu {target_words(one)}; {known})"


# V. Agencies that fell short


def _shortfalls(figures: ComplianceFigures) -> Iterator[Paragraph]:
    found = figures.shortfalls
    if not found:
        yield Paragraph("Không có cơ quan nào chưa thực hiện đầy đủ trong kỳ báo cáo.")
        return
    reasons = (
        (sum(1 for one in found if one.missing_days), "chưa nộp báo cáo"),
        (sum(1 for one in found if one.late_days), "nộp báo cáo muộn"),
        (sum(1 for one in found if one.late_tasks), "có nhiệm vụ quá hạn"),
        (sum(1 for one in found if one.targets_below), "chưa đạt chỉ tiêu đã đến hạn"),
    )
    said = [f"{_agencies(count)} {words}" for count, words in reasons if count]
    yield Paragraph(
        f"Có {_agencies(len(found))} chưa thực hiện đầy đủ, gồm: {'; '.join(said)} (một cơ quan có thể được "
        "tính ở nhiều nội dung)."
    )
    yield Paragraph(_see(4))


def _closing(figures: ComplianceFigures) -> str:
    return f"{upper_first(lead(figures))} kính báo cáo {figures.addressee}./."


def _agencies(count: int) -> str:
    return f"{format_number(count)} cơ quan"


def _see(annex: int) -> str:
    return f"(Chi tiết tại Phụ lục {ANNEXES[annex]} kèm theo)"
