"""What a reminder says: two kinds of letters, composed for many agencies with one query."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agencies import letters
from agencies.letters import Letter, LetterKind
from agencies.letters.composing import filled, text_of
from agencies.models import Agency, LetterText
from core.findings import Text
from core.notation import format_date
from plans.models import Programme
from plans.standing import time_left
from reports.models import Filing, Report

REPORT, RETURNED, PLAN = "reminder", "returned_reminder", "plan_reminder"

_COMMON: Mapping[str, Text] = {
    "agency": _("name of the agency"),
    "programme": _("name of the programme"),
    "lead": _("name of the lead agency"),
    "due": _("the day until which it is due"),
    "left": _("how far that day is: “3 days overdue”"),
    "link": _("address of the page"),
}
_SAMPLES = {
    "agency": "Tỉnh Tiền Giang",
    "programme": "Kế hoạch ứng dụng công nghệ thông tin năm 2008",
    "lead": "Bộ Thông tin và Truyền thông",
    "period": "Quý II năm 2008",
    "due": "15/07/2008",
    "left": "quá hạn 3 ngày",
    "link": "https://cong.example.vn/reports/2008/2008-Q2/agencies/p82/",
}
_REQUIRED = frozenset({"agency", "due", "link"})

KINDS = (
    LetterKind(
        key=REPORT,
        label=_("Reminder of a report"),
        subject="Đôn đốc báo cáo {period} của {agency}",
        body=(
            "Theo {programme}, {agency} có trách nhiệm gửi {lead} báo cáo {period} chậm nhất ngày {due}.\n"
            "\n"
            "Đến nay cổng chưa nhận được báo cáo này ({left}). Đề nghị Quý cơ quan hoàn thành và nộp báo cáo "
            "tại địa chỉ:\n"
            "{link}\n"
            "\n"
            "Nếu Quý cơ quan đã gửi báo cáo bằng văn bản giấy, đề nghị cho biết số và ngày của văn bản."
        ),
        placeholders={**_COMMON, "period": _("title of the period")},
        required=_REQUIRED | {"period"},
        samples=_SAMPLES,
    ),
    LetterKind(
        key=RETURNED,
        label=_("Reminder of a returned report"),
        subject="Đôn đốc hoàn thiện báo cáo {period} của {agency}",
        body=(
            "Ngày {returned}, {lead} đã trả lại báo cáo {period} của {agency} ({programme}) để hoàn thiện, "
            "với lý do:\n"
            "{reason}\n"
            "\n"
            "Đến nay cổng chưa nhận lại báo cáo này. Đề nghị Quý cơ quan hoàn thiện và nộp lại báo cáo tại "
            "địa chỉ:\n"
            "{link}"
        ),
        placeholders={
            **{name: _COMMON[name] for name in ("agency", "programme", "lead", "link")},
            "period": _("title of the period"),
            "returned": _("the day on which it was returned"),
            "reason": _("why it was returned"),
        },
        required=frozenset({"agency", "period", "returned", "link"}),
        samples={**_SAMPLES, "returned": "22/07/2008", "reason": "Thiếu số liệu giải ngân của dự án 3."},
    ),
    LetterKind(
        key=PLAN,
        label=_("Reminder of a plan"),
        subject="Đôn đốc trình kế hoạch của {agency}",
        body=(
            "Theo {programme}, {agency} có trách nhiệm trình {lead} kế hoạch của mình chậm nhất ngày {due}.\n"
            "\n"
            "Đến nay cổng chưa nhận được kế hoạch này ({left}). Đề nghị Quý cơ quan hoàn thành và trình kế "
            "hoạch tại địa chỉ:\n"
            "{link}"
        ),
        placeholders=_COMMON,
        required=_REQUIRED,
        samples={**_SAMPLES, "link": "https://cong.example.vn/plans/"},
    ),
)


def report_letters(reports: Sequence[Report], returned: Mapping[int, Filing]) -> dict[int, Letter]:
    """The letter of each report, by its id; two queries, whatever their number.

    `returned` are the filings to be mended (`returned.returned_filings`): their letter names the reason.
    """
    owed = [one for one in reports if one.pk not in returned]
    mended = [one for one in reports if one.pk in returned]
    return {
        **_composed(REPORT, {one.pk: _of_report(one) for one in owed}),
        **_composed(RETURNED, {one.pk: _of_returned(one, returned[one.pk]) for one in mended}),
    }


def plan_letters(programme: Programme, agencies: Sequence[Agency], due: date) -> dict[int, Letter]:
    """The letter to each agency about its plan, by the agency's id; one query."""
    link = letters.address_of(f"{reverse('plan_list')}?programme={programme.code}")
    return _composed(PLAN, {one.pk: _common(programme, one, due) | {"link": link} for one in agencies})


def _of_report(report: Report) -> dict[str, str]:
    cycle = report.cycle
    page = reverse("report_detail", args=[cycle.programme.code, cycle.code, report.agency.key])
    common = _common(cycle.programme, report.agency, report.due_on)
    return common | {"period": cycle.title, "link": letters.address_of(page)}


def _of_returned(report: Report, filing: Filing) -> dict[str, str]:
    said = _of_report(report)
    del said["due"], said["left"]  # after a return no deadline stands
    return said | {"returned": format_date(filing.returned_at), "reason": filing.return_reason}


def _common(programme: Programme, agency: Agency, due: date) -> dict[str, str]:
    with override("vi"):
        left = time_left(due)
    return {
        "agency": agency.name,
        "programme": programme.name,
        "lead": programme.lead.name,
        "due": format_date(due),
        "left": left,
    }


def _composed(key: str, values: Mapping[int, Mapping[str, str]]) -> dict[int, Letter]:
    if not values:
        return {}
    subject, body = text_of(letters.kind_of(key), LetterText.objects.filter(key=key).first())
    return {pk: filled(subject, body, said) for pk, said in values.items()}
