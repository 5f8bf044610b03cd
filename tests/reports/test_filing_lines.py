"""What a report asks: own lines, the national lines that the agency leads, last period's values beside."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.filing.actions import accept_filing, begin_filing
from reports.filing.content import read_filing
from reports.filing.form import build_form
from reports.models import Cycle
from tests.cast import Cast
from tests.reports.filings import People, PeopleOf, answers, begun, filed, report_of


def test_tien_giang_reports_on_six_own_projects_with_money_of_2008(cast: Cast, q2: Cycle) -> None:
    content = read_filing(begun(q2, People(cast.editor, cast.approver)))
    own = [line for line in content.projects if not line.national]
    assert len(own) == 6
    assert sum((line.own_planned or 0 for line in own), Decimal(0)) == Decimal(7995)
    assert {line.plan.code for line in own} == {"605-qd-ubnd"}


def test_tien_giang_reports_on_its_share_of_the_support_to_provinces(cast: Cast, q2: Cycle) -> None:
    content = read_filing(begun(q2, People(cast.editor, cast.approver)))
    (support,) = [line for line in content.projects if line.national]
    assert support.row.label == "B.5"
    assert (support.share, support.own_planned) == (Decimal(1100), Decimal(1100))


def test_a_group_line_without_a_share_has_no_plan_of_ones_own(cast: Cast, q2: Cycle) -> None:
    content = read_filing(begun(q2, People(cast.other_editor, cast.other_approver)))
    pilot = next(line for line in content.projects if line.row.label == "A.1")
    assert pilot.group_line
    assert pilot.own_planned is None


def test_every_target_of_the_year_and_later_stands_beside_its_indicator_the_national_first(
    cast: Cast, q2: Cycle
) -> None:
    content = read_filing(begun(q2, People(cast.editor, cast.approver)))
    mail = next(line for line in content.indicators if line.indicator.code == "officials-using-email")
    assert [(one.year, one.value) for one in mail.targets] == [
        (2008, Decimal(30)),
        (2008, Decimal(20)),
        (2009, Decimal(45)),
        (2010, Decimal(70)),
    ]
    of_the_year = [line for line in content.indicators if line.targets[0].year == 2008]
    assert (len(of_the_year), len(content.indicators)) == (13, 26)


def test_the_questions_cost_the_same_for_a_ministry_with_forty_lines(
    cast: Cast, q2: Cycle, people: PeopleOf
) -> None:
    counts = []
    for staff in (People(cast.editor, cast.approver), people("m-tc")):
        filing = begun(q2, staff)
        with CaptureQueriesContext(connection) as captured:
            content = read_filing(filing)
        counts.append(len(captured))
        assert len(content.tasks) + len(content.projects) >= 15
    assert counts[0] == counts[1]
    assert counts[0] <= 18
    # The lead has succeeded another ministry: whose plans and names are its own costs two more.
    filing = begun(q2, people("m-tttt"))
    with CaptureQueriesContext(connection) as captured:
        assert len(read_filing(filing).tasks) >= 30
    assert len(captured) <= 20


def test_the_next_report_shows_what_counted_in_the_last(cast: Cast, programme: Programme, q2: Cycle) -> None:
    staff = People(cast.editor, cast.approver)
    filing = filed(q2, staff, answers(q2, staff))
    with clock.at("2008-07-11T09:00"):
        accept_filing(filing, actor=cast.reviewer)
    with clock.at("2008-10-01T08:00"):
        q3 = open_cycle(programme, "2008-Q3", actor=cast.admin)
        draft = begin_filing(report_of(q3, "p82"), actor=cast.editor)
    form = build_form(draft, read_filing(draft), read_filing(filing))
    tasks, projects, indicators = form.sections
    assert tasks.lines[0].fields["status"].value == ""
    assert "20/06/2008" in tasks.lines[0].last
    portal = next(line for line in projects.lines if line.content.row.label == "I.1")
    ((source, fields),) = portal.money
    assert source.source == "NSDP-TT"
    assert [field.last for field in fields] == ["1.000", "", "500", ""]
    mail = next(line for line in indicators.lines if line.name == "indicators/officials-using-email")
    assert mail.last == "45,0 % (45/100)"
    assert mail.goal == Decimal(30)


def test_a_ministry_with_many_lines_opens_only_where_something_is_next(q2: Cycle, people: PeopleOf) -> None:
    filing = begun(q2, people("m-tttt"))
    form = build_form(filing, read_filing(filing))
    tasks = form.sections[0]
    assert len(tasks.lines) > 12
    assert [group.is_open for group in tasks.groups] == [True] + [False] * (len(tasks.groups) - 1)
    assert tasks.groups[0].heading.startswith("II.1.")
