"""Short ways to take a plan to the state that a test begins with; actions, nothing else."""

from datetime import date

from core import clock
from plans.content.editing import save_line
from plans.models import Plan
from plans.parts import registry
from plans.review.actions import (
    Paper,
    approve_plan,
    hand_over,
    open_review,
    return_plan,
    submit_plan,
)
from tests.cast import Cast

LETTER = Paper(number="112/UBND-CNTT", on=date(2008, 6, 20), signer="Trần Văn Lãnh Đạo")
DECISION = Paper(number="01/QĐ-BTTTT", on=date(2008, 7, 8), issuer="Bộ Thông tin và Truyền thông")
REASON = "Mục V.1 chưa nêu giải pháp về tài chính."


def submitted(plan: Plan, cast: Cast) -> Plan:
    hand_over(plan, actor=cast.editor)
    return submit_plan(plan, actor=cast.approver, letter=LETTER)


def in_review(plan: Plan, cast: Cast) -> Plan:
    submitted(plan, cast)
    return open_review(plan, actor=cast.reviewer)


def returned(plan: Plan, cast: Cast) -> Plan:
    in_review(plan, cast)
    return return_plan(plan, actor=cast.reviewer, reason=REASON)


def approved(plan: Plan, cast: Cast) -> Plan:
    in_review(plan, cast)
    with clock.at("2008-07-08T10:00"):
        return approve_plan(plan, actor=cast.reviewer, decision=DECISION)


def write(plan: Plan, cast: Cast, number: str, text: str) -> None:
    """Type a text under a heading."""
    row = next(row for row in registry.get("sections").read(plan) if row.number == number)
    save_line(plan, "sections", row.line, {"body": text}, actor=cast.editor, row_version=row.row_version)
