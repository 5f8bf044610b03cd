"""Account, second step and sessions in Vietnamese: no sentence of the packages is left in English."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import allauth
import allauth.urls
import django
import pytest
from django.core.cache import cache as shared_cache
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

import agencies.urls
from tests.agencies.signing_in import browser, code_of, forget_attempts, give_password, set_up
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

EMAIL = email_of("editor")
OWN = {"account", "session_left", "session_end", "session_end_others", "sign_in_list", "sign_in_list_export"}
# Answers without words of an interface, and addresses that the portal does not offer (404).
WITHOUT_WORDS = {
    "session_left",
    "session_end",
    "session_end_others",
    "sign_in_list_export",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_set_password",  # who has a password is led to change it
}


# --- What the packages say in English


@cache
def sentences() -> frozenset[str]:
    """The English strings of allauth and of Django's accounts and forms, cut at what is filled in."""
    folders = [Path(allauth.__file__).parent / "locale/en"]
    folders += [Path(django.__file__).parent / part for part in ("contrib/auth/locale/en", "conf/locale/en")]
    found = set()
    for folder in folders:
        text = (folder / "LC_MESSAGES/django.po").read_text(encoding="utf-8")
        for said in re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', text, re.MULTILINE):
            whole = "".join(ast.literal_eval(line) for line in said.splitlines())
            pieces = re.split(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}|<[^>]+>|\n", whole)
            found |= {" ".join(piece.split()).strip(" .:,") for piece in pieces}
    return frozenset(one for one in found if re.search("[A-Za-z]{3}", one))


class _Texts(HTMLParser):
    """Texts of a page, and of its attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.foreign = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.foreign or given.get("lang") == "en":
            self.foreign += 1
            return
        for name, value in given.items():
            shown = name in ("placeholder", "title", "alt", "aria-label") or name.startswith("data-text")
            if value and shown:
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.foreign = max(0, self.foreign - 1)

    def handle_data(self, data: str) -> None:
        if not self.foreign and data.strip():
            self.found.append(data)


def english_on(page: str) -> list[str]:
    """Sentences of the packages that stand on the page; short ones only where they stand for themselves."""
    reader = _Texts()
    reader.feed(page)
    texts = [" ".join(text.split()).strip(" .:,") for text in reader.found]
    long = [one for one in sentences() if one.count(" ") >= 2]
    wrong = {text for text in texts if text in sentences()}
    wrong |= {one for one in long for text in texts if one in text}
    return sorted(wrong)


def test_an_english_page_would_be_noticed() -> None:
    assert english_on("<p>Please type your current password.</p>") == ["Please type your current password"]
    assert english_on('<label>Code</label><input placeholder="Password">') == ["Code", "Password"]
    assert english_on("<p>x This password is too short. It must contain at least 10 characters.</p>")
    assert not english_on('<h1>Đăng nhập</h1><button lang="en">English<span>Sign In</span></button>')


# --- The pages


def _names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


@pytest.fixture
def member(cast: Cast) -> Client:
    """The editor, freshly signed in, with the second step set up and ten codes."""
    secret = set_up(cast.editor.user)
    client = browser()
    give_password(client, EMAIL)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    client.post(reverse("mfa_generate_recovery_codes"))
    forget_attempts()
    return client


@pytest.fixture
def at_second_step(cast: Cast) -> Client:
    set_up(cast.editor.user)
    client = browser()
    give_password(client, EMAIL)
    return client


SET_UP_NEEDED = "mfa_activate_totp"
BY_VISITORS = {
    "account_login": {"login": "khong phai dia chi", "password": ""},
    "account_signup": {},
    "account_inactive": None,
    "account_reset_password": {"email": "x"},
    "account_reset_password_done": None,
    "account_reset_password_from_key_done": None,
}
BY_MEMBERS: dict[str, dict[str, str] | None] = {
    "account": None,
    "account_logout": None,
    "account_reauthenticate": {"password": "sai"},
    "account_change_password": {"oldpassword": "sai", "password1": "12345", "password2": "54321"},
    "mfa_index": None,
    "mfa_reauthenticate": {"code": "sai"},
    "mfa_deactivate_totp": None,
    "mfa_view_recovery_codes": None,
    "mfa_generate_recovery_codes": None,
    "mfa_download_recovery_codes": None,
}
OTHERWISE = {"mfa_activate_totp", "mfa_authenticate", "account_reset_password_from_key", "sign_in_list"}


def test_every_address_is_looked_at() -> None:
    known = set(BY_VISITORS) | set(BY_MEMBERS) | OTHERWISE | WITHOUT_WORDS
    assert set(_names(allauth.urls.urlpatterns)) | OWN == known
    assert set(_names(agencies.urls.urlpatterns)) >= OWN


def check(answer: Any) -> None:
    page = answer.content.decode()
    assert answer.status_code in (200, 401, 403, 429), answer.status_code
    assert english_on(page) == []
    if "html" in answer["Content-Type"]:
        assert 'lang="vi"' in page


def get_and_post(client: Client, name: str, wrong: dict[str, str] | None) -> None:
    check(client.get(reverse(name)))
    if wrong is not None:
        check(client.post(reverse(name), wrong))
        check(client.post(reverse(name), {}))


@pytest.mark.parametrize("name", BY_VISITORS)
def test_pages_for_visitors(cast: Cast, name: str) -> None:
    forget_attempts()
    get_and_post(browser(), name, BY_VISITORS[name])


@pytest.mark.parametrize("name", BY_MEMBERS)
def test_pages_for_members(member: Client, name: str) -> None:
    get_and_post(member, name, BY_MEMBERS[name])


def test_setting_up_the_second_step(client_for: ClientFor, cast: Cast) -> None:
    forget_attempts()
    client = browser()
    give_password(client, EMAIL)
    get_and_post(client, "mfa_index", None)
    get_and_post(client, "mfa_activate_totp", {"code": "sai"})


def test_the_second_step(at_second_step: Client) -> None:
    forget_attempts()
    get_and_post(at_second_step, "mfa_authenticate", {"code": "sai"})


def test_sign_in_failures(cast: Cast) -> None:
    forget_attempts()
    client = browser()
    for _attempt in range(6):  # wrong five times, then locked
        check(give_password(client, EMAIL, "sai"))
    forget_attempts()


def test_choosing_a_new_password(cast: Cast, mailoutbox: list[Any]) -> None:
    forget_attempts()
    client = browser()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    client.post(reverse("account_reset_password"), {"email": "khong.co@vidu.example"})
    for letter in mailoutbox:
        assert english_on(f"<p>{letter.subject}</p>" + letter.body.replace("\n", "<br>")) == []
    link = re.search(r"https?://testserver(\S+)", mailoutbox[0].body)
    assert link is not None
    form = client.get(link.group(1))["Location"]
    check(client.get(form))
    check(client.post(form, {"password1": "12345", "password2": "password"}))
    check(client.get("/accounts/password/reset/key/1-abc-def/"))


MESSAGES: dict[str, Callable[[Client], Any]] = {
    "signed in": lambda client: client.get("/"),
    "codes made": lambda client: client.post(reverse("mfa_generate_recovery_codes"), follow=True),
    "taken off": lambda client: client.post(reverse("mfa_deactivate_totp"), follow=True),
    "signed out": lambda client: client.post(reverse("account_logout"), follow=True),
    "password changed": lambda client: client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "mat-khau-moi-2008", "password2": "mat-khau-moi-2008"},
        follow=True,
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_said_after_an_act(
    member: Client, name: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = MESSAGES[name](member)
    check(answer if answer.status_code == 200 else member.get(answer["Location"]))


def test_the_log_and_too_many_attempts(client_for: ClientFor, cast: Cast) -> None:
    forget_attempts()
    client = browser()
    for _attempt in range(5):
        client.post(reverse("account_reset_password"), {"email": "x@y.example"})
    answer = client.post(reverse("account_reset_password"), {"email": "x@y.example"})
    assert answer.status_code == 429
    check(answer)
    check(client_for(cast.admin).get(reverse("sign_in_list")))
    shared_cache.clear()
