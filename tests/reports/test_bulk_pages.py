"""The pages of acts on many: chosen in the list, shown row by row, confirmed, kept as a receipt."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from reports.cycles.granting import exempt, extend
from reports.models import BulkAct, Cycle, Reminder
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said
from tests.reports.filings import by
from tests.reports.many import keys_of, submitted

pytestmark = pytest.mark.django_db

PERIOD = "/reports/2008/2008-Q2/"
PAPER = {"to": "30/07/2008", "document": "1021/BTTTT", "document_on": "17/07/2008", "reason": "Thiên tai."}


@pytest.fixture(autouse=True)
def _three_days_after_the_deadline(_july_2008: None) -> Iterator[None]:
    with clock.at("2008-07-18T09:00"):
        yield


@pytest.fixture
def reviewer(client_for: ClientFor, cast: Cast) -> Client:
    return in_english(client_for(cast.reviewer))


def hidden(response: Any, name: str) -> list[str]:
    """The values of the hidden fields and ticked boxes of this name."""
    inputs = re.findall(r"<input[^>]*>", response.content.decode())
    return [
        re.search(r'value="([^"]*)"', one)[1]  # type: ignore[index]
        for one in inputs
        if f'name="{name}"' in one
    ]


def shown(client: Client, name: str, keys: list[str], stated: Mapping[str, str]) -> Any:
    """The page that says what happens, after the form was filled in."""
    return client.post(f"{PERIOD}bulk/{name}/", {"agency": keys, **stated})


def confirmed(client: Client, page: Any, name: str, stated: Mapping[str, str], **more: Any) -> Any:
    """What follows the last word on that page; boxes that were taken out are named in `without`."""
    without = more.pop("without", ())
    data = {
        "agency": [key for key in hidden(page, "agency") if key not in without],
        "seen": hidden(page, "seen"),
        "once": hidden(page, "once")[-1],
        "confirmed": "1",
        **stated,
        **more,
    }
    return client.post(f"{PERIOD}bulk/{name}/", data)


def test_the_list_offers_the_acts_on_its_rows(
    reviewer: Client, client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    page = reviewer.get(PERIOD)
    assert "the ticked ones" in said(page)
    assert "all 50 shown all 86 that the filters leave" in said(page)
    assert page.content.decode().count('name="agency"') == 50
    for name in ("extend", "exempt", "remind", "accept"):
        assert f'formaction="{PERIOD}bulk/{name}/"' in page.content.decode()
    narrowed = said(reviewer.get(f"{PERIOD}?agency_class=ministries"))
    assert "all 22 that the filters leave" in narrowed
    assert 'name="agency"' not in client_for(cast.editor).get(PERIOD).content.decode()


def test_which_rows_are_chosen(reviewer: Client, q2: Cycle) -> None:
    cases = {
        "": 0,
        "?agency=p82&agency=p40": 2,
        "?scope=ticked&agency=p82": 1,
        "?scope=shown": 50,
        "?scope=shown&page=2": 36,
        "?scope=filtered": 86,
        "?scope=filtered&agency_class=ministries": 22,
        "?scope=filtered&q=tien+giang&agency=p40": 1,
        "?agency=p999": 0,
    }
    for query, count in cases.items():
        page = reviewer.get(f"{PERIOD}bulk/extend/{query}")
        assert (page.status_code, len(hidden(page, "agency"))) == (200, count), query
    assert "No agency is chosen" in said(reviewer.get(f"{PERIOD}bulk/extend/"))


def test_from_the_list_to_the_receipt(reviewer: Client, cast: Cast, q2: Cycle) -> None:
    exempt(q2.reports.get(agency__key="p89"), actor=cast.reviewer, **by("2/BTTTT"))
    asked = reviewer.get(f"{PERIOD}bulk/extend/?scope=filtered")
    assert "Who can take part 85 agencies" in said(asked)
    assert "Tỉnh An Giang 15/07/2008 ⊘ exempt from this report" in said(asked)
    empty = shown(reviewer, "extend", keys_of(q2), {})
    assert empty.status_code == 422
    assert "Give the reason as it stands in the document." in said(empty)
    page = shown(reviewer, "extend", keys_of(q2), PAPER)
    assert "Tỉnh Tiền Giang 15/07/2008 30/07/2008 not filed, 3 days overdue → not due yet" in said(page)
    assert not BulkAct.objects.exists()
    done = confirmed(reviewer, page, "extend", PAPER, without=("p40",))
    act = BulkAct.objects.get()
    assert (done.status_code, done["Location"]) == (302, reverse("bulk_receipt", args=[act.pk]))
    receipt = said(reviewer.get(done["Location"]))
    assert "Done for 84 agencies" in receipt
    assert "Left out 1 agency" in receipt
    assert "1021/BTTTT of 17/07/2008" in receipt
    assert "Tỉnh Tiền Giang 15/07/2008 30/07/2008" in receipt
    assert q2.reports.get(agency__key="p40").extended_to is None
    # The same form once more, as after a double click, leads to the same receipt.
    again = confirmed(reviewer, page, "extend", PAPER, without=("p40",))
    assert again["Location"] == done["Location"]


def test_the_receipt_can_be_taken_away(reviewer: Client, q2: Cycle) -> None:
    page = shown(reviewer, "extend", ["p82", "p40"], PAPER)
    receipt = confirmed(reviewer, page, "extend", PAPER)["Location"]
    sheet = load_workbook(BytesIO(reviewer.get(f"{receipt}receipt.xlsx").content)).active
    assert sheet is not None
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    tien_giang = next(row for row in rows if row[0] == "Tỉnh Tiền Giang")
    assert "2008-07-30 00:00:00" in tien_giang
    assert any("1021/BTTTT" in row[0] for row in rows)
    assert reverse("bulk_act_list") in links(reviewer.get(PERIOD))[-1] or any(
        "/bulk-acts/" in one for one in links(reviewer.get(PERIOD))
    )
    listed = said(reviewer.get(f"{reverse('bulk_act_list')}?programme=2008&cycle=2008-Q2"))
    assert "1 act" in listed
    assert "Extend the deadline Quý II năm 2008" in listed


def test_what_changed_meanwhile_is_shown_and_nothing_is_written(
    reviewer: Client, cast: Cast, q2: Cycle
) -> None:
    submitted(q2, cast.editor, ["p82", "p40"])
    page = reviewer.get(f"{PERIOD}bulk/accept/?agency=p82&agency=p40&agency=p01")
    assert "Accept: 2" in said(page)
    assert "Thành phố Hà Nội nothing submitted ⊘ nothing is submitted that could be accepted" in said(page)
    filing = q2.reports.get(agency__key="p40").filings.get()
    filing.state = "returned"
    filing.returned_at = clock.now()
    filing.save()
    conflict = confirmed(reviewer, page, "accept", {})
    assert conflict.status_code == 409
    assert "Nghệ An changed since you looked. Nothing was done." in said(conflict)
    assert "changed meanwhile" in said(conflict)
    assert not BulkAct.objects.exists()
    future = confirmed(reviewer, conflict, "accept", {"document": "1022/BTTTT", "document_on": "01/08/2008"})
    assert (future.status_code, BulkAct.objects.count()) == (422, 0)
    assert "The document cannot be dated in the future." in said(future)
    paper = {"document": "1022/BTTTT", "document_on": "17/07/2008"}
    receipt = confirmed(reviewer, future, "accept", paper)
    assert receipt.status_code == 302
    act = BulkAct.objects.get()
    assert (act.document, str(act.document_on)) == ("1022/BTTTT", "2008-07-17")
    assert act.rows.filter(refusal="").get().agency.key == "p82"
    assert f"{reverse('bulk_act_list')}?programme=2008" in links(reviewer.get(receipt["Location"]))
    many = reviewer.get(f"{PERIOD}bulk/accept/?scope=filtered").content.decode()
    assert (many.count('<details class="fold" open>'), many.count('<details class="fold">')) == (2, 1)


def test_the_way_back_keeps_what_was_stated(reviewer: Client, q2: Cycle) -> None:
    page = reviewer.post(f"{PERIOD}bulk/extend/", {"agency": ["p82"], **PAPER, "back": "1"})
    assert page.status_code == 200
    for value in PAPER.values():
        assert value in page.content.decode()


def test_a_reminder_shows_its_letter_and_who_gets_it(reviewer: Client, cast: Cast, q2: Cycle) -> None:
    page = shown(reviewer, "remind", ["p82", "p01"], {})
    assert f"2 people {cast.approver.user}, {cast.editor.user}" in said(page)
    assert "nobody acts for it as editor or approver" in said(page)
    assert "Đôn đốc báo cáo Quý II năm 2008 của Tỉnh Tiền Giang" in said(page)
    receipt = confirmed(reviewer, page, "remind", {})["Location"]
    assert f"{receipt}letters.pdf" in links(reviewer.get(receipt))
    again = reviewer.get(f"{PERIOD}bulk/remind/?agency=p82")
    assert "reminded today already" in said(again)
    assert "2 people" in said(shown(reviewer, "remind", ["p82"], {"again": "on"}))


def test_a_reminder_stands_on_the_obligations_page_for_both_sides(
    client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    url = f"{PERIOD}agencies/p82/"
    client = in_english(client_for(cast.reviewer))
    assert client.post(f"{url}acts/remind/", {"document": "33/BTTTT"}).status_code == 302
    assert client.post(f"{url}acts/remind/", {}).status_code == 422
    for membership in (cast.reviewer, cast.editor):
        page = said(in_english(client_for(membership)).get(url))
        assert "Reminders 18/07/2008 09:00 · 33/BTTTT" in page
        assert "Đến nay cổng chưa nhận được báo cáo này" in page


def test_agencies_without_a_plan(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("plan_remind")
    page = client.get(url)
    assert "Chương trình 2009-2010" in said(page)
    assert "19 days overdue" in said(page)
    assert url in " ".join(links(client.get(reverse("plan_list"))))
    assert url not in " ".join(links(client_for(cast.editor).get(reverse("plan_list"))))
    asked = client.get(f"{url}?programme=2009-2010&scope=ticked&agency=p82&agency=p40")
    assert "Tỉnh Tiền Giang" in said(asked)
    page = client.post(f"{url}?programme=2009-2010", {"agency": ["p82", "p40"]})
    data = {
        "agency": hidden(page, "agency"),
        "seen": hidden(page, "seen"),
        "once": hidden(page, "once")[-1],
        "confirmed": "1",
    }
    done = client.post(f"{url}?programme=2009-2010", data)
    assert "Done for 2 agencies" in said(client.get(done["Location"]))
    assert Reminder.objects.filter(report__isnull=True).count() == 2
    assert "18/07/2008" in said(client.get(f"{url}?programme=2009-2010"))


def test_pages_cost_the_same_however_many_rows(
    reviewer: Client, client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    submitted(q2, cast.editor)
    extend(
        q2.reports.get(agency__key="p82"),
        clock.today(),
        actor=cast.reviewer,
        **by("1"),
    )
    keys = keys_of(q2)

    def cost(url: str) -> int:
        reviewer.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert reviewer.get(url).status_code == 200
        return len(captured)

    for name in ("extend", "exempt", "remind", "accept"):
        few = cost(f"{PERIOD}bulk/{name}/?" + "&".join(f"agency={key}" for key in keys[:2]))
        many = cost(f"{PERIOD}bulk/{name}/?" + "&".join(f"agency={key}" for key in keys))
        assert few == many <= 12, name
    page = shown(reviewer, "extend", keys, PAPER)
    receipt = confirmed(reviewer, page, "extend", PAPER)["Location"]
    assert cost(receipt) <= 12
    assert cost(reverse("bulk_act_list")) <= 12
    assert cost(reverse("plan_remind")) <= 12
