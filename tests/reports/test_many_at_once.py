"""Many people at once, on real connections: 200 submissions, a double click, two people on one row."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from agencies import audit
from agencies.models import AuditEntry, AuditHead
from core import clock
from core.findings import Conflict, WrongState
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing, submit_filing
from reports.filing.editing import save_row, save_rows
from reports.models import Filing, FilingState, Report, TaskResult
from tests.cast import Cast
from tests.reports.filings import LETTER, People, PeopleOf, begun

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
CROWD = 200
PATIENCE = 240  # seconds


@dataclass
class Crowd:
    """Threads that wait for each other and then act at once, each on a connection of its own."""

    size: int
    errors: list[BaseException] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def run(self, act: Callable[[int], str]) -> None:
        barrier = threading.Barrier(self.size)

        def member(number: int) -> None:
            try:
                connection.ensure_connection()
                barrier.wait(PATIENCE)
                with clock.at("2009-01-10T09:00"):
                    self.done[act(number)] += 1
            except BaseException as error:  # noqa: BLE001 - told to the test, which fails on it
                self.errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=member, args=(number,)) for number in range(self.size)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert not self.errors, self.errors[:3]


def test_two_hundred_reports_submitted_at_once_are_all_kept(cast: Cast, people: PeopleOf) -> None:
    programme = Programme.objects.get(code="2008")
    drafts: list[tuple[Filing, Any]] = []
    with clock.at("2009-01-05T08:00"):
        for code in ("2008-Q2", "2008-Q3", "2008-Q4"):
            open_cycle(programme, code, actor=cast.admin)
        for report in Report.objects.select_related("agency").order_by("pk")[:CROWD]:
            staff = people(report.agency.key)
            draft = begin_filing(report, actor=staff.editor)
            save_rows(draft, {"text": {"nothing_to_report": "1"}}, actor=staff.editor)
            drafts.append((draft, staff.approver))
    before = AuditEntry.objects.count()

    def submit(number: int) -> str:
        draft, approver = drafts[number]
        return str(submit_filing(draft, actor=approver, letter=LETTER).state)

    crowd = Crowd(CROWD)
    crowd.run(submit)
    assert crowd.done == {"submitted": CROWD}
    filings = Filing.objects.filter(state=FilingState.SUBMITTED)
    assert filings.count() == CROWD
    assert all(len(filing.sha256) == 64 for filing in filings)
    assert Report.objects.filter(first_submitted_at__isnull=False).count() == CROWD
    assert AuditEntry.objects.count() == before + CROWD
    verdict = audit.verify()
    assert (verdict.broken_at, verdict.count) == (None, AuditHead.objects.get().count)


def test_a_double_click_submits_once_and_tells_the_second(cast: Cast) -> None:
    with clock.at("2008-07-01T08:00"):
        cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    draft = begun(cycle, People(cast.editor, cast.approver))

    def submit(number: int) -> str:
        try:
            submit_filing(draft, actor=cast.approver, letter=LETTER)
        except WrongState:
            return "told"
        return "submitted"

    crowd = Crowd(8)
    crowd.run(submit)
    assert crowd.done == {"submitted": 1, "told": 7}
    assert AuditEntry.objects.filter(verb="submit").count() == 1


def test_of_two_people_on_one_row_the_second_gets_both_values(cast: Cast) -> None:
    with clock.at("2008-07-01T08:00"):
        cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    draft = begun(cycle, People(cast.editor, cast.approver))
    line = draft.report.lines.filter(role="lead", line__kind="task").values_list("line_id", flat=True)[0]

    def save(number: int) -> str:
        try:
            save_row(draft, f"tasks/{line}", {"text": f"lần {number}"}, actor=cast.editor, row_version=0)
        except Conflict as conflict:
            return f"told of {conflict.theirs['text'][:3]}"
        return "saved"

    crowd = Crowd(8)
    crowd.run(save)
    assert crowd.done == {"saved": 1, "told of lần": 7}
    assert TaskResult.objects.filter(filing=draft).count() == 1
