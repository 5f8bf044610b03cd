"""Reporting: periods are known to all; obligations, filings and figures are their own and the lead's.

Once the period is issued, everybody reads what was submitted. Tiền Giang drafts, Nghệ An has filed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from agencies.models import Agency
from core import clock
from plans.models import Programme
from reports.compiling import compile_cycle
from reports.cycles.actions import open_ad_hoc
from reports.filing.content import read_filing
from reports.models import Compilation, IssuedFile
from tests.api.rows import Row, everybody, only
from tests.cast import Cast
from tests.reports.filings import LETTER, People, begun, filed
from tests.reports.issuing import issued_file

FIRST, LAST, DUE = date(2008, 4, 1), date(2008, 5, 31), date(2008, 6, 10)
OWN = ("editor", "approver")  # of Tiền Giang
FILED = ("other_editor", "other_approver")  # of Nghệ An
LEAD = ("reviewer", "admin", "lead_editor", "lead_approver")
REVIEWERS = ("reviewer",)

CYCLE = {"programme": "2008", "code": "2008-A1"}
REPORT = {**CYCLE, "agency": "p82"}
FILING = {**REPORT, "number": 1}
SUBMITTED = {**FILING, "agency": "p40"}
NOWHERE = "00000000-0000-0000-0000-000000000000"
ANY_VERSION = {"If_Match": "*"}
PAPER = {"number": "05/BC-BTTTT", "issued_on": "2008-06-20", "signer": "A", "signer_title": "B"}


def underway(cast: Cast) -> dict[str, Any]:
    """A report of April and May 2008, asked of two provinces and compiled."""
    with clock.at("2008-06-02T08:00"):
        cycle = open_ad_hoc(
            Programme.objects.get(code="2008"),
            title="Báo cáo đột xuất",
            first=FIRST,
            last=LAST,
            due_on=DUE,
            agencies=Agency.objects.filter(key__in=["p82", "p40"]),
            basis="Công văn số 12/BTTTT-UDCNTT",
            actor=cast.admin,
        )
    draft = begun(cycle, People(cast.editor, cast.approver), at="2008-06-05T09:00")
    filed(cycle, People(cast.other_editor, cast.other_approver), at="2008-06-09T09:00")
    with clock.at("2008-06-12T09:00"):
        compilation = compile_cycle(cycle, actor=cast.reviewer)
    asked = read_filing(draft)
    return {
        "compilation": compilation.pk,
        "task": asked.tasks[0].row.line,
        "project": asked.projects[0].row.line,
        "indicator": asked.indicators[0].indicator.code,
        "row_version": draft.row_version,
    }


def issued(cast: Cast) -> dict[str, Any]:
    """The same, with a file issued."""
    made = underway(cast)
    compilation = Compilation.objects.get(pk=made["compilation"])
    file = issued_file(compilation, by=cast.reviewer, number="04/BC-BTTTT", on=date(2008, 6, 13))
    return {**made, "file": file.pk}


def who(*groups: tuple[tuple[str, ...], int], others: int = 404) -> dict[str, int]:
    """The status of each group, and of everybody else."""
    return {**everybody(others), **{name: status for names, status in groups for name in names}}


def texts(made: dict[str, Any]) -> Any:
    return {"texts": {"row_version": made.get("row_version", 1), "proposals": "Kiến nghị."}}


SEEN = who((OWN, 200), (LEAD, 200))
EDITED = who((("editor",), 200), (("approver",), 403))


def granted(name: str, **body: str) -> Row:
    """An act on an obligation: reviewer and administrator of the lead."""
    statuses = who((OWN, 403), (LEAD, 403), ((*REVIEWERS, "admin"), 200))
    return Row(f"report_act_{name}", statuses, "POST", REPORT, {"document": "15/BTTTT", **body})


def decided(name: str, body: Any = None) -> Row:
    """An act of the lead on what was submitted."""
    statuses = who((FILED, 403), (LEAD, 403), (REVIEWERS, 200))
    return Row(f"filing_act_{name}", statuses, "POST", SUBMITTED, body, headers=ANY_VERSION)


def worked(name: str, editor: int, approver: int, body: Any = None) -> Row:
    """An act of the agency on its draft, which nobody else knows of."""
    statuses = who((("editor",), editor), (("approver",), approver))
    return Row(f"filing_act_{name}", statuses, "POST", FILING, body, headers=ANY_VERSION)


def part(name: str, key: str, body: Any) -> list[Row]:
    """One row of the draft: its agency reads it, its editor writes it."""
    arguments = {**FILING, key: NOWHERE} if key else FILING
    return [
        Row(name, who((OWN, 200)), arguments=arguments),
        Row(name, EDITED, "PATCH", arguments, body, headers=ANY_VERSION),
    ]


UNDERWAY = [
    Row("cycle_list", everybody()),
    Row("cycle_detail", everybody(), arguments=CYCLE),
    Row("cycle_detail", everybody(404), arguments={**CYCLE, "code": "2008-Q9"}, case="none"),
    Row("cycle_open", only("admin", status=422), "POST", body={"programme": "2008", "code": "2008-Q9"}),
    Row(
        "cycle_open_ad_hoc",
        only("admin", status=201),
        "POST",
        body={
            "programme": "2008",
            "title": "Báo cáo thêm",
            "first": "2008-04-01",
            "last": "2008-05-31",
            "basis": "12/BTTTT",
            "agencies": ["p82"],
        },
    ),
    Row("compliance", who((LEAD, 200)), arguments=CYCLE),
    *(
        Row(f"compliance_{form}", who((LEAD, 403), ((*REVIEWERS, "admin"), 200)), arguments=CYCLE)
        for form in IssuedFile.Format
    ),
    Row("cycle_compile", who((LEAD, 403), (REVIEWERS, 201)), "POST", CYCLE),
    Row("report_list", everybody(), arguments=CYCLE),
    Row("report_detail", SEEN, arguments=REPORT),
    granted("extend", to="2008-06-30", document_on="2008-06-02"),
    granted("exempt", document_on="2008-06-02"),
    granted("receipt", on="2008-06-09"),
    Row("filing_list", SEEN, arguments=REPORT),
    Row("filing_list", who((OWN, 403), (LEAD, 403), (("editor",), 200)), "POST", REPORT),
    Row("filing_detail", who((OWN, 200)), arguments=FILING, case="a draft"),
    Row("filing_detail", who((FILED, 200), (LEAD, 200)), arguments=SUBMITTED, case="submitted"),
    Row("filing_detail", EDITED, "PATCH", FILING, texts),
    Row("filing_check", who((OWN, 200)), arguments=FILING, case="a draft"),
    Row("filing_check", who((FILED, 200), (LEAD, 200)), arguments=SUBMITTED, case="submitted"),
    *part("filing_texts", "", {"proposals": "Kiến nghị."}),
    *part("filing_task", "task", {"status": "in_progress"}),
    *part("filing_project", "project", {"status": "in_progress"}),
    *part("filing_indicator", "indicator", {"text": "Chưa thống kê."}),
    worked("hand_over", 200, 403),
    worked("hand_back", 403, 409),
    worked("submit", 403, 200, {"number": LETTER.number, "on": "2008-06-10", "signer": LETTER.signer}),
    decided("accept"),
    decided("return", {"reason": "Thiếu số liệu."}),
    Row("compilation_list", everybody()),
    Row("compilation_detail", who((LEAD, 200)), arguments={"compilation": 0}),
    Row(
        "compilation_issue",
        who((LEAD, 403), (REVIEWERS, 422)),
        "POST",
        {"compilation": 0},
        {**PAPER, "signer": ""},
    ),
    Row("issued_file_list", everybody()),
    Row("verify_copy", everybody(), arguments={"sha256": "0" * 64}),
    Row("programme_money", everybody(), arguments={"programme": "2008"}),
    Row("programme_money", everybody(404), arguments={"programme": "1999"}, case="none"),
    Row("reconciliation", everybody()),
    Row("document_reconciliation", everybody(404), arguments={"slug": "1-1999-qd"}, case="none"),
]

READS = who((OWN, 404), (FILED, 200), (LEAD, 200), others=404)
ISSUED = [
    Row("report_detail", everybody(), arguments=REPORT, case="issued"),
    Row("filing_list", everybody(), arguments=REPORT, case="issued"),
    Row("filing_detail", who((OWN, 200)), arguments=FILING, case="a draft, issued"),
    Row("filing_detail", everybody(), arguments=SUBMITTED, case="submitted, issued"),
    Row("filing_task", who((OWN, 200)), arguments={**FILING, "task": NOWHERE}, case="a draft, issued"),
    Row("filing_check", READS, arguments=SUBMITTED, case="submitted, issued"),
    Row(
        "filing_act_accept",
        who((FILED, 403), (LEAD, 403), (REVIEWERS, 200)),
        "POST",
        SUBMITTED,
        headers=ANY_VERSION,
        case="issued",
    ),
    Row("compliance", who((LEAD, 200)), arguments=CYCLE, case="issued"),
    Row("compilation_detail", everybody(), arguments={"compilation": 0}, case="issued"),
    Row(
        "compilation_issue",
        who((REVIEWERS, 409), others=403),
        "POST",
        {"compilation": 0},
        PAPER,
        case="issued",
    ),
    Row("issued_file_detail", everybody(), arguments={"file": 0}),
    Row("issued_file_content", everybody(), arguments={"file": 0}),
]


def given(rows: list[Row], made: Callable[[Cast], object]) -> list[Row]:
    return [Row(**{**vars(row), "given": made}) for row in rows]


ROWS = [
    *given(UNDERWAY, underway),
    *given(ISSUED, issued),
    Row("issued_file_detail", everybody(404), arguments={"file": 999_999}, case="none"),
]
