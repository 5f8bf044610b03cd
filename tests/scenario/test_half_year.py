"""The story of 2011: what it tidies of 2008, what it leaves behind, and what then waits for whom."""

from collections import Counter

import pytest
from django.db import transaction

from agencies.audit import verify
from agencies.models import Membership, Role
from agencies.worklist import items
from core import clock
from plans.models import LineReporter
from reports.cycles.timeliness import Standing
from reports.figures import compliance
from reports.figures.freezing import freeze
from reports.models import Cycle, Filing, FilingState
from scenario import half_year_story, report_story, story
from scenario.half_year_story import ASSIGNED, BASIS, HALF_YEAR
from scenario.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

SERVED_AT = "2011-08-04T09:00"


def waiting(people: People, agency: str, role: Role) -> list[tuple[str, str]]:
    """Title and state of what the person has to do at the moment."""
    one = Membership.objects.select_related("user", "agency").get(pk=people.of(agency, role).pk)
    return [(str(item.title), str(item.state)) for item in items(one) if item.mine]


def test_the_half_year_is_played_after_a_tidy_2008_and_a_second_run_gives_the_same() -> None:
    quarter, _compilation, _issued = report_story.play(story.people_of_2008(password="x"))
    half_year_story.tidy(quarter, story.people_of_2008(password="x"))
    people = story.people_of(HALF_YEAR, password="x")
    before = transaction.savepoint()
    half_year = story.HalfYear(people, *half_year_story.play_half_year(people))
    _what_2008_left(quarter)
    _what_2011_left(half_year)
    with clock.at(SERVED_AT):
        _what_waits(half_year)
    assert verify().broken_at is None
    figures = freeze(compliance.frozen(half_year.compilation))
    transaction.savepoint_rollback(before)
    _cycle, compilation, _issued = half_year_story.play_half_year(people)
    assert freeze(compliance.frozen(compilation)) == figures


def _what_2008_left(quarter: Cycle) -> None:
    """Every report of 2008-Q2 is accepted; what came late stays late."""
    live = Filing.objects.filter(report__cycle=quarter).exclude(state=FilingState.RETURNED)
    assert Counter(live.values_list("state", flat=True)) == {FilingState.ACCEPTED: 86}
    with clock.at("2008-09-01T09:00"):
        now = compliance.live(quarter, clock.now())
    assert (now.total.missing, now.total.late, now.filings_counted) == (0, 17, 86)


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


def _what_waits(half_year: story.HalfYear) -> None:
    """Nothing of 2008 waits any more; of 2011 what an office would see on the day."""
    people = half_year.people
    assert waiting(people, "m-tttt", Role.ADMINISTRATOR) == []
    ((title, _state),) = waiting(people, "m-tttt", Role.REVIEWER)
    assert "6 tháng đầu năm 2011" in title
    for agency in ("p82", "p38", "m-yt"):
        titles = [title for title, _state in waiting(people, agency, Role.EDITOR)]
        assert not [one for one in titles if "2008" in one or "2009" in one]
    reports = [title for title, _state in waiting(people, "p40", Role.EDITOR) if "6 tháng" in title]
    assert len(reports) == 1  # Nghệ An has not filed
