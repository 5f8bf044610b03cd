"""What the screens show: the story of 2008, and in October one plan and one report in each state."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from agencies.models import ApiToken, Membership, Role
from agencies.tokens.actions import issue_token, revoke_token
from core import clock
from plans.content.actions import amend_plan, create_plan, take_lines
from plans.content.editing import save_line
from plans.models import Plan, Programme
from plans.parts import registry
from plans.review.actions import hand_over, open_review, submit_plan
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.cycles.actions import open_cycle
from reports.filing.actions import Letter, accept_filing, begin_filing, hand_over_filing, submit_filing
from reports.filing.content import read_filing
from reports.filing.editing import save_rows
from reports.models import Compilation, Cycle, IssuedFile, Report
from scenario import story
from scenario.people import People
from scenario.plan_story import letter
from scenario.results import results_for
from tests.browser.people import invite_and_delegate

NOW = "2008-10-06T09:00"
UNREADABLE = "1,5 tỷ"
OPEN_CYCLE = "2008-Q3"

WITH_LEADER, SUBMITTED, IN_REVIEW, ACCEPTED = "p40", "p01", "p26", "p31"
"""Agencies by the state in which their plan, or their report on the third quarter, lies."""


@dataclass(frozen=True)
class World:
    """Rows that the screens show, by the state that matters."""

    people: People
    national: Plan
    approved: Plan
    draft: Plan
    plans: dict[str, Plan]
    cycle: Cycle
    open_cycle: Cycle
    compilation: Compilation
    issued: list[IssuedFile]
    token: ApiToken

    def editor(self, agency: str = "p82") -> Membership:
        return self.people.of(agency, Role.EDITOR)

    def approver(self, agency: str = "p82") -> Membership:
        return self.people.of(agency, Role.APPROVER)

    def line(self, part: str, index: int = 0) -> UUID:
        """A line of the draft."""
        line = registry.get(part).read(self.draft)[index].line
        assert line is not None
        return line


def tell() -> World:
    """Play the story and the further steps. Documents are loaded already; takes about 15 seconds."""
    told = story.play()
    with clock.at("2008-10-01T08:00"):
        draft = _amendment(told.plan, told.people)
        plans = {agency: _plan(agency, told) for agency in (WITH_LEADER, SUBMITTED, IN_REVIEW)}
        open_cycle_ = _open_cycle(told.people)
        token = _tokens(told.people)
        invite_and_delegate(told.people)
    return World(
        people=told.people,
        national=Plan.objects.get(code="43-2008-qd-ttg"),
        approved=told.plan,
        draft=draft,
        plans=plans,
        cycle=told.cycle,
        open_cycle=open_cycle_,
        compilation=told.compilation,
        issued=told.issued,
        token=token,
    )


def _tokens(people: People) -> ApiToken:
    """Two tokens of Tiền Giang's editor, one of them revoked."""
    editor = people.of("p82", Role.EDITOR)
    revoked, _secret = issue_token(name="thử nghiệm", scope="read", days=7, actor=editor)
    revoke_token(revoked, actor=editor)
    token, _secret = issue_token(name="nhập từ phần mềm kế toán", scope="write", days=90, actor=editor)
    return token


def _amendment(approved: Plan, people: People) -> Plan:
    """Tiền Giang amends: one text and one amount differ, and one amount cannot be read."""
    editor = people.of("p82", Role.EDITOR)
    draft = amend_plan(approved, actor=editor)
    section = next(row for row in registry.get("sections").read(draft) if row.body)
    text = f"{section.body}\nĐiều chỉnh theo dự toán năm 2009."
    save_line(draft, "sections", section.line, {"body": text}, actor=editor, row_version=section.row_version)
    projects = registry.get("projects").read(draft)
    cells: dict[UUID | None, str] = {}
    for row in registry.get("allocations").read(draft):
        cells.setdefault(row.line, f"allocations/{row.year}/{row.source}")
    for project, typed in zip(projects[:2], ("1.250", UNREADABLE), strict=True):
        save_line(
            draft,
            "projects",
            project.line,
            {cells[project.line]: typed},
            actor=editor,
            row_version=project.row_version,
        )
    return draft


def _plan(agency: str, told: story.Story) -> Plan:
    """A plan 2009-2010 with five projects like Tiền Giang's, on its way through the review."""
    people = told.people
    editor, approver = people.of(agency, Role.EDITOR), people.of(agency, Role.APPROVER)
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=editor, illustrative=True)
    lines = [row.line for row in registry.get("projects").read(told.plan)][:5]
    take_lines(plan, told.plan, {"projects": lines}, actor=editor)
    for row in registry.get("sections").read(plan):
        text = {"body": "Nội dung của mục (minh họa)."}
        save_line(plan, "sections", row.line, text, actor=editor, row_version=row.row_version)
    hand_over(plan, actor=editor)
    if agency != WITH_LEADER:
        submit_plan(plan, actor=approver, letter=letter("130/UBND-MH", date(2008, 10, 1)))
    if agency == IN_REVIEW:
        open_review(plan, actor=people.reviewer)
    plan.refresh_from_db()
    return plan


def _open_cycle(people: People) -> Cycle:
    """The third quarter: a report is begun, one lies with the leader, one waits, one is accepted.

    Some are reminded of it, all at once.
    """
    cycle = open_cycle(
        Programme.objects.get(code="2008"), OPEN_CYCLE, actor=people.administrator, illustrative=True
    )
    for agency in ("p82", WITH_LEADER, SUBMITTED, ACCEPTED):
        report = Report.objects.get(cycle=cycle, agency__key=agency)
        editor, approver = people.of(agency, Role.EDITOR), people.of(agency, Role.APPROVER)
        filing = begin_filing(report, actor=editor)
        typed = results_for(read_filing(filing), agency, cycle.window_to)
        save_rows(filing, typed, actor=editor)
        if agency == "p82":
            continue
        hand_over_filing(filing, actor=editor)
        if agency != WITH_LEADER:
            paper = Letter(number="45/BC-MH", on=date(2008, 10, 1), signer="(minh họa)")
            filing = submit_filing(filing, actor=approver, letter=paper)
        if agency == ACCEPTED:
            accept_filing(filing, actor=people.reviewer)
    act_on_many(
        cycle,
        "remind",
        ["p82", "p08", ACCEPTED],
        actor=people.reviewer,
        stated=Stated(),
        token="world",
        leave_out=True,
    )
    return cycle
