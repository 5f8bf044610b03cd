"""What was reported of a line, for the pages of lower apps: who sees it, and that it is the figures' own."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.models import Membership
from core import clock
from plans.documents.states import Asked
from plans.models import Task
from reports.compiling import compile_cycle, issue_report
from reports.figures import compliance
from reports.filing.actions import return_filing
from reports.line_states import states_of_lines
from reports.models import Cycle
from tests.cast import Cast
from tests.reports.filings import People, PeopleOf, begun, filed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def task(clause: str) -> Task:
    return Task.objects.get(plan__code="43-2008-qd-ttg", clause=clause)


def asked(clause: str) -> Asked:
    found = task(clause)
    below = Task.objects.filter(plan=found.plan, parent=found.line).order_by("position")
    items = tuple(Asked(one.line_id, "task", one.due_on) for one in below)
    return Asked(found.line_id, "task", found.due_on, found.superseded_by_id is not None, items)


def known(clause: str, reader: Membership, agencies: frozenset[int] | None = None) -> list[str]:
    one = asked(clause)
    return [str(state.text) for state in states_of_lines([one], reader, agencies)[one.line]]


def says(clause: str, status: str, done_on: str = "") -> dict[str, dict[str, str]]:
    row = {"status": status, "text": "Đã báo cáo."} | ({"done_on": done_on} if done_on else {})
    return {f"tasks/{task(clause).line_id}": row, "text": {"summary": "Tình hình."}}


def test_nothing_is_known_before_anybody_reports(cast: Cast, q2: Cycle) -> None:
    assert known("II.1.a", cast.reviewer) == []


def test_drafts_are_never_shown_not_even_the_own(cast: Cast, q2: Cycle) -> None:
    begun(q2, People(cast.editor, cast.approver), says("II.1.a", "done", "20/06/2008"))
    assert known("II.1.a", cast.editor) == []
    assert known("II.1.a", cast.reviewer) == []


def test_the_lead_sees_how_many_are_done_the_agency_its_own_and_others_nothing(cast: Cast, q2: Cycle) -> None:
    filed(q2, People(cast.editor, cast.approver), says("II.1.a", "done", "20/06/2008"))
    assert known("II.1.a", cast.reviewer) == ["2008-Q2: 1/86 done"]
    assert known("II.1.a", cast.editor) == ["2008-Q2: done 20/06/2008"]
    assert known("II.1.a", cast.other_editor) == []
    assert known("II.1.a", cast.viewer) == []


def test_a_returned_filing_counts_no_more(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver), says("II.1.a", "done", "20/06/2008"))
    with clock.at("2008-07-12T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu kinh phí của quý.")
    assert known("II.1.a", cast.editor) == []


def test_a_task_that_is_not_done_by_its_day_is_late(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    filed(q2, people("m-tttt"), says("II.2.a", "in_progress"))
    assert known("II.2.a", cast.reviewer) == ["2008-Q2: in progress", "late"]
    assert known("II.2.d", cast.reviewer) == ["2008-Q2: nothing reported", "late"]
    assert "late" not in known("II.2.k", cast.reviewer)  # due on 29/09/2008, after the period


def test_a_task_with_sub_items_is_as_far_as_these(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    first = Task.objects.get(plan__code="43-2008-qd-ttg", clause="II.7.c, gạch 1")
    filed(q2, people("m-tp"), says(first.clause, "done", "20/06/2008"))
    assert known("II.7.c", cast.reviewer) == ["2008-Q2: 1/20 reports on sub-items say done"]
    own = people("m-tp").editor
    assert known("II.7.c", own) == ["2008-Q2: 1/5 sub-items done"]


def test_of_one_agency_only_what_it_said_is_told(cast: Cast, q2: Cycle) -> None:
    filed(q2, People(cast.editor, cast.approver), says("II.1.i", "not_started"))
    tien_giang = frozenset({cast.editor.agency_id})
    assert known("II.1.i", cast.reviewer, tien_giang) == ["2008-Q2: not started", "late"]
    assert known("II.1.i", cast.other_editor, tien_giang) == []
    assert known("II.1.i", cast.reviewer, frozenset({cast.other_editor.agency_id})) == []


def test_everybody_sees_what_was_issued_and_no_more(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    filed(q2, People(cast.editor, cast.approver), says("II.1.a", "done", "20/06/2008"))
    with clock.at("2008-07-20T09:00"):
        compilation = compile_cycle(q2, actor=cast.reviewer)
        issue_report(
            compilation,
            actor=cast.reviewer,
            number="31/BC-BTTTT",
            issued_on=date(2008, 7, 20),
            signer="Nguyễn Văn Ký",
            signer_title="BỘ TRƯỞNG",
        )
    filed(q2, people("p40"), says("II.1.a", "done", "20/06/2008"), at="2008-07-22T09:00")
    assert known("II.1.a", cast.viewer) == ["2008-Q2: 1/86 done"]
    assert known("II.1.a", cast.reviewer) == ["2008-Q2: 2/86 done"]


def test_its_numbers_are_those_of_the_periods_figures(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    for key, status in (("p82", "done"), ("p40", "in_progress"), ("m-tttt", "done"), ("m-tp", "not_started")):
        filed(q2, people(key), says("II.1.a", status, "20/06/2008" if status == "done" else ""))
    figures = compliance.live(q2, clock.now())
    compared = 0
    for figure in figures.tasks:
        if figure.reporters < 2 or figure.parent or figure.items:
            continue
        said = known(figure.clause, cast.reviewer)
        assert f"2008-Q2: {figure.done}/{figure.reporters} done" in said
        assert ("late" in said) is (figure.verdict == "late")
        compared += 1
    assert compared > 3


def test_many_lines_cost_what_one_does(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    filed(q2, people("m-tttt"), says("II.2.a", "in_progress"))
    every = [asked(clause) for clause in ("II.1.a", "II.2.a", "II.2.k", "II.7.c")]

    def cost(lines: list[Asked]) -> int:
        with CaptureQueriesContext(connection) as captured:
            states_of_lines(lines, cast.reviewer)
        return len(captured)

    assert cost(every[:1]) == cost(every) <= 5
