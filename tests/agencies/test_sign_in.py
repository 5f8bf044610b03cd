"""Signing in with a password: what the log keeps of it, and how long one waits after too many attempts."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from agencies.models import AuditEntry, AuditHead, SignInEvent, SignInKind
from agencies.sign_in.agents import device
from tests.agencies.signing_in import CHROME, HERE, browser, give_password, kinds, signed_in
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
EMAIL = email_of("editor")


def test_a_sign_in_is_noted_with_time_address_and_browser(cast: Cast) -> None:
    client = browser()
    give_password(client, EMAIL)
    assert signed_in(client)
    event = SignInEvent.objects.get()
    assert (event.kind, event.user, event.email) == (SignInKind.OK, cast.editor.user, EMAIL)
    assert (event.address, event.agent) == (HERE, CHROME)
    assert timezone.now() - event.at < timedelta(minutes=1)  # real time, whatever business time says


def test_a_wrong_password_is_noted_for_the_account_that_was_meant(cast: Cast) -> None:
    give_password(browser(), EMAIL.upper(), "sai-mat-khau")
    event = SignInEvent.objects.get()
    assert (event.kind, event.user, event.email) == (SignInKind.FAILED, cast.editor.user, EMAIL)


def test_an_address_of_nobody_is_noted_as_typed(cast: Cast) -> None:
    give_password(browser(), "ke.la@ngoai.example")
    event = SignInEvent.objects.get()
    assert (event.kind, event.user, event.email) == (SignInKind.FAILED, None, "ke.la@ngoai.example")


@pytest.mark.parametrize("typed", ["mật khẩu gõ nhầm ô", "x" * 2000, "a\x00b@c.example", ""])
def test_what_is_no_address_is_never_noted(cast: Cast, typed: str) -> None:
    answer = give_password(browser(), typed)
    assert answer.status_code == 200
    assert not SignInEvent.objects.exists()


def test_no_password_ever_stands_in_the_log(cast: Cast) -> None:
    give_password(browser(), EMAIL, "mật khẩu bí mật")
    give_password(browser(), EMAIL, PASSWORD)
    for row in SignInEvent.objects.values():
        assert not any(secret in str(value) for value in row.values() for secret in ("bí mật", PASSWORD))


def test_a_browser_that_lies_about_itself_is_cut_and_cleaned(cast: Cast) -> None:
    give_password(browser("\x00\x1b[31m" + "a" * 5000), EMAIL)
    event = SignInEvent.objects.get()
    assert len(event.agent) == 200
    assert event.agent.isprintable()


def test_signing_out_is_noted(cast: Cast) -> None:
    client = browser()
    give_password(client, EMAIL)
    client.post("/accounts/logout/")
    assert kinds() == ["ok", "signed_out"]
    assert SignInEvent.objects.get(kind="signed_out").user == cast.editor.user
    client.post("/accounts/logout/")  # nobody is signed in any more
    assert kinds() == ["ok", "signed_out"]


def test_strangers_never_hold_up_the_chain_of_acts(cast: Cast) -> None:
    before = AuditEntry.objects.count(), AuditHead.objects.values_list().first()
    for attempt in range(8):
        give_password(browser(), EMAIL, f"sai-{attempt}")
    assert (AuditEntry.objects.count(), AuditHead.objects.values_list().first()) == before


# --- Too many attempts


def lock(email: str = EMAIL) -> Client:
    client = in_english(browser())
    for attempt in range(5):
        give_password(client, email, f"sai-{attempt}")
    return client


def test_after_five_failures_an_account_waits_and_is_told_until_when(cast: Cast) -> None:
    client = lock()
    answer = give_password(client, EMAIL, PASSWORD)
    assert not signed_in(client)
    words = said(answer)
    assert "Too many failed attempts for this account." in words
    assert re.search(r"Try again at \d\d:\d\d, in 5 minutes\.", words)
    assert kinds() == ["failed"] * 5 + ["locked"]
    assert SignInEvent.objects.get(kind="locked").user == cast.editor.user


def test_another_account_is_not_locked_with_it(cast: Cast) -> None:
    client = lock()
    give_password(client, email_of("approver"))
    assert signed_in(client)


def test_another_port_in_the_address_counts_as_the_same_account(cast: Cast, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = browser()
    for port in range(5):
        client.post(
            "/accounts/login/",
            {"login": EMAIL, "password": "sai"},
            headers={"host": f"testserver:{8000 + port}"},
        )
    give_password(client, EMAIL)
    assert not signed_in(client)


def test_who_resets_the_password_by_mail_need_not_wait(
    cast: Cast, mailoutbox: list[object], client_for: ClientFor
) -> None:
    client = lock()
    client.post("/accounts/password/reset/", {"email": EMAIL})
    link = re.search(r"https?://testserver(\S+)", str(mailoutbox[0].body))  # type: ignore[attr-defined]
    assert link is not None
    form = client.get(link.group(1))["Location"]
    client.post(form, {"password1": "mat-khau-moi-2008", "password2": "mat-khau-moi-2008"})
    give_password(client, EMAIL, "mat-khau-moi-2008")
    assert signed_in(client)
    assert kinds()[-2:] == ["password", "ok"]


@pytest.mark.parametrize(
    ("url", "data", "attempts"),
    [
        ("/accounts/login/", {"login": "ai.do@noi.example", "password": ""}, 60),
        ("/accounts/password/reset/", {"email": "ai.do@noi.example"}, 5),
        ("/accounts/signup/", {}, 20),
    ],
)
def test_a_page_that_is_asked_too_often_says_when_to_come_back(
    db: None, url: str, data: dict[str, str], attempts: int
) -> None:
    client = browser()
    for _attempt in range(attempts):
        assert client.post(url, data).status_code in (200, 302)
    answer = client.post(url, data)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert 'lang="vi"' in answer.content.decode()
    words = said(in_english(client).post(url, data))
    assert "Too many attempts" in words
    assert re.search(r"Try again at \d\d:\d\d, in \d+ minutes?\.", words)
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_somebody_signed_in_waits_too(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    wrong = {"oldpassword": "sai", "password1": "a", "password2": "b"}
    for _attempt in range(5):
        assert client.post("/accounts/password/change/", wrong).status_code == 200
    answer = client.post("/accounts/password/change/", wrong)
    assert answer.status_code == 429
    assert "in 1 minute." in said(answer)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome, Windows"),
        (CHROME + " Edg/109.0", "Edge, Windows"),
        (CHROME.replace("AppleWebKit", "coc_coc_browser/109.0 AppleWebKit"), "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/20.0 Chrome/106.0 Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer, Windows"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_called_what_its_owner_calls_it(agent: str, name: str) -> None:
    with translation.override("en"):
        assert device(agent) == name
