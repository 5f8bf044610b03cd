"""A reporting period: opened, filed by most, some late, some returned, some missing; compiled and issued.

The same course serves every period of the story; a `Calendar` says which one and when. Both periods end in
June, so both are filed in July.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.answering import answering
from agencies.models import Membership, Role
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
LATE_COMER = 7  # files when the report is issued already; nobody has accepted it yet
STILL_RETURNED = 61  # returned, and not sent again by the day of the compilation


@dataclass(frozen=True)
class Calendar:
    """One period and the days of its story, all in summer of the year."""

    programme: str
    code: str
    basis: str
    year: int
    compiled_at: str
    issued_at: str
    number: str
    late_comer_at: str

    @property
    def opened_at(self) -> str:
        return f"{self.year}-07-01T08:00"


QUARTER = Calendar(
    programme="2008",
    code="2008-Q2",
    basis="Quyết định số 43/2008/QĐ-TTg, IV.2.a",
    year=2008,
    compiled_at="2008-07-29T09:00",
    issued_at="2008-07-31T15:30",
    number="01/BC-MH",
    late_comer_at="2008-08-04T10:20",
)


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
        """Within the deadline of 15 July, or one to nine days after it."""
        year = self.report.cycle.due_on.year
        if self.late:
            day = date(year, 7, 16 + self.position // 9 % 9)
        else:
            day = date(year, 7, 3 + self.position % 12)
        return datetime(year, 7, day.day, 8 + self.position % 9, self.position % 60, tzinfo=HANOI)


def courses(cycle: Cycle) -> list[Course]:
    reports = Report.objects.filter(cycle=cycle).select_related("agency", "cycle__programme").in_order()
    return [Course(position, report) for position, report in enumerate(reports)]


def open_period(people: People, calendar: Calendar) -> Cycle:
    with clock.at(calendar.opened_at):
        return open_cycle(
            Programme.objects.get(code=calendar.programme),
            calendar.code,
            actor=people.administrator,
            basis=calendar.basis,
            illustrative=True,
        )


Step = tuple[datetime, Callable[[Course, People], None], Course]


def play(people: People, calendar: Calendar = QUARTER) -> tuple[Cycle, Compilation, list[IssuedFile]]:
    """The whole period, in the order of the days."""
    cycle = open_period(people, calendar)
    every = courses(cycle)
    take([step for course in every if course.files for step in _steps(course)], people)
    compilation, issued = _issue(cycle, people, calendar)
    with clock.at(calendar.late_comer_at):
        late_comer = every[LATE_COMER]
        fill(late_comer, people)
        submit(late_comer, people)
    return cycle, compilation, issued


def take(steps: list[Step], people: People) -> None:
    """Steps of many agencies, each at its moment, in the order of the days."""
    for moment, act, course in sorted(steps, key=lambda step: step[0]):
        with clock.at(moment):
            act(course, people)


def _steps(course: Course) -> Iterator[Step]:
    """Filled, submitted, accepted; or returned and sent again: timeliness stays that of the first time."""
    filed = course.filed_on
    yield filed - timedelta(hours=3), fill, course
    yield filed, submit, course
    if course.position not in RETURNED:
        yield filed + timedelta(days=1), accept, course
        return
    yield filed + timedelta(days=1), _return, course
    if course.position != STILL_RETURNED:
        yield filed + timedelta(days=2), mend, course
        yield filed + timedelta(days=2, hours=2), submit, course
        yield filed + timedelta(days=3), accept, course


def _editor(course: Course, people: People) -> Membership:
    return people.of(answering(course.report.agency).bearer.key, Role.EDITOR)


def _latest(course: Course) -> Filing:
    filings = Filing.objects.filter(report=course.report)
    return filings.select_related("report__cycle__programme", "report__agency").order_by("-number")[0]


def fill(course: Course, people: People) -> None:
    """The editor begins the report, types what is asked, and hands it to the leader."""
    editor = _editor(course, people)
    filing = begin_filing(course.report, actor=editor)
    if course.position == NOTHING_TO_REPORT:
        save_rows(filing, {"text": {"nothing_to_report": "1"}}, actor=editor)
    else:
        report = course.report
        typed = results_for(read_filing(filing), report.agency.key, report.cycle.window_to)
        save_rows(filing, typed, actor=editor)
    hand_over_filing(filing, actor=editor)


def submit(course: Course, people: People) -> None:
    approver = people.of(answering(course.report.agency).bearer.key, Role.APPROVER)
    submit_filing(_latest(course), actor=approver, letter=_letter(course))


def accept(course: Course, people: People) -> None:
    accept_filing(_latest(course), actor=people.reviewer)


def _return(course: Course, people: People) -> None:
    reason = "Chưa nêu khó khăn, vướng mắc của các đơn vị trực thuộc; đề nghị bổ sung."
    return_filing(_latest(course), actor=people.reviewer, reason=reason)


def mend(course: Course, people: People) -> None:
    """After a return: the editor adds what was missed and hands the report over again."""
    editor, filing = _editor(course, people), _latest(course)
    said = "Đơn vị ở xa trung tâm chưa có đường truyền ổn định."
    save_rows(filing, {"text": {"difficulties": said}}, actor=editor)
    hand_over_filing(filing, actor=editor)


def _letter(course: Course) -> Letter:
    number = f"{200 + course.position + 100 * (_latest(course).number - 1)}/BC-MH"
    return Letter(number=number, on=clock.today(), signer="(minh họa)")


def _issue(cycle: Cycle, people: People, calendar: Calendar) -> tuple[Compilation, list[IssuedFile]]:
    with clock.at(calendar.compiled_at):
        compilation = compile_cycle(cycle, actor=people.reviewer)
    with clock.at(calendar.issued_at):
        issued = issue_report(
            compilation,
            actor=people.reviewer,
            number=calendar.number,
            issued_on=clock.today(),
            signer="",
            signer_title="Bộ trưởng",
        )
    return compilation, issued
