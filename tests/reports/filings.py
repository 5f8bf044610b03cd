"""What agencies do in a period, in a line each: begin, fill in, submit, return."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import slugify

from agencies.models import Agency, Membership, Role, User
from core import clock
from reports.filing.actions import Letter, begin_filing, hand_over_filing, submit_filing
from reports.filing.content import read_filing
from reports.filing.editing import Raw, save_rows
from reports.models import Cycle, Filing, Report

LETTER = Letter(number="12/BC-UBND", on=date(2008, 7, 10), signer="Nguyễn Văn Ký")
SAYS = "Các đơn vị trực thuộc đã triển khai kế hoạch."


@dataclass(frozen=True)
class People:
    """Who drafts and who submits for one agency."""

    editor: Membership
    approver: Membership


PeopleOf = Callable[[str], People]
"""Editor and approver of any agency, by its key."""


def people_of(key: str) -> People:
    """Editor and approver of an agency, made where it has none of the tests'."""
    agency = Agency.objects.get(key=key)
    found = []
    for role in (Role.EDITOR, Role.APPROVER):
        user, _made = User.objects.get_or_create(
            email=f"{role}.{slugify(key)}@period.example", defaults={"full_name": f"{role.label} {key}"}
        )
        membership, _made = Membership.objects.get_or_create(user=user, agency=agency, role=role)
        found.append(Membership.objects.select_related("user", "agency").get(pk=membership.pk))
    return People(*found)


def by(number: str) -> dict[str, Any]:
    """A document that grants something, of 01/07/2008."""
    return {"document": number, "document_on": date(2008, 7, 1)}


def quarter() -> Cycle:
    """2008-Q2, once it is opened."""
    found = Cycle.objects.select_related("programme__lead").prefetch_related("programme__review_scopes")
    return found.get(code="2008-Q2")


def report_of(cycle: Cycle, agency: str) -> Report:
    return Report.objects.select_related("agency", "cycle__programme").get(cycle=cycle, agency__key=agency)


def begun(cycle: Cycle, people: People, raw: Raw | None = None, at: str = "2008-07-09T09:00") -> Filing:
    """A draft of the editor's agency with what was typed, by row and field."""
    with clock.at(at):
        filing = begin_filing(report_of(cycle, people.editor.agency.key), actor=people.editor)
        save_rows(filing, raw or {"text": {"summary": SAYS, "nothing_to_report": "1"}}, actor=people.editor)
    filing.refresh_from_db()
    return filing


def filed(cycle: Cycle, people: People, raw: Raw | None = None, at: str = "2008-07-10T09:00") -> Filing:
    """The agency's report, drafted, handed over and submitted at one moment."""
    filing = begun(cycle, people, raw, at)
    with clock.at(at):
        hand_over_filing(filing, actor=people.editor)
        return submit_filing(filing, actor=people.approver, letter=LETTER)


def answers(cycle: Cycle, people: People) -> dict[str, dict[str, str]]:
    """Something typed for every line that the report asks for."""
    with clock.at("2008-07-02T09:00"):
        filing = begin_filing(report_of(cycle, people.editor.agency.key), actor=people.editor)
    content = read_filing(filing)
    typed: dict[str, dict[str, str]] = {"text": {"summary": SAYS}}
    for task in content.tasks:
        typed[task.name] = {"status": "done", "done_on": "20/06/2008", "text": "Đã xong."}
    for project in content.projects:
        typed[project.name] = {"status": "in_progress", "text": "Đang làm."}
        for source in project.sources:
            planned = project.share if project.share is not None else source.planned
            if planned is not None and not (project.group_line and project.share is None):
                typed[project.name] |= {
                    f"{source.source}/assigned": str(int(planned)),
                    f"{source.source}/disbursed": str(int(planned) // 2),
                }
    for line in content.indicators:
        typed[line.name] = (
            {"numerator": "45", "denominator": "100"} if line.asks == "ratio" else {"value": "1"}
        )
    return typed
