"""The half-year of the programme 2011-2015: who owes a report, what it asks, what comes of it."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.findings import Refused
from plans.content.assigning import withdraw_reporter
from plans.models import LineReporter, Programme
from reports.cycles.actions import open_cycle
from reports.cycles.proposals import waiting_to_open, with_unopened
from reports.figures import compliance
from reports.filing.content import read_filing
from reports.filing.form import build_form
from reports.models import Cycle, ReportLine
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said
from tests.reports.filings import People, PeopleOf, begun, filed, report_of
from tests.reports.half_year import (
    AS_OF,
    BASIS,
    CODE,
    FILED_AT,
    PROGRAMME,
    TIEN_GIANG,
    contents,
    opened,
    own_plan,
)

pytestmark = pytest.mark.django_db


# --- Opening


def test_85_agencies_owe_a_report_of_the_first_half_year(half_year: Cycle) -> None:
    found = Counter(report.agency.agency_class for report in half_year.reports.select_related("agency"))
    assert found == {"ministries": 22, "central-cities": 5, "provinces": 58}
    assert half_year.title == "6 tháng đầu năm 2011"
    window = (half_year.window_from, half_year.window_to, half_year.due_on)
    assert window == (date(2011, 1, 1), date(2011, 6, 30), date(2011, 7, 15))


@pytest.mark.parametrize("code", ["2011-Q2", "2010-H2", "2011-H3"])
def test_only_half_years_of_the_programme_are_opened(cast: Cast, code: str) -> None:
    with clock.at("2011-07-01T08:00"), pytest.raises(Refused):
        open_cycle(Programme.objects.get(code=PROGRAMME), code, actor=cast.admin)


def test_the_half_year_waits_to_be_opened_once_it_is_over_and_2008_waits_no_longer(cast: Cast) -> None:
    waiting = {
        programme.code: found.code
        for programme, periods in with_unopened(Programme.objects.all())
        if (found := waiting_to_open(periods, date(2011, 7, 1)))
    }
    assert waiting == {PROGRAMME: CODE}


def test_lines_without_a_lead_are_reported_by_those_assigned_on_the_system(half_year: Cycle) -> None:
    assigned = ReportLine.objects.filter(report__cycle=half_year, assigned=True)
    found = Counter(assigned.values_list("report__agency__key", flat=True))
    assert (found["m-yt"], found["p82"], found["p01"], sum(found.values())) == (2, 2, 0, 2 + 2 * 58)
    # Tasks keep the leads that the document prints.
    tasks = ReportLine.objects.filter(report__cycle=half_year, role="lead", assigned=False)
    per_agency = Counter(tasks.values_list("report__agency__key", flat=True))
    assert (per_agency["p82"], per_agency["m-tttt"], per_agency["m-ca"]) == (4, 4 + 21, 4 + 2)


def test_what_is_assigned_later_counts_from_the_next_period_and_what_is_withdrawn_no_more(
    cast: Cast, half_year: Cycle
) -> None:
    with clock.at("2011-08-01T09:00"):
        for reporter in LineReporter.objects.filter(agency__key="m-yt"):
            withdraw_reporter(reporter, actor=cast.admin)
    assert ReportLine.objects.filter(report=report_of(half_year, "m-yt"), assigned=True).count() == 2
    with clock.at("2012-01-02T08:00"):
        second = open_cycle(Programme.objects.get(code=PROGRAMME), "2011-H2", actor=cast.admin)
    assert not ReportLine.objects.filter(report=report_of(second, "m-yt"), assigned=True).exists()
    assert ReportLine.objects.filter(report=report_of(second, "p82"), assigned=True).count() == 2


# --- The form


def test_the_form_asks_for_article_2_the_assigned_contents_and_the_targets_of_2015(
    half_year: Cycle, staff: People
) -> None:
    content = read_filing(begun(half_year, staff, at=FILED_AT))
    assert [line.row.clause for line in content.tasks] == [f"Điều 2.1.{letter}" for letter in "abcd"]
    assert [line.row.clause for line in content.projects] == ["B.III.1", "B.III.2"]
    said_of = {(one.party.token, one.basis, one.on) for line in content.projects for one in line.assigned}
    assert said_of == {("class:provinces", BASIS, date(2011, 6, 15))}
    assert {one.year for line in content.indicators for one in line.targets} == {2015}
    assert len(content.indicators) == 8
    assert all(line.takes_sources and line.own_planned is None for line in content.projects)


def test_a_target_that_is_due_later_says_how_far_there_is_to_go(half_year: Cycle, staff: People) -> None:
    filing = begun(half_year, staff, TIEN_GIANG, at=FILED_AT)
    with override("en"):
        form = build_form(filing, read_filing(filing))
        standing = {
            line.name.partition("/")[2]: [str(one.standing) for one in line.targets]
            for line in form.sections[2].lines
        }
    assert standing["documents-exchanged-electronically"] == [
        "not due yet (31/12/2015), 12 percentage points to go"
    ]
    # The yes of one agency has no distance.
    assert standing["portal-article-28"] == ["not due yet (31/12/2015)"]


def test_the_form_says_by_which_assignment_a_content_is_asked(
    client_for: ClientFor, cast: Cast, half_year: Cycle, staff: People
) -> None:
    begun(half_year, staff, at=FILED_AT)
    address = {"programme": PROGRAMME, "cycle": CODE, "key": "p82"}
    with clock.at(FILED_AT):
        client = in_english(client_for(cast.editor))
        form = said(client.get(reverse("filing_form", kwargs=address)))
        read = said(client.get(reverse("report_detail", kwargs=address)))
    for page in (form, read):
        assert page.count(f"assigned on the system, {BASIS}, 15/06/2011") == 2
    assert "no document plans money of this year for it" in form


def test_money_is_reported_on_a_content_where_the_agency_names_a_source(
    client_for: ClientFor, cast: Cast, half_year: Cycle, staff: People
) -> None:
    filing = begun(half_year, staff, at=FILED_AT)
    row = f"projects/{contents()['B.III.1']}"
    url = reverse("filing_form", kwargs={"programme": PROGRAMME, "cycle": CODE, "key": "p82"})
    with clock.at(FILED_AT):
        client = in_english(client_for(cast.editor))
        assert f'name="{row}/NSDP-SN/assigned"' not in client.get(url).content.decode()
        posted = {"text/proposals": "Kiến nghị.", "version:text": "2", "add": row, f"source:{row}": "NSDP-SN"}
        response = client.post(url, posted, follow=True)
        body = response.content.decode()
        assert f'name="{row}/NSDP-SN/assigned"' in body
        assert "Kiến nghị." in body
        saved = client.post(
            reverse("filing_row", kwargs={"programme": PROGRAMME, "cycle": CODE, "key": "p82"}),
            {"path": f"{row}/NSDP-SN/assigned", "value": "120", "row_version": "0"},
        )
        assert saved.json()["status"] == "saved"
        assert f'name="{row}/NSDP-SN/assigned" value="120"' in client.get(url).content.decode()
        unknown = client.get(url, {"line": row, "source": "NGOAI"})
        assert "NGOAI" not in said(unknown)
    line = next(one for one in read_filing(filing).projects if one.name == row)
    assert [(one.source, one.planned, one.flows) for one in line.sources] == [
        ("NSDP-SN", None, {"assigned": Decimal(120)})
    ]


def test_a_source_is_named_only_where_no_document_plans_money(cast: Cast, q2: Cycle, staff: People) -> None:
    content = read_filing(begun(q2, staff))
    support = next(line for line in content.projects if line.row.label == "B.5")
    assert not support.takes_sources
    assert content.with_source(support.name, "ODA") == content


def test_an_own_plan_of_the_programme_is_reported_as_in_2008(cast: Cast, staff: People) -> None:
    own_plan(cast)
    cycle = opened(cast)
    content = read_filing(begun(cycle, staff, at=FILED_AT))
    assert [line.row.clause for line in content.tasks if not line.national] == ["II.1"]
    (portal,) = [line for line in content.projects if not line.national]
    assert portal.own_planned == Decimal(1500)
    assert not portal.takes_sources
    mail = next(line for line in content.indicators if line.indicator.code == "officials-using-email")
    # The national target, in words, before the own ones: this year's and the one to come.
    assert [(one.year, one.value) for one in mail.targets] == [
        (2015, None),
        (2011, Decimal(30)),
        (2015, Decimal(80)),
    ]
    said_of = {
        portal.name: {"status": "in_progress", "NSDP-TT/assigned": "1.500", "NSDP-TT/disbursed": "600"},
        "text": {"summary": "Đang triển khai.", "nothing_to_report": ""},
    }
    filed(cycle, staff, said_of, at=FILED_AT)
    (block,) = compliance.live(cycle, AS_OF).money
    assert (block.projects, len(block.contents)) == (1, 59)
    assert (block.total.planned, block.total.disbursed) == (Decimal(1500), Decimal(600))
    assert [(row.key, row.money.planned) for row in block.by_year] == [
        ("2011", Decimal(1500)),
        ("2012", Decimal(500)),
    ]


def test_reading_a_half_year_costs_the_same_for_a_province_and_a_ministry(
    half_year: Cycle, staff: People, people: PeopleOf
) -> None:
    counts = []
    for one in (staff, people("m-yt")):
        filing = begun(half_year, one, at=FILED_AT)
        with CaptureQueriesContext(connection) as captured:
            read_filing(filing)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 20
