"""The story of 2011: what it leaves behind, and what then waits for whom."""

from collections import Counter

import pytest
from django.db import transaction

from agencies.audit import verify
from agencies.models import Role
from core import clock
from plans.models import LineReporter
from reports.cycles.timeliness import Standing
from reports.figures import compliance
from reports.figures.freezing import freeze
from scenario import half_year_story, story
from scenario.half_year_story import ASSIGNED, BASIS, HALF_YEAR
from scenario.people import People
from tests.scenario.waiting import SERVED_AT, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


def test_the_half_year_is_assigned_filed_compiled_and_issued_and_a_second_run_gives_the_same() -> None:
    people = story.people_of(HALF_YEAR, password="x")
    before = transaction.savepoint()
    half_year = story.HalfYear(people, *half_year_story.play_half_year(people))
    _what_2011_left(half_year)
    with clock.at(SERVED_AT):
        _what_waits(people)
    assert verify().broken_at is None
    figures = freeze(compliance.frozen(half_year.compilation))
    transaction.savepoint_rollback(before)
    _cycle, compilation, _issued = half_year_story.play_half_year(people)
    assert freeze(compliance.frozen(compilation)) == figures


def _what_2011_left(half_year: story.HalfYear) -> None:
    figures = compliance.frozen(half_year.compilation)
    standings = Counter(one.standing for one in figures.obligations)
    assert standings == {Standing.ON_TIME: 68, Standing.LATE: 9, Standing.MISSING: 8}
    assert sum(1 for one in figures.obligations if one.returned) == 3
    assert (figures.total.nothing, figures.illustrative) == (1, True)
    assert [one.number for one in half_year.issued] == ["02/BC-MH"] * 2
    assert all(not one.signer and one.illustrative for one in half_year.issued)
    assert {task.verdict for task in figures.tasks} == {"done", "undated", "unassigned"}
    (block,) = figures.money
    assert (len(block.contents), sum(row.silent for row in block.content_groups)) == (59, 7)
    assert any(one.money.assigned for one in block.contents)
    assert {one.attainment for one in figures.targets} == {"not_due", "not_applicable", "unassigned"}
    assert all(reporter.basis == BASIS for reporter in LineReporter.objects.all())
    assert LineReporter.objects.count() == sum(len(clauses) for clauses in ASSIGNED.values())
    assert "minh họa" in BASIS


def _what_waits(people: People) -> None:
    """What an office would see on the day."""
    assert not [one for one in waiting(people, "m-tttt", Role.ADMINISTRATOR) if "2011" in one]
    (title,) = waiting(people, "m-tttt", Role.REVIEWER)
    assert "6 tháng đầu năm 2011" in title
    reports = [title for title in waiting(people, "p40", Role.EDITOR) if "6 tháng" in title]
    assert len(reports) == 1  # Nghệ An has not filed
