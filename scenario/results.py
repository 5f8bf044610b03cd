"""Illustrative results of one agency: what its editor would type, made from names, the same on every run."""

import zlib
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from core.notation import format_date, format_money, format_number
from reports.filing.content import FilingContent, FlowLine, IndicatorLine, ProjectLine, TaskLine
from reports.models import TaskResult

Raw = dict[str, dict[str, str]]
"""Row name -> field -> text as typed."""


def chance(*names: object) -> int:
    """A number from 0 to 99 that depends on the names alone."""
    return zlib.crc32("/".join(map(str, names)).encode()) % 100


def results_for(content: FilingContent, agency: str, window_to: date) -> Raw:
    """The texts of every row that the report asks for."""
    typed: Raw = {}
    for task in content.tasks:
        typed[f"tasks/{task.row.line}"] = _task(task, agency, window_to)
    for project in content.projects:
        typed[f"projects/{project.row.line}"] = _project(project, agency)
    for indicator in content.indicators:
        typed[f"indicators/{indicator.indicator.code}"] = _indicator(indicator, agency)
    tasks = {(task.whole or task.row).clause for task in content.tasks}
    proposals = _PROPOSALS_OF_2008 if content.year == 2008 else _PROPOSALS
    typed["text"] = {
        "summary": (
            "Cơ quan đã phổ biến kế hoạch tới các đơn vị trực thuộc và triển khai các nhiệm vụ được giao "
            f"trong kỳ: {len(tasks)} nhiệm vụ, {len(content.projects)} nội dung, dự án."
        ),
        "difficulties": _DIFFICULTIES[chance(agency, "khó khăn") % len(_DIFFICULTIES)],
        "proposals": proposals[chance(agency, "kiến nghị") % len(proposals)],
    }
    return typed


_DIFFICULTIES = (
    "Thiếu cán bộ chuyên trách công nghệ thông tin ở các đơn vị trực thuộc.",
    "Kinh phí cấp chậm so với tiến độ của các dự án.",
    "Quy trình xử lý công việc giữa các đơn vị chưa thống nhất nên phần mềm phải sửa nhiều lần.",
)
_PROPOSALS_OF_2008 = (
    "Đề nghị sớm ban hành cơ chế quản lý đầu tư dự án ứng dụng công nghệ thông tin.",
    "Đề nghị hỗ trợ chuyên gia khi xây dựng kế hoạch giai đoạn 2009 - 2010.",
    "Đề nghị tổ chức tập huấn về thư điện tử và quản lý văn bản cho cán bộ, công chức.",
)
_PROPOSALS = (
    "Đề nghị sớm hướng dẫn quản lý chi phí đầu tư ứng dụng công nghệ thông tin.",
    "Đề nghị hỗ trợ kinh phí từ ngân sách trung ương cho các hệ thống thông tin quy mô quốc gia.",
    "Đề nghị tổ chức bồi dưỡng giám đốc công nghệ thông tin và cán bộ chuyên trách.",
)


def _task(task: TaskLine, agency: str, window_to: date) -> dict[str, str]:
    luck = chance(agency, task.row.clause)
    due = task.due_on
    likely = 78 if due is not None and due <= window_to else 12
    if luck < likely:
        day = min(due or window_to, window_to) - timedelta(days=luck % 20)
        return {
            "status": TaskResult.Status.DONE,
            "done_on": format_date(day),
            "text": f"Đã hoàn thành nội dung tại {task.row.clause}.",
        }
    if luck < 90:
        return {
            "status": TaskResult.Status.IN_PROGRESS,
            "text": f"Đang triển khai nội dung tại {task.row.clause}.",
        }
    return {"status": TaskResult.Status.NOT_STARTED}


def _project(project: ProjectLine, agency: str) -> dict[str, str]:
    luck = chance(agency, project.row.label, project.row.name)
    status = "in_progress" if luck < 60 else "preparing" if luck < 85 else "not_started"
    typed: dict[str, str] = {"status": status}
    if status != "not_started":
        typed["text"] = (
            "Đang thực hiện theo tiến độ đã duyệt." if status == "in_progress" else "Đang lập dự án."
        )
        for source in project.sources:
            typed.update(_flows(project, source, luck))
        if project.assigned and project.takes_sources and luck < 20:
            typed.update(_unplanned(luck))
    return typed


def _unplanned(luck: int) -> dict[str, str]:
    """Money of the year on a content for which no document plans any: the agency names the source itself."""
    assigned = Decimal(500 + 50 * luck)
    return {
        "NSTW-SN/assigned": format_money(assigned),
        "NSTW-SN/disbursed": format_money(_round(assigned * (20 + luck) / 100)),
    }


def _flows(project: ProjectLine, source: FlowLine, luck: int) -> dict[str, str]:
    """Assigned, part of it released, part of that disbursed; an agency's part of a group line by tenths."""
    planned = project.share if project.share is not None else source.planned
    if planned is None or not planned:
        return {}
    if project.group_line and project.share is None:
        planned = planned / 10
    assigned = _round(planned * (70 + luck % 31) / 100)
    released = _round(assigned * (40 + luck % 41) / 100)
    disbursed = _round(released * (30 + luck % 61) / 100)
    amounts = {"assigned": assigned, "released": released, "disbursed": disbursed}
    return {f"{source.source}/{kind}": format_money(amount) for kind, amount in amounts.items()}


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_DOWN)


def _indicator(line: IndicatorLine, agency: str) -> dict[str, str]:
    luck = chance(agency, line.indicator.code)
    if line.indicator.kind == "ratio":
        target = next((one.value for one in line.targets if one.value is not None), Decimal(50))
        whole = 200 + chance(agency, "cán bộ") * 25
        part = min(whole, int(whole * target * (60 + luck % 66) / 10000))
        return {"numerator": format_number(part), "denominator": format_number(whole)}
    if line.indicator.kind == "share_of_agencies":
        return {"value": "1" if luck < 70 else "0"}
    if line.indicator.kind == "count":
        return {"value": format_number(luck % 4)}
    return {"text": "Đang triển khai."}
