"""What waits for whom in a period."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Membership
from agencies.worklist import Item
from core import clock
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.compiling import compile_cycle
from reports.cycles.granting import exempt, extend, record_receipt
from reports.filing.actions import accept_filing, hand_over_filing, return_filing
from reports.models import Cycle
from reports.worklist import count_mine, items
from tests.cast import Cast
from tests.reports.filings import People, PeopleOf, begun, by, filed, report_of
from tests.reports.issuing import issued_file


def waits(membership: Membership, at: str) -> list[Item]:
    """What waits at the moment. The navigation's number agrees with it, whatever it holds."""
    with clock.at(at):
        found = list(items(membership))
        assert count_mine(membership) == sum(1 for item in found if item.mine)
    return found


def test_an_editor_has_the_report_until_it_lies_with_the_leader(cast: Cast, q2: Cycle) -> None:
    (due,) = waits(cast.editor, "2008-07-02T09:00")
    assert (due.mine, due.due_on) == (True, date(2008, 7, 15))
    assert due.url == "/reports/2008/2008-Q2/agencies/p82/"
    filing = begun(q2, People(cast.editor, cast.approver))
    (open_draft,) = waits(cast.editor, "2008-07-09T10:00")
    assert open_draft.url.endswith("/form/")
    with clock.at("2008-07-09T11:00"):
        hand_over_filing(filing, actor=cast.editor)
    assert [one.mine for one in waits(cast.editor, "2008-07-09T12:00")] == [False]
    (to_submit,) = waits(cast.approver, "2008-07-09T12:00")
    assert to_submit.mine


def test_an_overdue_report_says_for_how_long(cast: Cast, q2: Cycle) -> None:
    (due,) = waits(cast.editor, "2008-07-18T09:00")
    assert due.family == "bad"
    assert "3" in str(due.state)


def test_a_returned_report_waits_for_the_editor_without_a_deadline(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-11T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu.")
    (again,) = waits(cast.editor, "2008-07-20T09:00")
    assert (again.mine, again.due_on, again.family) == (True, None, "wait")


def test_nothing_waits_once_it_is_accepted(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    assert [one.mine for one in waits(cast.editor, "2008-07-10T10:00")] == [False]
    with clock.at("2008-07-11T09:00"):
        accept_filing(filing, actor=cast.reviewer)
    assert waits(cast.editor, "2008-07-11T10:00") == waits(cast.approver, "2008-07-11T10:00") == []


def test_a_reviewer_has_one_item_a_period_with_its_count(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    assert waits(cast.reviewer, "2008-07-09T09:00") == []
    for key in ("p82", "p40", "m-tc"):
        filed(q2, people(key))
    (item,) = waits(cast.reviewer, "2008-07-11T09:00")
    assert "3" in str(item.state)
    assert item.url == "/reports/2008/2008-Q2/?state=submitted#obligations"


def test_a_reviewer_is_told_whom_to_remind_until_it_is_done_or_the_report_is_issued(
    cast: Cast, q2: Cycle
) -> None:
    """84 of 86: one has filed, one is exempt; one has more time, and one its paper received."""
    filing = filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-11T09:00"):
        accept_filing(filing, actor=cast.reviewer)
        exempt(report_of(q2, "p02"), actor=cast.reviewer, **by("7/BTTTT"))
        extend(
            report_of(q2, "p01"),
            date(2008, 7, 20),
            actor=cast.reviewer,
            **by("8/BTTTT"),
        )
        record_receipt(report_of(q2, "p40"), date(2008, 7, 10), actor=cast.reviewer, document="9/UBND")
    assert waits(cast.reviewer, "2008-07-15T23:00") == []
    (item,) = waits(cast.reviewer, "2008-07-16T09:00")
    assert (str(item.state), item.action) == ("82 cơ quan quá hạn", "Đôn đốc")
    assert item.url == "/reports/2008/2008-Q2/?standing=missing#obligations"
    (item,) = waits(cast.reviewer, "2008-07-21T09:00")
    assert str(item.state) == "83 cơ quan quá hạn"

    keys = list(
        q2.reports.exclude(agency__key__in=["p31", "p02", "p40", "p82"]).values_list("agency__key", flat=True)
    )
    with clock.at("2008-07-21T10:00"):
        act_on_many(q2, "remind", keys, actor=cast.reviewer, stated=Stated(paper=True), token="one")
    (item,) = waits(cast.reviewer, "2008-07-22T09:00")
    assert str(item.state) == "1 cơ quan quá hạn"
    (item,) = waits(cast.reviewer, "2008-07-29T09:00")
    assert str(item.state) == "83 cơ quan quá hạn"
    with clock.at("2008-07-29T10:00"):
        compilation = compile_cycle(q2, actor=cast.reviewer)
        assert waits(cast.reviewer, "2008-07-29T10:00")
        issued_file(compilation, by=cast.reviewer, number="05/BC-BTTTT", on=date(2008, 7, 29))
    assert waits(cast.reviewer, "2008-08-29T09:00") == []


def test_an_administrator_opens_what_is_over(cast: Cast, programme: object) -> None:
    assert waits(cast.admin, "2008-06-30T09:00") == []
    (item,) = waits(cast.admin, "2008-07-01T09:00")
    assert "Quý II năm 2008" in str(item.title)
    assert item.url == "/reports/open/?programme=2008"


def test_who_only_reads_is_asked_nothing(cast: Cast, q2: Cycle) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert waits(cast.viewer, "2008-07-20T09:00") == waits(cast.co_reviewer, "2008-07-20T09:00") == []
    assert len(captured) == 0


@pytest.mark.parametrize("asked", [lambda one: list(items(one)), count_mine])
def test_the_list_and_its_number_cost_one_query_at_most(
    cast: Cast, q2: Cycle, asked: Callable[[Membership], object]
) -> None:
    filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-20T09:00"):
        for membership in cast:
            with CaptureQueriesContext(connection) as captured:
                asked(membership)
            assert len(captured) <= 1
