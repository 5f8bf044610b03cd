"""The pages of the acts: what is stated, what it entails, and only then the act; whole without JavaScript."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, AuditEntry, Succession
from core import clock
from tests.agencies.changes import agency, made, snapshot
from tests.browsing import form_with
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

PAPER = {"document": "15/2008/QH12", "on": "01/08/2008"}
RENAME = "/agencies/p40/acts/rename/"


@pytest.fixture
def admin(client_for: ClientFor, cast: Cast) -> Client:
    return in_english(client_for(cast.admin))


def hidden(response: Any) -> dict[str, list[str]]:
    """The hidden fields that a page would post."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', response.content.decode()):
        name, value = (re.search(f'{part}="([^"]*)"', tag) for part in ("name", "value"))
        assert name is not None
        if name[1] not in ("csrfmiddlewaretoken", "once", "language", "next"):
            found.setdefault(unescape(name[1]), []).append(unescape(value[1] if value else ""))
    found.pop("membership", None)
    return found


def confirm(client: Client, url: str, stated: dict[str, Any]) -> Any:
    """State, read the question, and confirm what stands hidden on it."""
    question = client.post(url, stated)
    assert question.status_code == 200, said(question)
    assert "What it entails" in said(question)
    return client.post(url, hidden(question) | {"confirmed": "1"})


def test_nothing_is_done_before_it_is_confirmed(admin: Client) -> None:
    before = snapshot()
    question = admin.post(RENAME, {**PAPER, "name": "Tỉnh Lam Giang", "with_people": "on"})
    assert snapshot() == before
    words = said(question)
    for fact in (
        "From name Tỉnh Nghệ An",
        "New name Tỉnh Lam Giang",
        "Document 15/2008/QH12",
        "In effect from 01/08/2008",
        "Last day of what ends 31/07/2008",
        "Reports that are not accepted yet none",
        "People Approver: 1, Editor: 1; move to the principal successor",
    ):
        assert fact in words


def test_a_renaming_that_is_confirmed_leads_to_the_new_page(admin: Client) -> None:
    stated = {**PAPER, "name": "Tỉnh Lam Giang", "short_name": "Lam Giang", "with_people": "on"}
    answer = confirm(admin, RENAME, stated)
    assert answer["Location"] == "/agencies/lam-giang/"
    words = said(admin.get("/agencies/lam-giang/"))
    assert "The agency is renamed." in words
    assert "Roles that moved to the successor: 2." in words
    assert "Tỉnh Nghệ An" in words


def test_one_may_go_back_and_everything_typed_is_still_there(admin: Client) -> None:
    question = admin.post(RENAME, {**PAPER, "name": "Tỉnh Lam Giang"})
    again = admin.post(RENAME, hidden(question) | {"back": "1"})
    body = again.content.decode()
    assert 'value="Tỉnh Lam Giang"' in body
    assert 'value="01/08/2008"' in body
    assert "error" not in said(again)


def test_all_findings_stand_at_their_fields_at_once(admin: Client) -> None:
    answer = admin.post(RENAME, {"document": "", "on": "2008-08-01", "name": "Tỉnh Nghệ An"})
    assert answer.status_code == 422
    words = said(answer)
    assert "3 errors to correct" in words
    assert "Give the number of the document that decides it" in words
    assert "begins with the year" in words
    assert "“Tỉnh Nghệ An” is the name already" in words
    assert {"#id_document", "#id_on", "#id_name"} <= set(links(answer))


def test_what_was_confirmed_is_checked_again(admin: Client, cast: Cast) -> None:
    """Somebody else was quicker: the second act is refused on its form, and writes nothing."""
    question = admin.post(RENAME, {**PAPER, "name": "Tỉnh Lam Giang"})
    made(cast, "Tỉnh Lam Giang")
    before = snapshot()
    answer = admin.post(RENAME, hidden(question) | {"confirmed": "1"})
    assert answer.status_code == 422
    assert "There is an agency “Tỉnh Lam Giang” already" in said(answer)
    assert snapshot() == before


def test_an_agency_is_entered(admin: Client) -> None:
    stated = {
        **PAPER,
        "name": "Sở Thông tin và Truyền thông tỉnh Nghệ An",
        "short_name": "Sở TTTT Nghệ An",
        "kind": "so",
        "parent": "p40",
        "place": "Vinh",
    }
    answer = confirm(admin, "/agencies/new/", stated)
    assert answer["Location"] == "/agencies/so-tttt-nghe-an/"
    assert agency("so-tttt-nghe-an").parent == agency("p40")


def test_a_new_agency_without_name_or_kind_is_refused_there(admin: Client) -> None:
    answer = admin.post("/agencies/new/", PAPER)
    assert answer.status_code == 422
    words = said(answer)
    assert "Give the name of the agency in full." in words
    assert "Choose what kind of agency it is." in words


def test_several_are_merged_into_one_that_exists(admin: Client, cast: Cast) -> None:
    one, two = made(cast, "Tỉnh Một"), made(cast, "Tỉnh Hai")
    stated = {**PAPER, "agencies": [one.key, two.key], "into": "p40"}
    answer = confirm(admin, f"/agencies/{one.key}/acts/merge/", stated)
    assert answer["Location"] == "/agencies/p40/"
    assert Succession.objects.filter(predecessor__in=[one, two], successor__key="p40").count() == 2


def test_the_page_of_the_successor_merges_others_into_it(admin: Client, cast: Cast) -> None:
    one = made(cast, "Tỉnh Một")
    form = admin.get("/agencies/p40/acts/merge/").content.decode()
    assert re.search(r'value="p40"[^>]*checked', form)
    answer = confirm(admin, "/agencies/p40/acts/merge/", {**PAPER, "agencies": [one.key], "into": "p40"})
    assert answer["Location"] == "/agencies/p40/"


def test_several_are_merged_into_a_new_one(admin: Client, cast: Cast) -> None:
    one, two = made(cast, "Tỉnh Một"), made(cast, "Tỉnh Hai")
    stated = {
        **PAPER,
        "agencies": [one.key, two.key],
        "into": "",
        "name": "Tỉnh Ba",
        "kind": "tinh",
        "province_code": "7777",
    }
    answer = confirm(admin, f"/agencies/{one.key}/acts/merge/", stated)
    assert answer["Location"] == "/agencies/tinh-ba/"
    assert agency("tinh-ba").province_code == "7777"


def test_a_province_chooses_among_provinces_and_a_ministry_among_ministries(admin: Client) -> None:
    province = admin.get("/agencies/p40/acts/merge/").content.decode()
    ministry = admin.get("/agencies/m-xd/acts/edit/").status_code
    assert 'value="p04"' in province
    assert 'value="m-vpcp"' not in province
    assert ministry == 200


def test_an_agency_is_split_into_new_ones_and_one_takes_the_whole(admin: Client) -> None:
    stated = {
        **PAPER,
        "count": "2",
        "parts-0-name": "Tỉnh Bắc",
        "parts-0-kind": "tinh",
        "parts-1-name": "Tỉnh Nam",
        "parts-1-kind": "tinh",
        "principal": "1",
    }
    answer = confirm(admin, "/agencies/p40/acts/split/", stated)
    assert answer["Location"] == "/agencies/p40/"
    words = said(admin.get("/agencies/p40/"))
    assert "Successor Tỉnh Nam split, from 01/08/2008 · 15/2008/QH12 · takes the whole" in words
    assert "Also succeeded by Tỉnh Bắc" in words


def test_one_more_part_is_asked_for_without_a_script_and_without_a_scolding(admin: Client) -> None:
    url = "/agencies/p40/acts/split/"
    assert admin.get(url).content.decode().count("<legend>Part ") == 2
    more = admin.post(url, {"count": "2", "parts-0-name": "Tỉnh Bắc", "more": "1"})
    body = more.content.decode()
    assert body.count("<legend>Part ") == 3
    assert 'value="Tỉnh Bắc"' in body
    assert form_with(more, "count").fields["count"] == "3"  # what is typed into the third is sent too
    assert "error" not in said(more)
    most = admin.post(url, {"count": "12", "more": "1"}).content.decode()
    assert most.count("<legend>Part ") == 12
    assert 'name="more"' not in most


def test_a_part_that_is_left_blank_is_left_out(admin: Client) -> None:
    stated = {
        **PAPER,
        "count": "3",
        "parts-1-name": "Tỉnh Nam",
        "parts-1-kind": "tinh",
        "principal": "self",
    }
    confirm(admin, "/agencies/p40/acts/split/", stated)
    assert agency("p40").valid_to is None
    assert agency("tinh-nam").valid_from is not None


def test_a_finding_of_a_part_stands_at_that_part(admin: Client) -> None:
    stated = {
        **PAPER,
        "count": "3",
        "parts-1-name": "Tỉnh Nam",
        "parts-1-kind": "tinh",
        "parts-2-name": "Tỉnh Bắc",
        "parts-2-kind": "tinh",
        "parts-2-province_code": "04",
        "principal": "1",
    }
    answer = admin.post("/agencies/p40/acts/split/", stated)
    assert answer.status_code == 422
    assert "#id_parts-2-province_code" in links(answer)
    assert "The code 04 is that of Tỉnh Cao Bằng" in said(answer)


def test_an_end_says_what_passes_to_whom(admin: Client) -> None:
    question = admin.post("/agencies/p40/acts/end/", {**PAPER, "successor": "p04"})
    words = said(question)
    assert "Agency that ends Tỉnh Nghệ An" in words
    assert "Taken over by Tỉnh Cao Bằng" in words
    assert "their roles end with the agency" in words
    answer = admin.post("/agencies/p40/acts/end/", hidden(question) | {"confirmed": "1"})
    assert answer["Location"] == "/agencies/p40/"


def test_place_and_note_are_corrected_with_a_reason(admin: Client) -> None:
    url = "/agencies/p40/acts/edit/"
    assert "Give the reason of the change" in said(admin.post(url, {"place": "Vinh", "note": ""}))
    confirm(admin, url, {"place": "Vinh", "note": "", "reason": "theo công văn"})
    assert agency("p40").place == "Vinh"
    assert AuditEntry.objects.latest("sequence").verb == "edit_agency"


def test_a_wrong_entry_of_today_is_removed(admin: Client, cast: Cast) -> None:
    wrong = made(cast, "Ban Nhầm", kind="don_vi")
    answer = confirm(admin, f"/agencies/{wrong.key}/acts/remove/", {"reason": "nhập nhầm"})
    assert answer["Location"] == "/agencies/"
    assert not Agency.objects.filter(key=wrong.key).exists()


def test_people_left_behind_are_moved_later(admin: Client, cast: Cast) -> None:
    confirm(admin, RENAME, {**PAPER, "name": "Tỉnh Lam Giang"})
    with clock.at("2008-08-05T09:00"):
        assert 'acts/move-people/"' in admin.get("/agencies/p40/").content.decode()
        answer = confirm(admin, "/agencies/p40/acts/move-people/", {})
        assert answer["Location"] == "/agencies/tinh-lam-giang/"
        assert 'acts/move-people/"' not in admin.get("/agencies/p40/").content.decode()


def test_an_act_that_is_not_possible_says_why(admin: Client) -> None:
    answer = admin.get("/agencies/p82/acts/rename/")
    assert answer.status_code == 409
    assert "Its end is recorded: 30/06/2025" in said(answer)


def test_what_was_typed_survives_an_expired_sign_in(
    client_for: ClientFor, cast: Cast, client: Client
) -> None:
    in_english(client)
    asked = client.post(RENAME, {**PAPER, "name": "Tỉnh Lam Giang"})
    carried = hidden(asked)["carried"]
    signed_in = client.post(
        f"/accounts/login/?next={RENAME}",
        {"login": email_of("admin"), "password": PASSWORD, "carried": carried},
        follow=True,
    )
    assert 'value="Tỉnh Lam Giang"' in signed_in.content.decode()
