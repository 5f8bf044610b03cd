"""The list of periods, their opening, and the page of one: what each side sees, filters and takes away."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.figures.tiles import tiles
from reports.filing.actions import accept_filing, return_filing
from reports.models import Cycle
from tests.cast import Cast
from tests.prepared import prepared
from tests.reading import ClientFor, in_english, links, said
from tests.reports.filings import People, PeopleOf, filed, people_of, quarter, report_of

pytestmark = pytest.mark.django_db
PERIOD = ["2008", "2008-Q2"]
AT = "2008-07-18T14:05"


@prepared
def collected_quarter(cast: Cast) -> None:
    q2 = quarter()
    tien_giang = filed(q2, People(cast.editor, cast.approver))
    nghe_an = filed(q2, People(cast.other_editor, cast.other_approver))
    filed(q2, people_of("p89"), at="2008-07-17T09:00")
    with clock.at("2008-07-12T09:00"):
        accept_filing(tien_giang, actor=cast.reviewer)
        return_filing(nghe_an, actor=cast.reviewer, reason="Thiếu.")


@pytest.fixture
def collected(q2: Cycle, collected_quarter: None) -> Cycle:
    """Tiền Giang accepted, Nghệ An returned, An Giang late; three days after the deadline."""
    return q2


def cycle_page(client_for: ClientFor, cast: Cast, character: str = "reviewer", query: str = "") -> str:
    with clock.at(AT):
        client = in_english(client_for(getattr(cast, character)))
        return said(client.get(reverse("cycle_detail", args=PERIOD) + query))


def test_the_band_says_how_far_the_period_is(client_for: ClientFor, cast: Cast, collected: Cycle) -> None:
    page = cycle_page(client_for, cast)
    assert "due 15/07/2008 (3 days overdue)" in page
    assert "86 agencies owe a report · figures as of 18/07/2008 14:05" in page
    assert "Compile…" in page


def test_the_table_counts_by_class(client_for: ClientFor, cast: Cast, collected: Cycle) -> None:
    page = cycle_page(client_for, cast)
    assert "Ministries and ministerial-level agencies 22 0 0 22 0,0 %" in page
    assert "Provinces 59 2 1 56 3,4 %" in page
    assert "Total 86 2 1 83 2,3 %" in page


def test_every_province_has_a_tile_that_leads_to_its_report(
    client_for: ClientFor, cast: Cast, collected: Cycle
) -> None:
    with clock.at(AT):
        response = client_for(cast.reviewer).get(reverse("cycle_detail", args=PERIOD))
    drawn = response.content.decode()
    provinces = [tile for tile in tiles() if not tile.archipelago]
    assert len(provinces) == 64
    found = links(response)
    for tile in provinces:
        assert reverse("report_detail", args=[*PERIOD, tile.key]) in found
    assert "Quần đảo Hoàng Sa (Đà Nẵng)" in drawn
    assert "Quần đảo Trường Sa (Khánh Hòa)" in drawn


def test_the_map_says_what_it_shows_and_has_a_table(
    client_for: ClientFor, cast: Cast, collected: Cycle
) -> None:
    page = cycle_page(client_for, cast)
    assert "Hoàng Sa belongs to Đà Nẵng, that of Trường Sa to Khánh Hòa" in page
    assert "2 on time, 1 late, 61 not filed." in page
    assert "Show as a table" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=tien+giang", "1 of 86 agencies"),
        ("?q=TIỀN GIANG", "1 of 86 agencies"),
        ("?agency_class=ministries", "22 of 86 agencies"),
        ("?standing=late", "1 of 86 agencies"),
        ("?standing=missing&agency_class=provinces", "56 of 86 agencies"),
        ("?state=accepted", "1 of 86 agencies"),
        ("?state=returned", "1 of 86 agencies"),
        ("?state=submitted", "1 of 86 agencies"),
        ("?state=nothing", "2 of 86 agencies"),
        ("?q=zzz", "0 of 86 agencies"),
        ("?standing=stolen", "86 agencies"),
        ("?page=99", "86 agencies"),
    ],
)
def test_the_list_is_narrowed_in_the_address(
    client_for: ClientFor, cast: Cast, collected: Cycle, query: str, shown: str
) -> None:
    assert shown in cycle_page(client_for, cast, query=query)


def test_the_sheet_holds_what_the_filters_leave(client_for: ClientFor, cast: Cast, collected: Cycle) -> None:
    with clock.at(AT):
        url = reverse("obligation_export", args=PERIOD)
        response = client_for(cast.reviewer).get(f"{url}?agency_class=provinces&standing=late")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    names = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "Tỉnh An Giang" in names
    assert "Tỉnh Tiền Giang" not in names


def test_an_agency_sees_its_own_report_and_no_others(
    client_for: ClientFor, cast: Cast, collected: Cycle
) -> None:
    page = cycle_page(client_for, cast, "editor")
    assert "on time" in page
    assert "Nghệ An" not in page
    assert "86" not in page


def test_the_list_of_periods_shows_how_the_own_agency_stands(
    client_for: ClientFor, cast: Cast, collected: Cycle
) -> None:
    with clock.at(AT):
        own = said(in_english(client_for(cast.editor)).get(reverse("cycle_list")))
        lead = said(in_english(client_for(cast.reviewer)).get(reverse("cycle_list")))
    assert "1 period" in own
    assert "Quý II năm 2008" in own
    assert "on time" in own
    assert "not filed, 3 days overdue" in lead
    assert "86 3" in lead  # obliged and filed are the lead's to see
    assert ("Acts on many agencies" in lead, "Acts on many agencies" in own) == (True, False)


def test_pages_cost_the_same_however_many_rows(
    client_for: ClientFor, cast: Cast, q2: Cycle, people: PeopleOf, programme: Programme
) -> None:
    def costs() -> list[int]:
        found = []
        for character, url in (
            ("reviewer", reverse("cycle_detail", args=PERIOD)),
            ("editor", reverse("cycle_detail", args=PERIOD)),
            ("lead_editor", reverse("cycle_detail", args=PERIOD)),
            ("admin", reverse("cycle_detail", args=PERIOD)),
            ("reviewer", reverse("cycle_list")),
            ("viewer", reverse("cycle_list")),
            ("editor", reverse("cycle_list")),
            ("reviewer", reverse("compilation_list")),
        ):
            client = client_for(getattr(cast, character))
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    with clock.at("2008-10-20T09:00"):
        filed(q2, People(cast.editor, cast.approver))
        before = costs()
        for key in ("p89", "p91", "m-qp", "m-tc", "p40"):
            filed(q2, people(key), at="2008-07-18T09:00")
        open_cycle(programme, "2008-Q3", actor=cast.admin)
        assert costs() == before
        assert max(before) <= 12, before


class TestOpening:
    URL = "/reports/open/?programme=2008"

    def test_the_next_period_is_proposed_with_its_deadline_and_agencies(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        with clock.at("2008-07-01T08:00"):
            response = in_english(client_for(cast.admin)).get(self.URL)
        page = said(response)
        assert "Quý II năm 2008 01/04/2008–30/06/2008" in page
        assert 'value="15/07/2008"' in response.content.decode()
        assert "Total 86" in page
        assert "“Báo cáo tình hình thực hiện Kế hoạch năm 2008” (IV.2.a, 43/2008/QĐ-TTg)" in page
        assert "No document prints the deadline." in page

    def test_a_programme_without_a_regime_has_no_regular_periods(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        page = said(in_english(client_for(cast.admin)).get("/reports/open/?programme=2009-2010"))
        assert "No reporting regime of the programme states a frequency." in page

    def test_opening_leads_to_the_period(self, client_for: ClientFor, cast: Cast) -> None:
        with clock.at("2008-07-01T08:00"):
            client = in_english(client_for(cast.admin))
            response = client.post(
                self.URL, {"code": "2008-Q2", "due_on": "20/07/2008", "basis": "QĐ 43"}, follow=True
            )
        assert "86 agencies owe a report" in said(response)
        opened = Cycle.objects.get()
        assert (opened.code, str(opened.due_on), opened.illustrative) == ("2008-Q2", "2008-07-20", False)

    @pytest.mark.parametrize("due", ["", "2008-07-20", "31/06/2008", "30/06/2008"])
    def test_a_deadline_that_makes_no_sense_is_shown_at_its_field(
        self, client_for: ClientFor, cast: Cast, due: str
    ) -> None:
        with clock.at("2008-07-01T08:00"):
            response = client_for(cast.admin).post(self.URL, {"code": "2008-Q2", "due_on": due})
        assert response.status_code == 422
        assert not Cycle.objects.exists()

    def test_an_ad_hoc_report_is_opened_for_the_ticked_agencies(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        posted = {
            "title": "Báo cáo đột xuất",
            "first": "01/05/2008",
            "last": "31/05/2008",
            "due_on": "",
            "basis": "Công văn 900",
            "agencies": ["p82", "m-tc"],
        }
        with clock.at("2008-06-02T08:00"):
            client = client_for(cast.admin)
            assert client.post(f"{self.URL}&kind=ad-hoc", posted | {"agencies": []}).status_code == 422
            assert client.post(f"{self.URL}&kind=ad-hoc", posted).status_code == 302
        opened = Cycle.objects.get()
        assert (opened.code, opened.ad_hoc, opened.reports.count()) == ("2008-A1", True, 2)

    def test_a_period_opened_twice_says_so(self, client_for: ClientFor, cast: Cast, q2: Cycle) -> None:
        with clock.at("2008-07-02T08:00"):
            response = in_english(client_for(cast.admin)).post(
                self.URL, {"code": "2008-Q2", "due_on": "15/07/2008"}
            )
        assert response.status_code == 422
        assert "is open already" in said(response)


def test_granting_more_time_is_a_form_with_its_document(client_for: ClientFor, cast: Cast, q2: Cycle) -> None:
    url = reverse("filing_act", args=[*PERIOD, "p82", "extend"])
    with clock.at("2008-07-14T09:00"):
        client = client_for(cast.reviewer)
        assert client.get(url).status_code == 200
        paper = {"document": "1021/BTTTT", "document_on": "14/07/2008"}
        assert client.post(url, {"to": "20/07/2008", "document": "1021/BTTTT"}).status_code == 422
        for wrong, field in (({"to": "15/07/2008"}, "to"), ({"document_on": "15/07/2008"}, "document_on")):
            refused = client.post(url, {"to": "20/07/2008", **paper, **wrong})
            assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
        assert client.post(url, {"to": "20/07/2008", **paper}).status_code == 302
    report = report_of(q2, "p82")
    assert (str(report.extended_to), report.extension_document) == ("2008-07-20", "1021/BTTTT")
    page = said(in_english(client).get(reverse("report_detail", args=[*PERIOD, "p82"])))
    assert "to 20/07/2008, by 1021/BTTTT of 14/07/2008" in page
