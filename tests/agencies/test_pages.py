"""The pages of agencies: the list as of a day, one agency, and for whom one acts."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.models import Agency, Membership, Role
from plans.content.actions import create_plan
from plans.models import Programme
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

LIST = "/agencies/"


def keys(response: object) -> list[str]:
    return [agency.key for agency in response.context["page"].object_list]  # type: ignore[attr-defined]


def count_of(client_for: ClientFor, cast: Cast, **filters: str) -> int:
    response = client_for(cast.viewer).get(LIST, filters)
    return int(response.context["page"].paginator.count)


@pytest.mark.parametrize(
    ("agency_class", "day", "count"),
    [
        ("ministries", "24/03/2008", 22),
        ("provinces", "24/03/2008", 59),
        ("central-cities", "24/03/2008", 5),
        ("provinces", "02/08/2008", 58),  # without Hà Tây
        ("provinces", "02/07/2025", 28),
    ],
)
def test_the_list_is_that_of_a_day_and_class(
    client_for: ClientFor, cast: Cast, agency_class: str, day: str, count: int
) -> None:
    assert count_of(client_for, cast, agency_class=agency_class, on=day) == count


def test_without_a_day_the_list_is_that_of_today(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = in_english(client_for(cast.viewer)).get(LIST)
    assert "Agencies that exist on 20/06/2008" in said(response)


def test_a_day_in_another_notation_is_refused_with_the_remedy(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = in_english(client_for(cast.viewer)).get(LIST, {"on": "2008-08-01"})
    assert "“2008-08-01” begins with the year. Write day/month/year, as in 07/03/2008." in said(response)


@pytest.mark.parametrize("words", ["dak lak", "Đắk Lắk", "ĐẮK LẮK", "đăk lăk"])
def test_names_are_found_without_diacritics(
    client_for: ClientFor, cast: Cast, june_2008: object, words: str
) -> None:
    assert keys(client_for(cast.viewer).get(LIST, {"q": words})) == ["p66"]


def test_provinces_stand_in_vietnamese_order(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    response = client_for(cast.viewer).get(LIST, {"agency_class": "provinces"})
    names = [agency.short_name for agency in response.context["page"].object_list]
    wanted = ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Cà Mau", "Đắk Lắk", "Hà Giang"]
    assert [name for name in names if name in wanted] == wanted


def test_fifty_stand_on_a_page_and_filters_stay_in_its_links(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    first = client.get(LIST, {"agency_class": "provinces"})
    assert len(keys(first)) == 50
    assert "59 agencies" in said(first)
    onward = next(link for link in links(first) if "page=2" in link)
    assert "agency_class=provinces" in onward
    assert len(keys(client.get(LIST + onward))) == 9


@pytest.mark.parametrize("view", ["", "tree"])
@pytest.mark.parametrize("who", ["editor", "reviewer", "admin", "viewer"])
def test_list_and_tree_cost_at_most_twelve_queries_however_long(
    client_for: ClientFor, cast: Cast, june_2008: object, view: str, who: str
) -> None:
    counts = []
    for filters in ({"q": "dak lak"}, {"q": "tinh"}):
        client = client_for(getattr(cast, who))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, filters | {"view": view})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_list_costs_at_most_twelve_queries_however_long(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    counts = []
    for filters in ({"q": "dak lak"}, {}):
        client = client_for(cast.editor)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, filters)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_list_without_a_match_says_what_to_take_out(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    assert "No agency matches" in said(in_english(client_for(cast.viewer)).get(LIST, {"q": "khong co"}))


def test_an_agency_shows_period_successor_units_and_the_lists_that_name_it(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = in_english(client_for(cast.viewer)).get(f"{LIST}p82/")
    words = said(response)
    assert "until 30/06/2025" in words
    assert "Successor Tỉnh Đồng Tháp merged, from 01/07/2025" in words
    assert "Sở Bưu chính, Viễn thông tỉnh Tiền Giang" in words
    assert "43/2008/QĐ-TTg, Phụ lục III" in words
    assert "Mỹ Tho" in words
    assert "/plans/605-qd-ubnd/1/" in links(response)


def test_an_agency_that_ended_names_what_it_became(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    assert "Successor Thành phố Hà Nội merged, from 01/08/2008" in said(client.get(f"{LIST}p28/"))
    assert "Predecessor Tỉnh Hà Tây merged, from 01/08/2008" in said(client.get(f"{LIST}p01/"))


def test_a_list_that_no_document_prints_is_marked_so(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    words = said(in_english(client_for(cast.viewer)).get(f"{LIST}p02/"))
    assert "no document prints the list" in words
    assert "derived" in words


def test_only_visible_plans_stand_on_an_agencys_page(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    draft = "/plans/2009-2010-tien-giang/1/"
    assert draft in links(client_for(cast.editor).get(f"{LIST}p82/"))
    assert draft not in links(client_for(cast.other_editor).get(f"{LIST}p82/"))


def test_an_unknown_agency_is_not_found(client_for: ClientFor, cast: Cast) -> None:
    assert client_for(cast.viewer).get(f"{LIST}p999/").status_code == 404


def test_one_chooses_for_whom_one_acts(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    second = Membership.objects.create(
        user=cast.editor.user, agency=Agency.objects.get(key="p40"), role=Role.APPROVER
    )
    client = client_for(cast.editor)
    assert client.post("/act-as/", {"membership": second.pk})["Location"] == "/"
    assert client.get("/").context["acting"] == second


@pytest.mark.parametrize("wanted", ["", "x", "0"])
def test_another_persons_membership_cannot_be_chosen(
    client_for: ClientFor, cast: Cast, june_2008: object, wanted: str
) -> None:
    client = client_for(cast.editor)
    for membership in (wanted, str(cast.reviewer.pk)):
        assert client.post("/act-as/", {"membership": membership}).status_code == 404
    assert client.get("/").context["acting"] == cast.editor
    assert client.get("/act-as/").status_code == 405


def test_an_address_that_takes_no_such_request_says_what_it_takes(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.editor))
    answer = client.get("/act-as/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "only takes what a form of the portal sends" in said(answer)
    assert 'href="/"' in answer.content.decode()
    answer = client.post("/open-data/projects.csv")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "What was sent was not taken." in said(answer)
    assert "Ở đây không có trang để mở" in said(Client().get("/account/sessions/end-others/"))


def test_nobody_changes_the_sign_in_address_or_signs_up(client_for: ClientFor, cast: Cast) -> None:
    assert client_for(cast.editor).get("/accounts/email/").status_code == 404
    closed = Client().get("/accounts/signup/")
    assert closed.status_code == 200
    assert b'type="password"' not in closed.content


def test_the_list_leaves_as_a_workbook_in_vietnamese(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.editor))
    answer = client.get("/agencies/export.xlsx?agency_class=central-cities")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Cơ quan" in cells
    assert (
        sum(1 for cell in cells if str(cell).startswith("Thành phố ") and "trực thuộc" not in str(cell)) == 5
    )
