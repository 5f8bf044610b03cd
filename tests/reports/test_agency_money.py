"""Planned money by agency: as it was then and as of a day; the whole is the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agencies.lineage import Attribution
from core import clock
from plans.models import Plan, Programme
from reports.figures.agency_money import Amounts, ProgrammeAgencies, agency_money
from tests.cast import Cast
from tests.reading import ClientFor

pytestmark = pytest.mark.django_db

MERGED = date(2008, 8, 2)
SHARE = Decimal(1100)


def money_of_2008(attribution: Attribution) -> ProgrammeAgencies:
    programme = Programme.objects.get(code="2008")
    plan = Plan.objects.select_related("agency").get(code="43-2008-qd-ttg")
    return agency_money(programme, attribution, [plan])


def shares(found: ProgrammeAgencies) -> dict[str, Decimal | None]:
    return {row.agency: row.amounts.shares for row in found.rows}


def test_ha_tay_has_its_share_of_1100_as_it_was_then() -> None:
    found = shares(money_of_2008(Attribution.then()))
    assert found["p28"] == SHARE
    assert found.get("p01") is None


def test_as_of_the_day_after_the_merger_ha_noi_bears_it() -> None:
    found = money_of_2008(Attribution.as_of(MERGED))
    row = next(one for one in found.rows if one.agency == "p01")
    assert "p28" not in shares(found)
    assert row.amounts.shares == SHARE
    assert row.includes == [("Tỉnh Hà Tây", Amounts(shares=SHARE))]


@pytest.mark.parametrize(
    "attribution",
    [Attribution.then(), Attribution.as_of(MERGED), Attribution.as_of(date(2025, 7, 1))],
    ids=["then", "2008-08-02", "2025-07-01"],
)
def test_all_money_of_the_decision_stands_in_the_rows(attribution: Attribution) -> None:
    """127.000 + 93.700; the shares of B.4 and B.5 are 18 x 1.100 and 49 x 1.100."""
    found = money_of_2008(attribution)
    assert found.national == Decimal(220700)
    assert found.total.shares == Decimal(19800 + 53900)
    assert sum(one.amount for one in found.undivided) + (found.total.led or 0) == Decimal(220700 - 73700)


def test_as_of_2025_tien_giang_counts_for_dong_thap() -> None:
    found = money_of_2008(Attribution.as_of(date(2025, 7, 1)))
    assert "p82" not in shares(found)
    bearer = next(row for row in found.rows if "Tỉnh Tiền Giang" in [name for name, _amounts in row.includes])
    assert bearer.name == "Tỉnh Đồng Tháp"


def test_blank_is_not_zero() -> None:
    found = money_of_2008(Attribution.then())
    assert found.total.own is None
    assert Amounts(led=Decimal(1)) + Amounts(own=Decimal(2)) == Amounts(led=Decimal(1), own=Decimal(2))


def test_the_page_shows_either_and_leaves_as_a_workbook(client_for: ClientFor, cast: Cast) -> None:
    url = reverse("programme_money", args=["2008"])
    with clock.at("2008-08-05T09:00"):
        client = client_for(cast.viewer)
        then = client.get(url).content.decode()
        now = client.get(url, {"agencies": "day", "on": "02/08/2008"}).content.decode()
        export = client.get(reverse("programme_money_export", args=["2008"]), {"agencies": "day"})
    assert "/agencies/p28/" in then
    assert "/agencies/p28/" not in now
    assert "Tỉnh Hà Tây: 1.100" in now
    assert "220.700" in then
    assert "220.700" in now
    sheet = load_workbook(BytesIO(export.content)).active
    assert sheet is not None
    last = [cell.value for cell in list(sheet.rows)[-1]]
    assert last[3] == 220700


def test_an_unknown_programme_is_not_found(client_for: ClientFor, cast: Cast) -> None:
    assert client_for(cast.viewer).get(reverse("programme_money", args=["1999"])).status_code == 404


def test_the_page_costs_the_same_however_many_agencies(
    client_for: ClientFor, cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = client_for(cast.viewer)
    with clock.at("2008-08-05T09:00"), django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get(reverse("programme_money", args=["2008"]))
