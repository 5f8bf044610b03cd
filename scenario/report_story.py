"""The period 2008-Q2: opened, filed by most agencies, some late, some returned, some missing; compiled and issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.models import Role
from core import clock
from core.clock import HANOI
from plans.models import Programme
from reports.compiling import compile_cycle, issue_report
from reports.cycles.actions import open_cycle
from reports.filing.actions import (
    Letter,
    accept_filing,
    begin_filing,
    hand_over_filing,
    return_filing,
    submit_filing,
)
from reports.filing.content import read_filing
from reports.filing.editing import save_rows
from reports.models import Compilation, Cycle, Filing, IssuedFile, Report
from scenario.people import People
from scenario.results import results_for

NOTHING_TO_REPORT = 41  # the one agency, by its place in the list, that has nothing to report
RETURNED = (3, 27, 61)
STILL_RETURNED = 61  # returned, and not sent again by the day of the compilation


@dataclass(frozen=True)
class Course:
    """What one agency does in the period: how many days after the first day it files, or not at all."""

    position: int
    report: Report

    @property
    def files(self) -> bool:
        return self.position % 11 != 7

    @property
    def late(self) -> bool:
        return self.position % 9 == 5

    @property
    def filed_on(self) -> datetime:
        """Within the deadline of 15/07/2008, or one to nine days after it."""
        day = date(2008, 7, 16 + self.position % 9) if self.late else date(2008, 7, 3 + self.position % 12)
        return datetime(day.year, day.month, day.day, 8 + self.position % 9, self.position % 60, tzinfo=HANOI)


def courses(cycle: Cycle) -> Iterator[Course]:
    reports = Report.objects.filter(cycle=cycle).select_related("agency", "cycle__programme").in_order()
    for position, report in enumerate(reports):
        yield Course(position, report)


def open_period(people: People) -> Cycle:
    with clock.at("2008-07-01T08:00"):
        return open_cycle(
            Programme.objects.get(code="2008"),
            "2008-Q2",
            actor=people.administrator,
            basis="Quyết định số 43/2008/QĐ-TTg, IV.2.a",
            illustrative=True,
        )


def play(people: People) -> tuple[Cycle, Compilation, list[IssuedFile]]:
    """The whole period, in the order of the days."""
    cycle = open_period(people)
    filing = [course for course in courses(cycle) if course.files]
    for course in sorted(filing, key=lambda one: one.filed_on):
        _file(course, people)
    compilation, issued = _issue(cycle, people)
    return cycle, compilation, issued


def _file(course: Course, people: People) -> None:
    agency = course.report.agency.key
    editor, approver = people.of(agency, Role.EDITOR), people.of(agency, Role.APPROVER)
    with clock.at(course.filed_on - timedelta(hours=3)):
        filing = begin_filing(course.report, actor=editor)
        if course.position == NOTHING_TO_REPORT:
            save_rows(filing, {"text": {"nothing_to_report": "1"}}, actor=editor)
        else:
            content = read_filing(filing)
            save_rows(
                filing, results_for(content, agency, course.report.cycle.window_to), actor=editor
            )
        hand_over_filing(filing, actor=editor)
    with clock.at(course.filed_on):
        filing = submit_filing(filing, actor=approver, letter=_letter(course))
    if course.position in RETURNED:
        _return(course, filing, people)
        return
    with clock.at(course.filed_on + timedelta(days=1)):
        accept_filing(filing, actor=people.reviewer)


def _return(course: Course, filing: Filing, people: People) -> None:
    """Returned once; all but one agency mend and send again. Timeliness stays that of the first submission."""
    agency = course.report.agency.key
    editor, approver = people.of(agency, Role.EDITOR), people.of(agency, Role.APPROVER)
    with clock.at(course.filed_on + timedelta(days=1)):
        return_filing(
            filing,
            actor=people.reviewer,
            reason="Chưa nêu khó khăn, vướng mắc của các đơn vị trực thuộc; đề nghị bổ sung.",
        )
    if course.position == STILL_RETURNED:
        return
    with clock.at(course.filed_on + timedelta(days=2)):
        again = begin_filing(course.report, actor=editor)
        save_rows(
            again,
            {"text": {"difficulties": "Các đơn vị trực thuộc ở xa trung tâm chưa có đường truyền ổn định."}},
            actor=editor,
        )
        hand_over_filing(again, actor=editor)
        again = submit_filing(again, actor=approver, letter=_letter(course, again=True))
    with clock.at(course.filed_on + timedelta(days=3)):
        accept_filing(again, actor=people.reviewer)


def _letter(course: Course, *, again: bool = False) -> Letter:
    number = f"{200 + course.position + (100 if again else 0)}/BC-MH"
    return Letter(number=number, on=clock.today(), signer="(minh họa)")


def _issue(cycle: Cycle, people: People) -> tuple[Compilation, list[IssuedFile]]:
    with clock.at("2008-07-29T09:00"):
        compilation = compile_cycle(cycle, actor=people.reviewer)
    with clock.at("2008-07-31T15:30"):
        issued = issue_report(
            compilation,
            actor=people.reviewer,
            number="01/BC-MH",
            issued_on=date(2008, 7, 31),
            signer="",
            signer_title="Bộ trưởng",
        )
    return compilation, issued
