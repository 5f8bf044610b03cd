"""What the codes in figures are called. Documents stay Vietnamese; pages translate."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.notation import format_long_date
from plans.models import LegalDocument

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

# In PDF and XLSX, which are Vietnamese in either interface language.
CLASS_NAMES_VI = {
    "ministries": "Bộ, cơ quan ngang Bộ",
    "government-agencies": "Cơ quan thuộc Chính phủ",
    "central-cities": "Thành phố trực thuộc Trung ương",
    "provinces": "Tỉnh",
    "districts": "Quận, huyện",
    "departments": "Sở, ban, ngành, quận, huyện",
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
}
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
