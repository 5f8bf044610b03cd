"""The tables of the compliance report; the PDF's annexes and the workbook's sheets are both made of these."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from core.notation import format_date, format_number
from core.spreadsheets import CellKind
from reports.figures.names import (
    ASSIGNED_VI,
    ATTAINMENTS_VI,
    CLASS_NAMES_VI,
    FILING_STATES_VI,
    STANDINGS_VI,
    VERDICTS_VI,
    not_due_vi,
)
from reports.figures.shapes import (
    AssignedFigure,
    ClassTimeliness,
    ComplianceFigures,
    Obligation,
    Shortfall,
    TargetFigure,
    TaskFigure,
)
from reports.output.tables import ORDINAL, Cell, Column, Table

INTEGER, PERCENT, DATE, TEXT = CellKind.INTEGER, CellKind.PERCENT, CellKind.DATE, CellKind.TEXT


def class_name(key: str) -> str:
    return CLASS_NAMES_VI.get(key, key)


Classed = TypeVar("Classed", Obligation, Shortfall)


def _by_class(rows: Iterable[Classed]) -> dict[str, list[Classed]]:
    """Rows under headings by class of agency, classes in the order in which they first stand."""
    found: dict[str, list[Classed]] = {}
    for row in rows:
        found.setdefault(row.agency_class, []).append(row)
    return {f"{class_name(key)} ({len(members)} cơ quan)": members for key, members in found.items()}


def _table(
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Any],
    row: Callable[[int, Any, bool], tuple[Cell, ...]],
    *,
    by: str,
    headings: Mapping[str, Iterable[Any]] | None,
) -> Table:
    """A table under headings, without the column `by` that says the same; flat, with it, without any.

    `row` makes a line of a row: its number, the row, whether it says what the heading would.
    """
    table = Table([one for one in columns if headings is None or one.label != by], title=title)
    if headings is None:
        table.lines(row(number, one, True) for number, one in enumerate(rows, 1))
        return table
    for heading, members in headings.items():
        table.heading(heading)
        table.lines(row(number, one, False) for number, one in enumerate(members, 1))
    return table


def timeliness_table(figures: ComplianceFigures) -> Table:
    """Who reported when, by class of agency."""
    table = Table(
        (
            ORDINAL,
            Column("Nhóm cơ quan", TEXT, 34, width=36),
            Column("Phải báo cáo", INTEGER, 12),
            Column("Đúng hạn", INTEGER, 11, over="Đã nộp", width=12),
            Column("Muộn", INTEGER, 10, over="Đã nộp", width=12),
            Column("Không có nội dung báo cáo", INTEGER, 14, over="Đã nộp", width=16),
            Column("Chưa nộp (quá hạn)", INTEGER, 12, width=12),
            Column("Chưa đến hạn", INTEGER, 12, width=12),
            Column("Được miễn", INTEGER, 11, width=12),
            Column("Tỷ lệ đúng hạn", PERCENT, 13, width=12),
        ),
        title="Tình hình nộp báo cáo theo nhóm cơ quan",
    )
    adds = table.lines(
        (number, class_name(one.agency_class), *_counts(one)) for number, one in enumerate(figures.classes, 1)
    )
    table.total(None, class_name("total"), *_counts(figures.total), adds=adds)
    return table


def _counts(one: ClassTimeliness) -> tuple[Cell, ...]:
    return (
        one.obliged,
        one.on_time,
        one.late,
        one.nothing,
        one.missing,
        one.waiting,
        one.exempt,
        one.on_time_share,
    )


def agency_table(figures: ComplianceFigures, *, grouped: bool = True) -> Table:
    """Every obligation. Grouped by class for paper; for a sheet one flat list with a column for the class."""
    columns = [
        ORDINAL,
        Column("Cơ quan", TEXT, 46, width=44),
        Column("Nhóm cơ quan", TEXT, 20, width=32),
        Column("Tình hình nộp", TEXT, 16, width=16),
        Column("Ngày nộp", DATE, 17),
        Column("Số ngày chậm", INTEGER, 11, width=10),
        Column("Số lần nộp", INTEGER, 10, width=9),
        Column("Số lần trả lại", INTEGER, 10, width=9),
        Column("Trạng thái báo cáo", TEXT, 18, width=18),
        Column("Ghi chú", TEXT, 26, width=28),
    ]
    rows, title = figures.obligations, "Tình hình nộp báo cáo của từng cơ quan"
    headings = _by_class(rows) if grouped else None
    return _table(title, columns, rows, _obligation, by="Nhóm cơ quan", headings=headings)


def _obligation(number: int, one: Obligation, with_class: bool) -> tuple[Cell, ...]:
    note = "Không có nội dung báo cáo" if one.nothing else ""
    return (
        number,
        one.name,
        *((class_name(one.agency_class),) if with_class else ()),
        STANDINGS_VI[one.standing],
        one.filed_on,
        one.days or None,
        one.filings,
        one.returned,
        FILING_STATES_VI.get(one.state, one.state),
        note,
    )


def task_table(figures: ComplianceFigures) -> Table:
    """Every national task: how many of its reporters say what; its sub-items below it, without numbers."""
    table = Table(
        (
            ORDINAL,
            Column("Nhiệm vụ", TEXT, 82, width=70),
            Column("Văn bản", TEXT, 26, width=18),
            Column("Mục", TEXT, 12, width=10),
            Column("Thời hạn", DATE, 18),
            Column("Số cơ quan thực hiện", INTEGER, 12, width=10),
            Column("Đã hoàn thành", INTEGER, 12, over="Số cơ quan báo cáo", width=12),
            Column("Đang thực hiện", INTEGER, 12, over="Số cơ quan báo cáo", width=12),
            Column("Chưa thực hiện", INTEGER, 12, over="Số cơ quan báo cáo", width=12),
            Column("Chưa báo cáo", INTEGER, 12, width=10),
            Column("Đánh giá", TEXT, 24, width=22),
        ),
        title="Tình hình thực hiện các nhiệm vụ",
    )
    number = 0
    for one in figures.tasks:
        number += not one.parent
        table.line(None if one.parent else number, *_task(one))
    return table


def _task(one: TaskFigure) -> tuple[Cell, ...]:
    return (
        "\n".join((f"- {one.name}" if one.parent else one.name, *assigned_words(one.assigned))),
        one.document,
        one.clause,
        one.due_on,
        one.reporters,
        one.done,
        one.in_progress,
        one.not_started,
        one.silent,
        verdict_words(one),
    )


def verdict_words(one: TaskFigure) -> str:
    """ "quá hạn"; of a task with sub-items "quá hạn, đã hoàn thành 13/20 mục"."""
    words = VERDICTS_VI.get(one.verdict, one.verdict)
    return f"{words}, đã hoàn thành {items_words(one)}" if one.items else words


def items_words(one: TaskFigure) -> str:
    """How many sub-items are done, each counted once for each of its reporters."""
    return f"{format_number(one.items_done)}/{format_number(one.items)} mục"


def assigned_words(found: Iterable[AssignedFigure]) -> list[str]:
    """ "phân công trên hệ thống: Bộ Y tế, Công văn số 12, 15/06/2011": never as the document's own lead."""
    by_basis: dict[str, list[str]] = {}
    for one in found:
        by_basis.setdefault(f"{one.basis}, {format_date(one.on)}", []).append(one.who)
    return [f"({ASSIGNED_VI}: {'; '.join(names)}, {basis})" for basis, names in by_basis.items()]


def target_table(figures: ComplianceFigures, *, grouped: bool = True) -> Table:
    """Targets with the result of each class; by class for paper, flat for a sheet."""
    columns = [
        ORDINAL,
        Column("Chỉ tiêu", TEXT, 60, width=56),
        Column("Đối tượng", TEXT, 22, width=30),
        Column("Văn bản, mục", TEXT, 30, width=26),
        Column("Đơn vị tính", TEXT, 12, width=12),
        Column("Mục tiêu", TEXT, 36, width=30),
        Column("Thời hạn", DATE, 18),
        Column("Phải thực hiện", INTEGER, 12, over="Số cơ quan", width=12),
        Column("Có số liệu", INTEGER, 11, over="Số cơ quan", width=12),
        Column("Đạt mức", INTEGER, 11, over="Số cơ quan", width=12),
        Column("Dưới mức", INTEGER, 11, over="Số cơ quan", width=12),
        Column("Kết quả", CellKind.NUMBER, 12, width=12),
        Column("Đánh giá", TEXT, 28, width=24),
    ]
    title = "Kết quả thực hiện các chỉ tiêu theo nhóm cơ quan"
    headings = targets_by_scope(figures) if grouped else None
    return _table(title, columns, figures.targets, _target, by="Đối tượng", headings=headings)


def targets_by_scope(figures: ComplianceFigures) -> dict[str, list[TargetFigure]]:
    found: dict[str, list[TargetFigure]] = {}
    for one in figures.targets:
        found.setdefault(one.scope, []).append(one)
    return found


def _target(number: int, one: TargetFigure, with_scope: bool) -> tuple[Cell, ...]:
    computed = one.attainment not in ("not_applicable", "unassigned") or one.kind == "milestone"
    return (
        number,
        one.name,
        *((one.scope,) if with_scope else ()),
        f"{one.document}, {one.clause}" if one.clause else one.document,
        one.unit,
        one.target,
        one.due_on,
        one.agencies,
        one.with_data,
        one.met if computed else None,
        one.below if computed else None,
        one.value,
        attainment_words(one),
    )


def attainment_words(one: TargetFigure) -> str:
    """ "đạt", or "chưa đến hạn (31/12/2015), còn 12 điểm phần trăm"; with the agencies that are near."""
    words = (
        not_due_vi(one.due_on, one.distance, one.unit)
        if one.attainment == "not_due"
        else ATTAINMENTS_VI.get(one.attainment, one.attainment)
    )
    return f"{words}; {one.near} cơ quan gần đạt" if one.near else words


def value_words(one: TargetFigure) -> str:
    """A result with its unit, "55,25 %" or "1.204 biểu mẫu"."""
    return f"{format_number(one.value)} {one.unit}".strip()


def target_words(one: TargetFigure) -> str:
    """A target with its unit where it is a number: "≥ 50 %"; words stay alone."""
    return f"{one.target} {one.unit}".strip() if one.target[-1:].isdigit() else one.target


def shortfall_table(figures: ComplianceFigures, *, grouped: bool = True) -> Table:
    """Agencies that fell short, with each reason."""
    columns = [
        ORDINAL,
        Column("Cơ quan", TEXT, 42, width=44),
        Column("Nhóm cơ quan", TEXT, 20, width=32),
        Column("Chưa nộp", INTEGER, 10, over="Báo cáo, số ngày chậm", width=12),
        Column("Nộp muộn", INTEGER, 10, over="Báo cáo, số ngày chậm", width=12),
        Column("Số nhiệm vụ", INTEGER, 11, over="Nhiệm vụ quá hạn", width=12),
        Column("Mục", TEXT, 42, over="Nhiệm vụ quá hạn", width=36),
        Column("Chỉ tiêu đến hạn chưa đạt", TEXT, 60, width=60),
    ]
    rows, title = figures.shortfalls, "Danh sách cơ quan chưa thực hiện đầy đủ"
    headings = _by_class(rows) if grouped else None
    return _table(title, columns, rows, _shortfall, by="Nhóm cơ quan", headings=headings)


def _shortfall(number: int, one: Shortfall, with_class: bool) -> tuple[Cell, ...]:
    return (
        number,
        one.name,
        *((class_name(one.agency_class),) if with_class else ()),
        one.missing_days or None,
        one.late_days or None,
        len(one.late_tasks) or None,
        ", ".join(one.late_tasks),
        "; ".join(one.targets_below),
    )
