"""Tài khoản của tôi: where one is signed in, signing out elsewhere, one's last sign-ins."""

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Membership, SignInEvent, UserSession
from agencies.sign_in import sessions
from tests.agencies.signing_in import browser, give_password, kinds, let_pass, set_up, signed_in
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

ACCOUNT = "/account/"
EMAIL = email_of("editor")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"
NEW = "mat-khau-moi-2008"


@pytest.fixture
def office(cast: Cast) -> Client:
    client = in_english(browser())
    give_password(client, EMAIL)
    return client


@pytest.fixture
def home(cast: Cast, office: Client) -> Client:
    """The same person at a second machine."""
    client = in_english(browser(FIREFOX, "127.0.0.20"))
    give_password(client, EMAIL)
    return client


def test_the_menu_leads_to_it_and_it_names_the_person_and_the_memberships(
    client_for: ClientFor, cast: Cast
) -> None:
    client = in_english(client_for(cast.editor))
    assert ACCOUNT in links(client.get("/"))
    words = said(client.get(ACCOUNT))
    for part in ("My account", "Nguyễn Thị Biên Tập", EMAIL, "Tỉnh Tiền Giang", "Editor"):
        assert part in words


def test_it_opens_without_any_membership(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    Membership.objects.filter(user=cast.editor.user).update(valid_to="2008-01-01")
    answer = client.get(ACCOUNT)
    assert answer.status_code == 200
    assert "No agency has entered you as a member." in said(answer)


def test_each_session_is_shown_with_browser_and_address(office: Client, home: Client) -> None:
    words = said(home.get(ACCOUNT))
    assert "Firefox, Linux ( this one ) 127.0.0.20" in words.replace("(this one)", "( this one )")
    assert "Chrome, Windows 127.0.0.9" in words


def test_another_persons_sessions_are_neither_shown_nor_ended(
    office: Client, client_for: ClientFor, cast: Cast
) -> None:
    mine = UserSession.objects.get(user=cast.editor.user)
    other = in_english(client_for(cast.approver))
    assert "127.0.0.9" not in said(other.get(ACCOUNT)).split("My last sign-ins")[0]
    assert other.post(reverse("session_end", args=[mine.pk])).status_code == 404
    other.post(reverse("session_end_others"))
    assert office.get("/").status_code == 200


def test_one_session_is_signed_out_from_elsewhere(office: Client, home: Client, cast: Cast) -> None:
    there = sessions.of(cast.editor.user).get(address="127.0.0.9")
    answer = home.post(reverse("session_end", args=[there.pk]), follow=True)
    assert "Chrome, Windows is signed out." in said(answer)
    assert office.get("/").status_code == 302
    assert home.get("/").status_code == 200
    assert kinds()[-1] == "ended"


def test_everywhere_else_is_signed_out_at_once(office: Client, home: Client, cast: Cast) -> None:
    give_password(browser("", "127.0.0.30"), EMAIL)
    answer = home.post(reverse("session_end_others"), follow=True)
    assert "2 other sessions are signed out." in said(answer)
    assert office.get("/").status_code == 302
    assert sessions.of(cast.editor.user).count() == 1
    again = home.post(reverse("session_end_others"), follow=True)
    assert "There was no other session." in said(again)


def test_ones_own_session_can_be_ended_there_too(office: Client, cast: Cast) -> None:
    here = sessions.of(cast.editor.user).get()
    assert office.post(reverse("session_end", args=[here.pk]))["Location"] == "/accounts/login/"
    assert not signed_in(office)
    assert kinds() == ["ok", "signed_out"]


def test_a_get_ends_nothing(office: Client, cast: Cast) -> None:
    here = sessions.of(cast.editor.user).get()
    assert office.get(reverse("session_end", args=[here.pk])).status_code == 405
    assert office.get(reverse("session_end_others")).status_code == 405


def test_a_new_password_signs_out_everywhere_else(office: Client, home: Client, cast: Cast) -> None:
    answer = home.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 302
    assert home.get("/").status_code == 200
    assert office.get("/").status_code == 302
    only = sessions.of(cast.editor.user).get()
    assert only.address == "127.0.0.20"
    assert kinds() == ["ok", "ok", "password"]


def test_sessions_beyond_their_time_are_not_shown(office: Client, home: Client, cast: Cast) -> None:
    let_pass(office, idle=3600)
    UserSession.objects.filter(address="127.0.0.9").update(seen="2008-01-01T00:00Z")
    assert sessions.of(cast.editor.user).get().address == "127.0.0.20"


def test_a_session_follows_its_address_as_it_is_used(office: Client, cast: Cast) -> None:
    let_pass(office, idle=61)
    office.get("/", REMOTE_ADDR="127.0.0.77")
    assert sessions.of(cast.editor.user).get().address == "127.0.0.77"


def test_the_last_sign_ins_are_ones_own_and_ten(office: Client, cast: Cast) -> None:
    for attempt in range(3):
        give_password(browser(), EMAIL, f"sai-{attempt}")
        give_password(browser(), email_of("approver"), "sai")
    words = said(office.get(ACCOUNT)).split("My last sign-ins")[1]
    assert words.count("Wrong address or password") == 3
    SignInEvent.objects.bulk_create(
        SignInEvent(at="2026-01-01T00:00Z", kind="ok", user=cast.editor.user, email=EMAIL) for _n in range(20)
    )
    assert len(office.get(ACCOUNT).context["last_sign_ins"]) == 10


def test_it_says_whether_the_second_step_is_set_up(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    assert "Not set up" in said(client.get(ACCOUNT))
    set_up(cast.editor.user)
    words = said(client.get(ACCOUNT))
    assert "Not set up" not in words
    assert "Phone and recovery codes" in words


def test_only_who_manages_people_is_led_to_the_log(client_for: ClientFor, cast: Cast) -> None:
    assert "/sign-ins/" in links(client_for(cast.admin).get(ACCOUNT))
    assert "/sign-ins/" not in links(client_for(cast.reviewer).get(ACCOUNT))
