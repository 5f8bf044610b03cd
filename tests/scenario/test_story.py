"""The story of 2008: what it must leave behind, and that it leaves the same on every run."""

from collections import Counter

import pytest
from django.db import transaction

from agencies.audit import verify
from agencies.models import Role
from budgets.totals import money_of
from core import clock
from plans.models import PlanState
from plans.parts import registry
from reports.cycles.timeliness import Standing
from reports.figures import compliance
from reports.figures.shapes import ComplianceFigures
from reports.models import Cycle, Filing, FilingState
from scenario import half_year_story, plan_story, report_story, story
from scenario.people import People
from tests.scenario.waiting import SERVED_AT, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def people() -> People:
    return story.people_of_2008(password="x")


def test_the_plan_is_returned_mended_and_approved(people: People) -> None:
    plan = plan_story.play(people)
    assert plan.state == PlanState.APPROVED
    assert [step.verb for step in plan.steps.all()] == [
        "submit",
        "open_review",
        "return",
        "submit",
        "open_review",
        "approve",
    ]
    content = registry.read_content(plan)
    money = money_of(content["projects"], content["allocations"])
    assert (money.projects, str(money.total)) == (26, "42146")
    assert plan.decision_number == "01/QĐ-MH"
    assert plan.decision_signer == ""
    assert plan.illustrative


def _played(people: People) -> tuple[Cycle, ComplianceFigures]:
    plan_story.play(people)
    cycle, compilation, _issued = report_story.play(people)
    return cycle, compliance.frozen(compilation)


def test_every_table_of_the_report_has_rows_a_second_run_gives_the_same_and_2008_is_tidied(
    people: People,
) -> None:
    before = transaction.savepoint()
    _cycle, figures = _played(people)
    _says_something(figures)
    assert verify().broken_at is None
    transaction.savepoint_rollback(before)
    cycle, again = _played(people)
    assert again == figures
    half_year_story.tidy(cycle, people)
    _is_tidy(cycle, people)
    assert verify().broken_at is None


def _is_tidy(quarter: Cycle, people: People) -> None:
    """Every report of 2008-Q2 is accepted; what came late stays late; nothing of 2008 waits any more."""
    live = Filing.objects.filter(report__cycle=quarter).exclude(state=FilingState.RETURNED)
    assert Counter(live.values_list("state", flat=True)) == {FilingState.ACCEPTED: 86}
    with clock.at("2008-09-01T09:00"):
        now = compliance.live(quarter, clock.now())
    assert (now.total.missing, now.total.late, now.filings_counted) == (0, 17, 86)
    with clock.at(SERVED_AT):
        titles = [
            title for role in (Role.ADMINISTRATOR, Role.REVIEWER) for title in waiting(people, "m-tttt", role)
        ]
        for agency in ("p82", "p38", "m-yt"):
            titles += waiting(people, agency, Role.EDITOR)
    assert titles  # of 2011
    assert not [one for one in titles if "2008" in one or "2009" in one]


def _says_something(figures: ComplianceFigures) -> None:
    standings = Counter(one.standing for one in figures.obligations)
    filed = figures.total.on_time + figures.total.late
    assert figures.total.obliged == 86
    assert filed >= 70
    assert standings[Standing.LATE] >= 5
    assert standings[Standing.MISSING] >= 5
    assert sum(1 for one in figures.obligations if one.returned) >= 2
    assert figures.total.nothing == 1
    assert {task.verdict for task in figures.tasks} == {"done", "late", "not_due", "undated"}
    for block in figures.money:
        total = block.total
        assert all((total.planned, total.assigned, total.released, total.disbursed))
    assert {block.programme for block in figures.money} == {"2008", "2007-2010-tien-giang"}
    assert any(target.with_data for target in figures.targets)
    assert figures.shortfalls
    assert figures.illustrative
