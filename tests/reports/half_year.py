"""The first half of 2011 with made reports: who is assigned, who files what."""

from datetime import date, datetime
from uuid import UUID

from core import clock
from plans.content.actions import create_plan
from plans.content.assigning import assign_reporters
from plans.content.editing import add_line, save_line
from plans.models import Plan, Programme
from plans.parts import registry
from plans.parts.columns import Party
from plans.review.actions import Paper, approve_plan, hand_over, open_review, submit_plan
from reports.cycles.actions import open_cycle
from reports.models import Cycle
from tests.cast import Cast

PLAN, PROGRAMME, CODE = "1605-qd-ttg", "2011-2015", "2011-H1"
BASIS = "Công văn số 12/BTTTT-UDCNTT"
ASSIGNED = {
    "class:provinces": ("B.III.1", "B.III.2"),
    "agency:m-yt": ("B.II.1, gạch 19", "B.II.1, gạch 20"),
}
FILED_AT = "2011-07-11T09:00"
AS_OF = datetime(2011, 7, 28, 9, 0, tzinfo=clock.HANOI)
TIEN_GIANG = {
    "text": {"summary": "Các đơn vị đã triển khai."},
    "indicators/documents-exchanged-electronically": {"numerator": "48", "denominator": "100"},
    "indicators/portal-article-28": {"value": "1"},
    "indicators/budget-treasury-system": {"value": "0"},
}
"""What Tiền Giang answers."""


def contents() -> dict[str, UUID]:
    """The contents of QĐ 1605 by clause."""
    rows = registry.get("projects").read(Plan.objects.get(code=PLAN))
    return {row.clause: row.line for row in rows}


def assign(cast: Cast) -> None:
    """Two contents to every province, two systems to the Ministry of Health, on 20/06/2011."""
    lines = contents()
    with clock.at("2011-06-20T09:00"):
        for token, clauses in ASSIGNED.items():
            chosen = [lines[clause] for clause in clauses]
            assign_reporters(chosen, Party.parse(token), basis=BASIS, actor=cast.admin, on=date(2011, 6, 15))


def opened(cast: Cast, *, assigned: bool = True) -> Cycle:
    """2011-H1, opened on 01/07/2011."""
    if assigned:
        assign(cast)
    programme = Programme.objects.get(code=PROGRAMME)
    with clock.at("2011-07-01T08:00"):
        return open_cycle(programme, CODE, actor=cast.admin, basis="điểm i khoản 3 Điều 2 Quyết định 1605")


def present() -> Cycle:
    """2011-H1, once it is opened."""
    return Cycle.objects.select_related("programme__lead").get(code=CODE)


def own_plan(cast: Cast) -> Plan:
    """Tiền Giang's plan of the programme, approved in 2010: a project with money, a task, targets by year."""
    with clock.at("2010-11-02T09:00"):
        plan = create_plan(Programme.objects.get(code=PROGRAMME), actor=cast.editor)
        saved = add_line(
            plan,
            "projects",
            {"group_code": "I", "number": "1", "name": "Cổng thông tin điện tử", "lead_agency": "p82"},
            actor=cast.editor,
        )
        money = {"allocations/2011/NSDP-TT": "1.500", "allocations/2012/NSDP-TT": "500"}
        save_line(plan, "projects", saved.line, money, actor=cast.editor, row_version=saved.row_version)
        task = {
            "clause": "II.1",
            "name": "Lập kế hoạch năm 2011",
            "leads": "agency:p82",
            "due_on": "31/03/2011",
        }
        add_line(plan, "tasks", task, actor=cast.editor)
        for year, value in ((2011, "30"), (2015, "80")):
            target = {"indicator": "officials-using-email", "year": str(year)}
            target |= {"comparator": ">=", "value": value}
            add_line(plan, "targets", target, actor=cast.editor)
        hand_over(plan, actor=cast.editor)
        letter = Paper(number="300/UBND", on=date(2010, 11, 2), signer="Trần Văn Lãnh Đạo")
        submit_plan(plan, actor=cast.approver, letter=letter)
        open_review(plan, actor=cast.reviewer)
    with clock.at("2010-12-20T09:00"):
        decision = Paper(number="2000/QĐ-TTg", on=date(2010, 12, 20), issuer="Thủ tướng Chính phủ")
        return approve_plan(plan, actor=cast.reviewer, decision=decision)
