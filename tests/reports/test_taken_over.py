"""What an ended agency owed: its successor mends and submits it, and lateness stays with who was late.

Hà Tây's report of the second quarter of 2008, returned after it had joined Hà Nội.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, MovePeople, Rename
from agencies.models import Agency, AuditEntry, Membership, Role
from core import clock
from core.findings import NotAllowed
from reports.cycles.actions import open_cycle
from reports.cycles.timeliness import Standing, timeliness_of
from reports.filing.actions import (
    accept_filing,
    begin_filing,
    hand_over_filing,
    return_filing,
    submit_filing,
)
from reports.filing.band import band_of
from reports.filing.checks import last_filing
from reports.filing.content import read_filing
from reports.filing.editing import save_rows
from reports.models import Cycle, Filing, Report, ReportLine
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said
from tests.reports.filings import LETTER, SAYS, People, PeopleOf, filed, report_of

pytestmark = pytest.mark.django_db

PAGE = "/reports/2008/2008-Q2/agencies/p28/"
FORM = f"{PAGE}form/"
BASIS = Basis("1/NQ", date(2008, 8, 1))
MENDED = "Thành phố Hà Nội báo cáo thay tỉnh Hà Tây."


@pytest.fixture
def returned(cast: Cast, q2: Cycle, people: PeopleOf) -> Filing:
    """Filed by Hà Tây on 20/07/2008, five days late; returned on 05/08/2008, when it was Hà Nội's."""
    filing = filed(q2, people("p28"), at="2008-07-20T09:00")
    with clock.at("2008-08-05T09:00"):
        return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu.")
    return Filing.objects.select_related("report__agency", "report__cycle__programme").get(
        report=filing.report, number=2
    )


@pytest.fixture
def august() -> Iterator[object]:
    with clock.at("2008-08-06T09:00") as moment:
        yield moment


@pytest.fixture
def ha_noi(people: PeopleOf) -> People:
    return people("p01")


def mended(filing: Filing, staff: People) -> Filing:
    save_rows(filing, {"text": {"summary": MENDED, "nothing_to_report": "1"}}, actor=staff.editor)
    hand_over_filing(filing, actor=staff.editor)
    return submit_filing(filing, actor=staff.approver, letter=LETTER)


class TestHaTay:
    def test_ha_noi_mends_and_submits_and_lateness_stays(
        self, returned: Filing, ha_noi: People, august: object
    ) -> None:
        submitted = mended(returned, ha_noi)
        report = Report.objects.select_related("agency", "cycle").get(pk=returned.report_id)
        assert report.agency.key == "p28"
        judged = timeliness_of(report, clock.now())
        assert (judged.standing, judged.days) == (Standing.LATE, 5)
        assert submitted.submitted_by == ha_noi.approver.user
        assert submitted.summary == MENDED

    def test_the_record_names_the_people_of_ha_noi(
        self, returned: Filing, ha_noi: People, august: object
    ) -> None:
        mended(returned, ha_noi)
        entries = AuditEntry.objects.order_by("-sequence").select_related("user", "agency")[:2]
        assert [(one.verb, one.user, one.agency and one.agency.key) for one in entries] == [
            ("submit", ha_noi.approver.user, "p01"),
            ("hand_over", ha_noi.editor.user, "p01"),
        ]

    @pytest.mark.parametrize("who", ["p01", "p28"])
    def test_four_eyes_hold_for_the_people_of_both(
        self, cast: Cast, returned: Filing, ha_noi: People, people: PeopleOf, august: object, who: str
    ) -> None:
        submitted = mended(returned, ha_noi)
        drafted = people(who).editor.user
        reviewer = Membership.objects.create(user=drafted, agency=cast.reviewer.agency, role=Role.REVIEWER)
        with pytest.raises(NotAllowed):
            accept_filing(submitted, actor=reviewer)
        accept_filing(submitted, actor=cast.reviewer)

    def test_before_the_day_it_is_none_of_ha_nois_business(
        self, q2: Cycle, people: PeopleOf, client_for: ClientFor
    ) -> None:
        with clock.at("2008-07-31T09:00"):
            begin_filing(report_of(q2, "p28"), actor=people("p28").editor)
            assert client_for(people("p01").editor).get(PAGE).status_code == 404
            assert client_for(people("p28").editor).get(PAGE).status_code == 200

    def test_the_people_of_ha_tay_are_told_what_became_of_it(
        self, returned: Filing, people: PeopleOf, client_for: ClientFor, august: object
    ) -> None:
        answer = in_english(client_for(people("p28").editor)).get(FORM)
        assert answer.status_code == 403
        words = said(answer)
        assert "Your agency has ended" in words
        assert "Tỉnh Hà Tây : taken over by Thành phố Hà Nội from 01/08/2008" in words

    def test_moved_to_ha_noi_they_go_on_with_it(
        self, cast: Cast, returned: Filing, people: PeopleOf, client_for: ClientFor, august: object
    ) -> None:
        people("p28")
        change_agencies(MovePeople(Agency.objects.get(key="p28")), actor=cast.admin)
        editor = Membership.objects.get(user=people("p28").editor.user, agency__key="p01", role=Role.EDITOR)
        assert client_for(editor).get(FORM).status_code == 200

    def test_the_form_asks_for_the_lines_of_ha_tay(
        self, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        asked = {one.row.line for one in read_filing(returned).projects if one.national}
        fixed = ReportLine.objects.filter(report=returned.report, role="lead", line__kind="project")
        assert asked == set(fixed.values_list("line_id", flat=True))
        assert any(one.share == Decimal(1100) for one in read_filing(returned).projects)
        assert client_for(ha_noi.editor).get(FORM).status_code == 200

    def test_a_form_that_ha_noi_posts_is_saved(
        self, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        posted = {
            "line": "text",
            "path": "text/summary",
            "value": MENDED,
            "row_version": returned.row_version,
        }
        assert client_for(ha_noi.editor).post(f"{FORM}row/", posted).json()["status"] == "saved"

    def test_pages_say_whose_it_was_and_whose_turn_it_is(
        self, cast: Cast, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        page = said(in_english(client_for(ha_noi.editor)).get(PAGE))
        assert "Tỉnh Hà Tây : taken over by Thành phố Hà Nội from 01/08/2008" in page
        lead = said(in_english(client_for(cast.reviewer)).get("/reports/2008/2008-Q2/?q=ha+tay"))
        assert "Tỉnh Hà Tây taken over by Thành phố Hà Nội from 01/08/2008" in lead
        band = band_of(returned.report, returned, ha_noi.editor)
        assert band.mine
        assert "Hà Nội" in str(band.turn)
        assert "Hà Tây" in str(band.turn)

    def test_it_stands_on_ha_nois_work_list_named_so(
        self, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        answer = in_english(client_for(ha_noi.editor)).get("/")
        assert "taken over from Tỉnh Hà Tây" in said(answer)
        assert FORM in links(answer)

    def test_lists_of_periods_show_both_reports(
        self, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        client = in_english(client_for(ha_noi.editor))
        for url in ("/reports/", "/reports/2008/2008-Q2/"):
            answer = client.get(url)
            assert PAGE in links(answer)
            assert "/reports/2008/2008-Q2/agencies/p01/" in links(answer)
            assert "taken over from Tỉnh Hà Tây" in said(answer)

    def test_the_page_of_ha_noi_counts_it_apart(
        self, cast: Cast, returned: Filing, ha_noi: People, client_for: ClientFor, august: object
    ) -> None:
        page = said(in_english(client_for(cast.reviewer)).get("/agencies/p01/"))
        # Owed, on time, late, not filed, not due yet, exempt
        assert "Thành phố Hà Nội 1 0 0 1 0 0 taken over from Tỉnh Hà Tây 1 0 1 0 0 0" in page


class TestTheNextPeriod:
    @pytest.fixture
    def q3(self, cast: Cast, q2: Cycle) -> Cycle:
        with clock.at("2008-10-01T08:00"):
            return open_cycle(q2.programme, "2008-Q3", actor=cast.admin)

    def test_the_ended_one_is_not_asked_and_its_successor_is_asked_for_both(self, q3: Cycle) -> None:
        assert not q3.reports.filter(agency__key="p28").exists()
        shares = ReportLine.objects.filter(report=report_of(q3, "p01"), share__isnull=False)
        assert [one.share for one in shares] == [Decimal(1100)]

    def test_a_renamed_agency_sees_what_it_reported_last_under_its_old_name(
        self, cast: Cast, q2: Cycle, people: PeopleOf
    ) -> None:
        filed(q2, people("p40"))
        with clock.at("2008-07-20T09:00"):
            rename = Rename(Agency.objects.get(key="p40"), "Tỉnh Lam Giang", "", BASIS)
            change_agencies(rename, actor=cast.admin, with_people=True)
        with clock.at("2008-10-01T08:00"):
            q3 = open_cycle(q2.programme, "2008-Q3", actor=cast.admin)
            staff = people("tinh-lam-giang")
            draft = begin_filing(report_of(q3, "tinh-lam-giang"), actor=staff.editor)
            last = last_filing(draft)
        assert last is not None
        assert (last.report.agency.key, last.summary) == ("p40", SAYS)
        assert report_of(q3, "tinh-lam-giang").lines.count() == report_of(q2, "p40").lines.count()


def test_a_list_of_periods_costs_at_most_twelve_queries_with_what_was_taken_over(
    returned: Filing, ha_noi: People, client_for: ClientFor, august: object
) -> None:
    client = client_for(ha_noi.editor)
    for url in ("/reports/", "/reports/2008/2008-Q2/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) <= 12, url
