"""What the codes in figures are called. Documents stay Vietnamese; pages translate."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.findings import Text
from core.notation import format_date, format_long_date, format_number
from plans.models import LegalDocument
from reports.models import ProjectResult

# done: all reporters; late: due day passed and not all done; undated and superseded: never late;
# unassigned: led by words or bodies that do not report.
TASK_VERDICTS = {
    "done": _("done"),
    "late": pgettext_lazy("task", "late"),
    "not_due": _("not due yet"),
    "undated": _("no date set"),
    "superseded": _("superseded"),
    "unassigned": _("nobody reports on it"),
}

FILING_STATES = {
    "": _("nothing submitted"),
    "submitted": _("to be accepted"),
    "accepted": _("accepted"),
    "returned": _("returned"),
}

STATUS_LABELS: tuple[tuple[str, Text], ...] = tuple(ProjectResult.Status.choices)

# In PDF and XLSX, which are Vietnamese in either interface language.
CLASS_NAMES_VI = {
    "ministries": "Bộ, cơ quan ngang Bộ",
    "government-agencies": "Cơ quan thuộc Chính phủ",
    "central-cities": "Thành phố trực thuộc Trung ương",
    "provinces": "Tỉnh",
    "districts": "Quận, huyện",
    "departments": "Sở, ban, ngành, quận, huyện",
    "country": "Cả nước",
    "": "Cơ quan khác",
    "total": "Cộng",
}
STANDINGS_VI = {
    "on_time": "đúng hạn",
    "late": "muộn",
    "missing": "chưa nộp",
    "waiting": "chưa đến hạn",
    "exempt": "được miễn",
}
VERDICTS_VI = {
    "done": "đã hoàn thành",
    "late": "quá hạn",
    "not_due": "chưa đến hạn",
    "undated": "không quy định thời hạn",
    "superseded": "đã được thay thế",
    "unassigned": "không có cơ quan báo cáo",
}
ATTAINMENTS_VI = {
    "met": "đạt",
    "near": "gần đạt",
    "not_met": "chưa đạt",
    "not_due": "chưa đến hạn",
    "no_data": "chưa có số liệu",
    "not_applicable": "không tính",
    "unassigned": "không có cơ quan báo cáo",  # set for the whole country, or for agencies that do not report
}
# Where a line of a national plan is reported on because an administrator said so, not the document.
ASSIGNED_VI = "phân công trên hệ thống"
NOBODY_VI = "không có cơ quan báo cáo"
STATUSES_VI = {
    "not_started": "chưa triển khai",
    "preparing": "đang chuẩn bị",
    "in_progress": "đang triển khai",
    "done": "đã hoàn thành",
    "suspended": "tạm dừng",
}
FILING_STATES_VI = {
    "": "chưa lập",
    "draft": "đang soạn",
    "submitted": "đã nộp",
    "accepted": "đã tiếp nhận",
    "returned": "bị trả lại",
}


def not_due_words(due_on: date, distance: Decimal | None, unit: str) -> str:
    """ "not due yet (31/12/2015), 12 percentage points to go", in the reader's language."""
    return f"{_('not due yet')} {left_to_go(due_on, distance, unit)}"


def left_to_go(due_on: date, distance: Decimal | None, unit: str) -> str:
    """ "(31/12/2015), 12 percentage points to go": what follows "not due yet"."""
    said = f"({format_date(due_on)})"
    if distance is None:
        return said
    if not distance:
        return f"{said}, {_('reached already')}"
    left = format_number(round(distance, 1))
    if unit == "%":
        return f"{said}, {_('%(n)s percentage points to go') % {'n': left}}"
    return f"{said}, {_('%(n)s to go') % {'n': f'{left} {unit}'.strip()}}"


def not_due_vi(due_on: date, distance: Decimal | None, unit: str) -> str:
    """The same in a document: "chưa đến hạn (31/12/2015), còn 12 điểm phần trăm"."""
    said = f"{ATTAINMENTS_VI['not_due']} ({format_date(due_on)})"
    if distance is None:
        return said
    left = f"{format_number(round(distance, 1))} {'điểm phần trăm' if unit == '%' else unit}".strip()
    return f"{said}, còn {left}" if distance else f"{said}, đã đạt mức"


def reference(document: LegalDocument) -> str:
    """ "Quyết định số 43/2008/QĐ-TTg ngày 24 tháng 3 năm 2008 của Thủ tướng Chính phủ", or the title."""
    if not document.number:
        return document.title
    parts = [
        document.kind or "Văn bản",
        f"số {document.number}",
        format_long_date(document.issued_on),
        f"của {document.issuer}" if document.issuer else "",
    ]
    return " ".join(filter(None, parts))


def cite(document: LegalDocument) -> str:
    """The document as a "Căn cứ" names it: its reference and what it is about."""
    if not document.number:
        return document.title
    return f"{reference(document)} {document.title[:1].lower()}{document.title[1:]}".strip()
