"""Tiền Giang's plan 2009-2010: made from the outline and QĐ 605, submitted, returned, mended, approved."""

from datetime import date

from agencies.models import Agency, Role
from core import clock
from plans.content.actions import create_plan, take_lines
from plans.content.editing import save_line
from plans.models import Plan, Programme
from plans.parts import registry
from plans.review.actions import Paper, approve_plan, hand_over, open_review, return_plan, submit_plan
from scenario.people import LEAD, People

AGENCY = "p82"
SOURCE = "605-qd-ubnd"
PROGRAMME = "2009-2010"
RETURN_REASON = (
    "Mục V.1 chưa nêu giải pháp về tài chính cho phần vốn địa phương. Đề nghị bổ sung, "
    "và ghi rõ cơ quan theo dõi việc bố trí vốn hằng năm ở mục VI."
)
# What the documents do not hold; illustrative, as is the whole draft.
TEXTS = {
    "IV.1.c": "Tiến tới triển khai thực hiện các cuộc họp của Ủy ban nhân dân tỉnh trên môi trường mạng.",
    "V.1": (
        "Bố trí đầu tư đầy đủ vốn đáp ứng kịp thời và đồng bộ tiến độ triển khai "
        "các dự án công nghệ thông tin."
    ),
}
MENDED = {
    "V.1": (
        "Bố trí đầu tư đầy đủ vốn đáp ứng kịp thời và đồng bộ tiến độ triển khai "
        "các dự án công nghệ thông tin.\n"
        "Phần vốn địa phương được bố trí trong dự toán hằng năm, gồm vốn đầu tư tập trung và vốn sự nghiệp "
        "ứng dụng và phát triển công nghệ thông tin của tỉnh."
    ),
}


def play(people: People) -> Plan:
    """The whole way of the plan, each step on its day of 2008."""
    editor, approver = people.of(AGENCY, Role.EDITOR), people.of(AGENCY, Role.APPROVER)
    with clock.at("2008-06-02T09:00"):
        plan = create_plan(Programme.objects.get(code=PROGRAMME), actor=editor, illustrative=True)
        source = Plan.objects.get(code=SOURCE)
        content = registry.read_content(source)
        chosen = {
            part.key: [row.line for row in content[part.key]] for part in registry.parts() if part.line_kind
        }
        chosen.pop("tasks", None)  # the duties of VII are those of the years 2007-2010
        take_lines(plan, source, chosen, actor=editor)
    with clock.at("2008-06-10T14:30"):
        write(plan, TEXTS, people)
    with clock.at("2008-06-12T08:20"):
        hand_over(plan, actor=editor)
    with clock.at("2008-06-13T15:05"):
        submit_plan(plan, actor=approver, letter=letter("112/UBND-MH", date(2008, 6, 13)))
    with clock.at("2008-06-17T08:30"):
        open_review(plan, actor=people.reviewer)
    with clock.at("2008-06-19T10:15"):
        return_plan(plan, actor=people.reviewer, reason=RETURN_REASON)
    with clock.at("2008-06-23T09:40"):
        write(plan, MENDED, people)
        hand_over(plan, actor=editor)
    with clock.at("2008-06-24T16:10"):
        submit_plan(plan, actor=approver, letter=letter("118/UBND-MH", date(2008, 6, 24)))
    with clock.at("2008-06-26T08:05"):
        open_review(plan, actor=people.reviewer)
    with clock.at("2008-07-08T11:00"):
        lead = Agency.objects.get(key=LEAD)
        approve_plan(
            plan,
            actor=people.reviewer,
            decision=Paper(number="01/QĐ-MH", on=date(2008, 7, 8), issuer=lead.name),
        )
    plan.refresh_from_db()
    return plan


def letter(number: str, on: date) -> Paper:
    """A cover letter of the story; nobody signed it."""
    return Paper(number=number, on=on, signer="(minh họa)")


def write(plan: Plan, texts: dict[str, str], people: People) -> None:
    """Type texts under their headings, as the editor does."""
    editor = people.of(AGENCY, Role.EDITOR)
    rows = {row.number: row for row in registry.get("sections").read(plan)}
    for number, text in texts.items():
        row = rows[number]
        save_line(plan, "sections", row.line, {"body": text}, actor=editor, row_version=row.row_version)
