"""On time, late, not filed: a table over first submission, deadline, receipt, exemption and moment."""

from datetime import date, datetime

import pytest

from core import clock
from core.clock import HANOI
from reports.cycles.granting import exempt, extend, record_receipt
from reports.cycles.timeliness import Standing, Timeliness, judge, timeliness_of
from reports.filing.actions import return_filing, submit_filing
from reports.models import Cycle, Report
from tests.cast import Cast
from tests.reports.filings import LETTER, People, by, filed, report_of

DUE = date(2008, 7, 15)
IN_TIME = datetime(2008, 7, 15, 23, 59, tzinfo=HANOI)
TOO_LATE = datetime(2008, 7, 16, 0, 0, tzinfo=HANOI)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("first", "received", "is_exempt", "as_of", "expected"),
    [
        (None, None, False, "2008-07-15T23:59", Timeliness(Standing.WAITING)),
        (None, None, False, "2008-07-16T00:00", Timeliness(Standing.MISSING, 1)),
        (None, None, False, "2008-07-29T09:00", Timeliness(Standing.MISSING, 14)),
        (IN_TIME, None, False, "2008-07-29T09:00", Timeliness(Standing.ON_TIME)),
        (TOO_LATE, None, False, "2008-07-29T09:00", Timeliness(Standing.LATE, 1)),
        (TOO_LATE, None, False, "2008-07-15T09:00", Timeliness(Standing.WAITING)),
        (TOO_LATE, date(2008, 7, 14), False, "2008-07-29T09:00", Timeliness(Standing.ON_TIME)),
        (None, date(2008, 7, 20), False, "2008-07-29T09:00", Timeliness(Standing.LATE, 5)),
        (IN_TIME, date(2008, 7, 20), False, "2008-07-29T09:00", Timeliness(Standing.ON_TIME)),
        (None, date(2008, 7, 20), False, "2008-07-18T09:00", Timeliness(Standing.MISSING, 3)),
        (None, None, True, "2008-07-29T09:00", Timeliness(Standing.EXEMPT)),
        (TOO_LATE, None, True, "2008-07-29T09:00", Timeliness(Standing.EXEMPT)),
    ],
)
def test_the_standing_of_an_obligation(
    first: datetime | None, received: date | None, is_exempt: bool, as_of: str, expected: Timeliness
) -> None:
    judged = judge(
        due_on=DUE, first_submitted_at=first, received_on=received, exempt=is_exempt, as_of=moment(as_of)
    )
    assert judged == expected


def standing(report: Report, at: str = "2008-07-31T09:00") -> Timeliness:
    report.refresh_from_db()
    return timeliness_of(report, moment(at))


def test_returns_never_change_whether_a_report_was_on_time(cast: Cast, q2: Cycle) -> None:
    people = People(cast.editor, cast.approver)
    filing = filed(q2, people, at="2008-07-15T17:00")
    with clock.at("2008-07-17T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu dự án I.2.")
    report = report_of(q2, "p82")
    assert standing(report) == Timeliness(Standing.ON_TIME)
    with clock.at("2008-07-28T09:00"):
        again = submit_filing(report.filings.last(), actor=cast.approver, letter=LETTER)  # type: ignore[arg-type]
    assert again.number == 2
    assert standing(report) == Timeliness(Standing.ON_TIME)


def test_a_late_first_submission_stays_late_after_a_return(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver), at="2008-07-18T08:00")
    with clock.at("2008-07-19T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu.")
    assert standing(report_of(q2, "p82")) == Timeliness(Standing.LATE, 3)


def test_an_extension_moves_the_deadline_of_one_agency(cast: Cast, q2: Cycle) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-14T09:00"):
        extend(
            report,
            date(2008, 7, 20),
            actor=cast.reviewer,
            **by("1021/BTTTT-UDCNTT"),
        )
    filed(q2, People(cast.editor, cast.approver), at="2008-07-20T23:00")
    assert standing(report) == Timeliness(Standing.ON_TIME)
    assert standing(report_of(q2, "p40")) == Timeliness(Standing.MISSING, 16)


def test_a_paper_received_in_time_stands_for_a_later_submission(cast: Cast, q2: Cycle) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-21T09:00"):
        record_receipt(report, date(2008, 7, 14), actor=cast.reviewer, document="45/BC-UBND")
    filed(q2, People(cast.editor, cast.approver), at="2008-07-22T09:00")
    assert standing(report) == Timeliness(Standing.ON_TIME)


def test_an_exempt_agency_is_neither_late_nor_missing(cast: Cast, q2: Cycle) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-14T09:00"):
        exempt(report, actor=cast.admin, **by("99/BTTTT-UDCNTT"))
    assert standing(report) == Timeliness(Standing.EXEMPT)
