"""Agencies through time on their pages: the tree of a day, parent and units of a day, successors."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core import clock
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

LIST = "/agencies/"


def heads(response: object) -> dict[str, int]:
    """The heads of the tree with their counts."""
    branches = response.context["branches"]  # type: ignore[attr-defined]
    return {str(branch.key): branch.count for branch in branches}


@pytest.mark.parametrize(
    ("day", "ministries", "provinces"),
    [("24/03/2008", 22, 64), ("01/08/2008", 22, 63), ("01/07/2025", 17, 34)],
)
def test_the_tree_is_that_of_a_day_with_its_counts(
    client_for: ClientFor, cast: Cast, june_2008: object, day: str, ministries: int, provinces: int
) -> None:
    response = in_english(client_for(cast.viewer)).get(LIST, {"view": "tree", "on": day})
    found = heads(response)
    assert (found["ministries"], found["provinces-and-cities"]) == (ministries, provinces)
    assert f"Provinces and centrally-run cities {provinces}" in said(response)


def test_a_filtered_tree_shows_what_matches_unfolded_under_what_it_belongs_to(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = in_english(client_for(cast.viewer)).get(LIST, {"view": "tree", "q": "so noi vu"})
    words = said(response)
    assert "Sở Nội vụ tỉnh Tiền Giang" in words
    assert "Tỉnh Tiền Giang 82 · 1 unit" in words
    assert "Sở Tư pháp" not in words
    assert b"<details open>" in response.content


def test_list_and_tree_keep_each_others_filters(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    client = client_for(cast.viewer)
    tree = client.get(LIST, {"on": "24/03/2008", "q": "tinh", "page": "2"})
    assert "/agencies/?on=24%2F03%2F2008&q=tinh&view=tree" in links(tree)
    back = client.get(LIST, {"view": "tree", "on": "24/03/2008"})
    assert "/agencies/?on=24%2F03%2F2008" in links(back)
    assert '<input type="hidden" name="view" value="tree"' in back.content.decode()


def test_units_are_listed_under_their_parent_of_the_day(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    rows = client.get(LIST, {"q": "so noi vu", "on": "30/06/2025"}).context["rows"]
    assert [(one.key, parent.key) for one, parent in rows] == [("tg-so-noi-vu", "p82")]
    rows = client.get(LIST, {"q": "so noi vu", "on": "01/07/2025"}).context["rows"]
    assert [(one.key, parent.key) for one, parent in rows] == [("tg-so-noi-vu", "p82n")]


def test_an_agency_shows_parent_and_units_of_the_day_asked_for(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    assert "Sở Nội vụ tỉnh Tiền Giang" in said(client.get(f"{LIST}p82/"))
    later = client.get(f"{LIST}p82/", {"on": "01/07/2025"})
    assert not later.context["units"]
    assert "Its units stand under its successor then: Tỉnh Đồng Tháp" in said(later)
    assert "Sở Nội vụ tỉnh Tiền Giang" in said(client.get(f"{LIST}p82n/"))
    unit = said(client.get(f"{LIST}tg-so-noi-vu/", {"on": "01/07/2025"}))
    assert "Part of Tỉnh Đồng Tháp before, of Tỉnh Tiền Giang" in unit


def test_an_agency_shows_its_names_and_codes_through_time(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    periods = client.get(f"{LIST}m-tttt/").context["history"].periods
    assert [one.agency.key for one in periods] == ["m-bcvt", "m-tttt", "m-khcn25"]
    assert [one.current for one in periods] == [False, True, False]
    words = said(client.get(f"{LIST}p82n/"))
    for name in ("Tỉnh Tiền Giang 82 until 30/06/2025", "Tỉnh Đồng Tháp 87 until 30/06/2025"):
        assert name in words
    assert "takes the whole" in words


def test_an_agency_that_ended_says_who_stands_for_it_today(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    assert "Who stands for it today" not in said(client.get(f"{LIST}p28/"))
    with clock.at("2008-08-01T09:00"):
        page = client.get(f"{LIST}p28/")
    assert "Tỉnh Hà Tây existed until 31/07/2008. Who stands for it today: Thành phố Hà Nội" in said(page)
    assert page.context["day"].isoformat() == "2008-07-31"


def test_an_agencys_page_costs_the_same_however_much_belongs_to_it(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    counts = set()
    for key in ("p04", "p82", "m-tttt"):
        client = client_for(cast.viewer)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{LIST}{key}/")
        counts.add(len(queries))
    assert len(counts) == 1


def test_the_tree_leaves_as_a_workbook_with_its_heads(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    answer = client_for(cast.editor).get("/agencies/export.xlsx?view=tree&on=24/03/2008")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    names = [str(row[0] or "") for row in rows]
    assert any(name.endswith("(22)") for name in names)
    assert any(name.endswith("(64)") for name in names)
    unit = next(row for row in rows if "Sở Nội vụ tỉnh Tiền Giang" in str(row[0]))
    assert (str(unit[0]).startswith("\u2003"), unit[3]) == (True, "Tỉnh Tiền Giang")
