"""Two-step sign-in: set up with a phone, asked for at the sign-in, and needed by roles."""

import base64

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from agencies.accounts import SecondStepAdapter
from agencies.models import SignInEvent
from agencies.sign_in import second_step
from plans.content.actions import create_plan
from plans.models import Programme
from tests.agencies.signing_in import (
    ACTIVATE,
    CODE,
    DEACTIVATE,
    OVERVIEW,
    browser,
    code_of,
    give_password,
    kinds,
    recovery_codes_of,
    set_up,
    signed_in,
)
from tests.browsing import form_with
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008", "fresh_limits")]

CODES = "/accounts/2fa/recovery-codes/"
EMAIL = email_of("editor")


@pytest.fixture
def client(cast: Cast) -> Client:
    """The editor, freshly signed in over the page."""
    found = in_english(browser())
    give_password(found, EMAIL)
    return found


# --- Setting it up


def secret_on(page: str) -> str:
    return page.split('<code class="secret">')[1].split("<", maxsplit=1)[0]


def test_a_phone_is_set_up_with_a_picture_that_the_security_policy_allows(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = client.get(ACTIVATE).content.decode()
    picture = page.split('src="data:image/svg+xml;base64,')[1].split('"')[0]
    assert b"<svg" in base64.b64decode(picture)
    assert "style=" not in page
    assert "<script>" not in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ACTIVATE, {"code": code_of(secret_on(page))}, follow=True)
    assert answer.request["PATH_INFO"] == CODES
    for code in recovery_codes_of(cast.editor.user):
        assert code in said(answer)
    assert kinds() == ["ok", "mfa_on"]
    assert "Set up" in said(client.get(OVERVIEW))
    assert client.get(ACTIVATE)["Location"] == DEACTIVATE


def test_a_wrong_code_sets_up_nothing_and_keeps_the_secret(client: Client, cast: Cast) -> None:
    before = secret_on(client.get(ACTIVATE).content.decode())
    answer = client.post(ACTIVATE, {"code": "000000"})
    assert "Incorrect code." in said(answer)
    assert secret_on(answer.content.decode()) == before
    assert not second_step.is_set_up(cast.editor.user)


def test_long_after_the_sign_in_it_asks_for_the_password_first(client: Client, cast: Cast) -> None:
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 600
    session.save()
    answer = client.get(ACTIVATE)
    assert answer["Location"].startswith("/accounts/reauthenticate/?next=")
    answer = client.post(answer["Location"], {"password": PASSWORD, "next": ACTIVATE})
    assert answer["Location"] == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


def test_the_secrets_lie_encrypted_and_outlive_a_change_of_key(cast: Cast, settings: Settings) -> None:
    adapter = SecondStepAdapter()
    locked = adapter.encrypt("BÍ MẬT")
    assert "BÍ MẬT" not in locked
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key" * 9, [before]
    assert adapter.decrypt(locked) == "BÍ MẬT"
    settings.SECRET_KEY_FALLBACKS = []
    assert adapter.decrypt(locked) not in ("BÍ MẬT", "", adapter.decrypt(locked))  # no code fits it


# --- Signing in with it


def test_the_password_alone_signs_nobody_in(cast: Cast) -> None:
    secret = set_up(cast.editor.user)
    client = browser()
    assert give_password(client, EMAIL)["Location"] == CODE
    assert not signed_in(client)
    assert client.get("/").status_code == 302
    assert kinds() == []
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/"
    assert signed_in(client)
    assert kinds() == ["ok"]


@pytest.mark.parametrize(("periods", "accepted"), [(-1, True), (0, True), (1, True), (-3, False), (3, False)])
def test_a_phones_clock_may_be_a_little_off(cast: Cast, periods: int, accepted: bool) -> None:
    secret = set_up(cast.editor.user)
    client = browser()
    give_password(client, EMAIL)
    client.post(CODE, {"code": code_of(secret, periods=periods)})
    assert signed_in(client) is accepted


def test_a_code_counts_once(cast: Cast) -> None:
    code = code_of(set_up(cast.editor.user))
    first, second = browser(), in_english(browser())
    for client in (first, second):
        give_password(client, EMAIL)
    first.post(CODE, {"code": code})
    assert signed_in(first)
    answer = second.post(CODE, {"code": f" {code[:3]} {code[3:]}"})
    assert not signed_in(second)
    assert "code" in said(answer)
    assert kinds() == ["ok", "mfa_failed"]


def test_a_recovery_code_signs_in_once(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = client.get(ACTIVATE).content.decode()
    client.post(ACTIVATE, {"code": code_of(secret_on(page))})
    code = recovery_codes_of(cast.editor.user)[0]
    for expected in (True, False):
        without_phone = browser()
        give_password(without_phone, EMAIL)
        without_phone.post(CODE, {"code": code})
        assert signed_in(without_phone) is expected
    assert len(recovery_codes_of(cast.editor.user)) == 9


def test_wrong_codes_are_noted_and_after_five_one_waits(cast: Cast) -> None:
    secret = set_up(cast.editor.user)
    client = in_english(browser())
    give_password(client, EMAIL)
    for _attempt in range(5):
        client.post(CODE, {"code": "000000"})
    answer = client.post(CODE, {"code": code_of(secret)})
    assert not signed_in(client)
    assert "Too many failed attempts for this account. Try again at " in said(answer)
    assert kinds() == ["mfa_failed"] * 5 + ["locked"]
    assert set(SignInEvent.objects.values_list("user", flat=True)) == {cast.editor.user_id}


def test_the_second_step_is_nothing_without_the_first(cast: Cast) -> None:
    set_up(cast.editor.user)
    assert browser().get(CODE)["Location"] == "/accounts/login/"


def test_leaving_at_the_second_step_leads_back_to_the_first(cast: Cast) -> None:
    set_up(cast.editor.user)
    client = browser()
    give_password(client, EMAIL)
    client.post("/accounts/logout/", {"next": "/accounts/login/"})
    assert client.get("/accounts/login/").status_code == 200
    assert client.get(CODE).status_code == 302


def test_what_was_typed_goes_through_the_second_step(client_for: ClientFor, cast: Cast) -> None:
    secret = set_up(cast.editor.user)
    draft = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    page = f"/plans/{draft.code}/{draft.version}/projects/new/"
    client = client_for(cast.editor)
    form = form_with(client.get(page), "line")
    client.session.flush()
    answer = client.post(page, form.post(name="Dự án đã gõ"), headers={"referer": f"http://testserver{page}"})
    asked = form_with(answer, "password")
    assert client.post("/accounts/login/", asked.post(login=EMAIL, password=PASSWORD))["Location"] == CODE
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == page
    assert form_with(client.get(page), "line").fields["name"] == "Dự án đã gõ"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/trust/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/abc/",
        "/accounts/login/code/confirm/",
        "/accounts/3rdparty/",
        "/accounts/sessions/",
    ],
)
def test_what_is_not_offered_is_not_there(client_for: ClientFor, cast: Cast, path: str) -> None:
    assert client_for(cast.editor).get(path).status_code == 404
    assert Client().get(path).status_code == 404


# --- Codes, and taking it off


def test_new_codes_make_the_old_ones_void(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    set_up(cast.editor.user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{CODES}generate/")
    before = recovery_codes_of(cast.editor.user)
    assert "become void" in said(client.get(f"{CODES}generate/"))
    client.post(f"{CODES}generate/")
    assert not set(before) & set(recovery_codes_of(cast.editor.user))
    assert kinds() == ["ok", "codes"]


def test_the_codes_leave_as_a_file(client: Client, cast: Cast) -> None:
    set_up(cast.editor.user)
    client.post(f"{CODES}generate/")
    answer = client.get(f"{CODES}download/")
    assert answer["Content-Type"] == "text/plain"
    assert "attachment" in answer["Content-Disposition"]
    lines = answer.content.decode().split()
    assert set(recovery_codes_of(cast.editor.user)) <= set(lines)


def test_who_needs_it_for_no_role_takes_it_off(client: Client, cast: Cast) -> None:
    set_up(cast.editor.user)
    assert DEACTIVATE in links(client.get(OVERVIEW))
    client.post(DEACTIVATE)
    assert not second_step.is_set_up(cast.editor.user)
    assert kinds() == ["ok", "mfa_off"]
