"""The compliance figures, from reports that were really filed."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.clock import HANOI
from indicators.models import Baseline, Indicator
from plans.content.actions import amend_plan
from plans.models import Plan, PlanLine, Programme
from reports.cycles.actions import open_cycle
from reports.cycles.granting import exempt
from reports.cycles.timeliness import Standing
from reports.figures import compliance
from reports.figures.basis import gather
from reports.figures.freezing import freeze, thaw
from reports.figures.obligations import standings
from reports.figures.shapes import ComplianceFigures, Money, TargetFigure, percent
from reports.figures.tasks import task_verdict
from reports.filing.actions import accept_filing, return_filing, submit_filing
from reports.models import Cycle, Filing
from tests.cast import Cast
from tests.prepared import prepared
from tests.reports.filings import (
    LETTER,
    People,
    PeopleOf,
    answers,
    by,
    filed,
    people_of,
    quarter,
    report_of,
)

AS_OF = datetime(2008, 7, 29, 9, 0, tzinfo=HANOI)


def target(figures: ComplianceFigures, indicator: str, scope: str) -> TargetFigure:
    return next(one for one in figures.targets if (one.indicator, one.scope) == (indicator, scope))


@prepared
def answered_quarter(cast: Cast) -> None:
    q2 = quarter()
    staff = People(cast.editor, cast.approver)
    filed(q2, staff, answers(q2, staff))
    nghe_an = People(cast.other_editor, cast.other_approver)
    said = answers(q2, nghe_an)
    said["indicators/officials-using-email"] = {"numerator": "10", "denominator": "300"}
    filed(q2, nghe_an, said)
    filed(q2, people_of("p89"), at="2008-07-18T09:00")
    with clock.at("2008-07-25T09:00"):
        exempt(report_of(q2, "p02"), actor=cast.reviewer, **by("7/BTTTT"))


@pytest.fixture
def figures(q2: Cycle, answered_quarter: None) -> ComplianceFigures:
    """Tiền Giang and Nghệ An on time, An Giang late, the others not; Hà Giang exempt."""
    return compliance.live(q2, AS_OF)


def test_who_reported_by_class(figures: ComplianceFigures) -> None:
    provinces = next(one for one in figures.classes if one.agency_class == "provinces")
    assert (provinces.obliged, provinces.on_time, provinces.late) == (59, 2, 1)
    assert (provinces.missing, provinces.exempt, provinces.nothing) == (55, 1, 1)
    assert provinces.on_time_share == percent(2, 58)
    assert (figures.total.obliged, figures.total.on_time, figures.filings_counted) == (86, 2, 3)
    assert sum(one.obliged for one in figures.classes) == figures.total.obliged


def test_a_task_led_by_all_is_done_when_all_say_so(figures: ComplianceFigures) -> None:
    common = next(one for one in figures.tasks if one.clause == "II.1.i")
    assert (common.reporters, common.done, common.silent, common.verdict) == (86, 2, 84, "late")
    assert "p82" not in common.open_agencies
    assert "p02" in common.open_agencies
    assert (len(figures.whole_tasks), len(figures.sub_items)) == (42, 17)


@pytest.mark.parametrize(
    ("due", "done", "reporters", "superseded", "verdict"),
    [
        ("2008-06-29", 3, 3, False, "done"),
        ("2008-06-29", 2, 3, False, "late"),
        ("2008-06-30", 2, 3, False, "late"),
        ("2008-07-01", 2, 3, False, "not_due"),
        (None, 2, 3, False, "undated"),
        ("2008-01-31", 0, 1, True, "superseded"),
        ("2008-01-31", 0, 0, False, "unassigned"),
    ],
)
def test_the_verdict_on_a_task(
    due: str | None, done: int, reporters: int, superseded: bool, verdict: str
) -> None:
    on = datetime(2008, 6, 30, tzinfo=HANOI).date()
    day = datetime.fromisoformat(due).date() if due else None
    assert task_verdict(day, done, reporters, on, superseded=superseded) == verdict


def test_nothing_is_late_before_its_day_is_over(cast: Cast, programme: Programme) -> None:
    with clock.at("2008-06-20T09:00"):
        q2 = open_cycle(programme, "2008-Q2", actor=cast.admin)
        early = compliance.live(q2, clock.now())
    assert next(one for one in early.tasks if one.clause == "II.1.i").verdict == "not_due"


def test_money_stands_by_programme_and_is_never_added_across(figures: ComplianceFigures) -> None:
    national, tien_giang = figures.money
    assert (national.programme, national.total.planned) == ("2008", Decimal(220700))
    assert (tien_giang.programme, tien_giang.total.planned) == ("2007-2010-tien-giang", Decimal(7995))
    assert [row.money.planned for row in national.by_group] == [
        Decimal(93500),
        Decimal(33500),
        Decimal(93700),
    ]
    assert [row.money.planned for row in tien_giang.by_year] == [
        Decimal(7995),
        Decimal(23168),
        Decimal(18978),
    ]
    assert tien_giang.total.assigned == Decimal(7995)
    assert tien_giang.total.disbursed == Decimal(500 + 1750 + 1522 + 110 + 75 + 40)
    assert sum((row.money.planned or 0 for row in national.by_source), Decimal(0)) == Decimal(220700)


def test_money_of_nobody_is_blank_and_not_zero(cast: Cast, q2: Cycle) -> None:
    empty = compliance.live(q2, AS_OF)
    assert empty.money[0].total == Money(planned=Decimal(220700))


@pytest.mark.parametrize(("users", "near"), [("26", 1), ("24", 0)])
def test_an_agency_is_near_that_has_gone_most_of_the_way_from_its_own_status(
    cast: Cast, q2: Cycle, users: str, near: int
) -> None:
    """From 5 % to the 30 % of the provinces, 80 % of the way is 25 %."""
    plan = Plan.objects.get(code="605-qd-ubnd")
    mail = Indicator.objects.get(code="officials-using-email")
    line = PlanLine.objects.create(kind="baseline", agency=plan.agency, programme=plan.programme)
    Baseline.objects.create(plan=plan, line=line, indicator=mail, value=5)
    raw = {"indicators/officials-using-email": {"numerator": users, "denominator": "100"}}
    filed(q2, People(cast.editor, cast.approver), raw)
    found = target(compliance.live(q2, AS_OF), "officials-using-email", "Tỉnh")
    assert (found.met, found.below, found.near) == (0, 1, near)


def test_a_class_is_judged_by_the_sum_of_its_parts(figures: ComplianceFigures) -> None:
    mail = target(figures, "officials-using-email", "Tỉnh")
    assert mail.value == Decimal("13.75")  # (45 + 10) of (100 + 300), not the mean of 45,0 and 3,3
    assert (mail.agencies, mail.with_data, mail.met, mail.below) == (59, 2, 1, 1)
    assert mail.attainment == "not_due"
    boxes = target(figures, "official-mailboxes", "Tỉnh")
    assert (boxes.value, boxes.met, boxes.with_data) == (Decimal("3.4"), 2, 2)  # 2 of all 59, not of the 2
    forms = target(figures, "electronic-forms", "Tỉnh")
    assert (forms.met, forms.distance) == (2, None)


def test_after_the_last_day_of_the_year_targets_are_judged(
    cast: Cast, programme: Programme, people: PeopleOf
) -> None:
    with clock.at("2009-01-05T08:00"):
        q4 = open_cycle(programme, "2008-Q4", actor=cast.admin)
    staff = People(cast.editor, cast.approver)
    said = {
        "text": {"summary": "Cả năm."},
        "indicators/officials-using-email": {"numerator": "20", "denominator": "100"},
        "indicators/official-mailboxes": {"value": "0"},
        "indicators/document-software-offices": {"value": "0"},
    }
    filed(q4, staff, said, at="2009-01-10T09:00")
    found = compliance.live(q4, datetime(2009, 2, 1, tzinfo=HANOI))
    assert target(found, "officials-using-email", "Tỉnh").attainment == "not_met"
    short = next(one for one in found.shortfalls if one.agency == "p82")
    # The share of agencies with document software binds no single one; boxes for all do.
    assert len(short.targets_below) == 2


def test_agencies_that_fell_short(figures: ComplianceFigures) -> None:
    short = {one.agency: one for one in figures.shortfalls}
    assert "p82" not in short
    assert "p02" in short  # exempt from the report, not from the task
    assert short["p89"].late_days == 3
    assert short["m-qp"].missing_days == 14
    assert "II.1.i" in short["m-qp"].late_tasks


def test_what_counts_is_what_was_submitted_and_not_returned_by_then(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver), at="2008-07-10T09:00")
    with clock.at("2008-07-12T09:00"):
        accept_filing(filing, actor=cast.reviewer)
    with clock.at("2008-07-16T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu.")
    with clock.at("2008-07-20T09:00"):
        again = submit_filing(report_of(q2, "p82").filings.last(), actor=cast.approver, letter=LETTER)  # type: ignore[arg-type]

    def counted(at: str) -> list[int]:
        as_of = datetime.fromisoformat(at).replace(tzinfo=HANOI)
        return list(Filing.objects.counting(q2, as_of).values_list("number", flat=True))

    assert counted("2008-07-09T00:00") == []
    assert counted("2008-07-11T00:00") == [1]
    assert counted("2008-07-17T00:00") == []
    assert counted("2008-07-21T00:00") == [2] == [again.number]
    states = [
        next(one.state for one in compliance.live(q2, _at(day)).obligations if one.agency == "p82")
        for day in (11, 13, 17, 21)
    ]
    assert states == ["submitted", "accepted", "returned", "submitted"]


def _at(day: int) -> datetime:
    return datetime(2008, 7, day, tzinfo=HANOI)


def test_an_amendment_in_draft_changes_no_figure(cast: Cast, q2: Cycle, figures: ComplianceFigures) -> None:
    with clock.at("2008-07-29T09:00"):
        amend_plan(Plan.objects.get(code="605-qd-ubnd"), actor=cast.editor)
    assert compliance.live(q2, AS_OF) == figures


def test_figures_come_back_from_their_canonical_text_as_they_were(figures: ComplianceFigures) -> None:
    text = freeze(figures)
    assert thaw(text) == figures
    assert freeze(thaw(text)) == text


def test_the_questions_cost_the_same_however_many_report(cast: Cast, q2: Cycle, people: PeopleOf) -> None:
    def cost() -> int:
        cycle = Cycle.objects.get(pk=q2.pk)
        with CaptureQueriesContext(connection) as captured:
            compliance.live(cycle, AS_OF)
        return len(captured)

    filed(q2, People(cast.editor, cast.approver))
    before = cost()
    for key in ("p89", "p91", "m-qp", "m-tc"):
        filed(q2, people(key))
    assert cost() == before
    assert before <= 30


def test_illustrative_input_marks_the_figures(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    assert not compliance.live(q2, AS_OF).illustrative
    Filing.objects.filter(pk=filing.pk).update(illustrative=True)
    basis = gather(q2, Filing.objects.counting(q2, AS_OF), AS_OF)
    assert basis.illustrative
    assert compliance.live(q2, AS_OF).illustrative


def test_the_page_of_the_period_counts_as_its_figures_do(q2: Cycle, figures: ComplianceFigures) -> None:
    whole = standings(q2, AS_OF)
    assert (whole.obligations, whole.classes, whole.total) == (
        figures.obligations,
        figures.classes,
        figures.total,
    )


def test_standings_count_as_of_the_moment(q2: Cycle) -> None:
    early = compliance.live(q2, _at(10))
    assert {one.standing for one in early.obligations} == {Standing.WAITING}
