"""How long a sign-in lasts: without activity, and in all. Real time; what was typed survives it."""

from typing import Any

import pytest
from django.conf import settings as portal
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from agencies.models import SignInEvent, UserSession
from agencies.sign_in import sessions
from agencies.sign_in.limits import warning_seconds
from core import clock
from plans.content.actions import create_plan
from plans.models import Programme
from tests.agencies.signing_in import let_pass, signed_in
from tests.browsing import form_with
from tests.cast import PASSWORD, Cast, email_of
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

IDLE = 30 * 60
PATIENCE = 60
"""Seconds of real time that a test may take on a busy machine."""
LEFT = "/account/session/"
JSON = {"accept": "application/json"}


def left(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(LEFT, headers=JSON).json()
    return found


def test_idle_time_ends_a_sign_in_and_says_so(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    let_pass(client, idle=IDLE - 5)
    assert client.get("/").status_code == 200
    let_pass(client, idle=IDLE + 5)
    answer = client.get("/plans/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/plans/")
    assert not signed_in(client)
    words = said(client.get(answer["Location"]))
    assert "You were signed out after 30 minutes without activity." in words
    event = SignInEvent.objects.get()
    assert (event.kind, event.user) == ("timed_out", cast.editor.user)
    assert not UserSession.objects.exists()


def test_whoever_works_on_is_signed_out_at_the_end_of_the_day_all_the_same(
    client_for: ClientFor, cast: Cast
) -> None:
    client = in_english(client_for(cast.editor))
    let_pass(client, whole=12 * 3600 - 60)
    assert client.get("/").status_code == 200
    let_pass(client, whole=120)
    assert client.get("/").status_code == 302
    assert "A sign-in lasts 12 hours." in said(client.get("/accounts/login/"))


def test_business_time_has_no_say(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    with clock.at("2008-06-25T09:00"):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(("minutes", "passed", "stays"), [(5, 240, True), (5, 310, False), (1, 50, True)])
def test_the_idle_time_is_a_setting(
    client_for: ClientFor, cast: Cast, settings: Settings, minutes: int, passed: int, stays: bool
) -> None:
    settings.SESSION_IDLE_MINUTES = minutes
    client = client_for(cast.editor)
    let_pass(client, idle=passed)
    client.get("/")
    assert signed_in(client) is stays


def test_activity_is_written_at_most_once_a_minute(client_for: ClientFor, cast: Cast) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/agencies/").status_code == 200
        return len(queries)

    client = client_for(cast.editor)
    client.get("/agencies/")  # what is read once for the whole process is read
    before = client.session[sessions.ACTIVE_AT]
    quiet = statements()
    assert client.session[sessions.ACTIVE_AT] == before
    let_pass(client, idle=61)
    assert statements() > quiet
    assert client.session[sessions.ACTIVE_AT] >= before
    assert statements() == quiet


def test_to_ask_how_long_is_left_is_no_activity(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    let_pass(client, idle=25 * 60)
    for _time in range(2):
        assert 300 - PATIENCE <= left(client)["left"] <= 300
    answer = client.post(LEFT, headers=JSON)
    for found in (answer.json(), left(client)):
        assert IDLE - PATIENCE <= found.pop("left") <= IDLE
        assert found == {"fixed": False, "user": str(cast.editor.user_id)}
    assert "no-store" in answer["Cache-Control"]


def test_near_the_end_of_all_hours_staying_does_not_help(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    let_pass(client, whole=portal.SESSION_COOKIE_AGE - 200)
    client.post(LEFT, headers=JSON)
    assert left(client)["fixed"] is True
    assert 200 - PATIENCE <= left(client)["left"] <= 200


def test_a_script_is_told_when_it_is_over(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    let_pass(client, idle=IDLE + 1)
    for method in (client.get, client.post):
        answer = method(LEFT, headers=JSON)
        assert (answer.status_code, answer.json()["status"]) == (401, "signed_out")
    assert client.get("/accounts/login/").context["messages"]._loaded_messages == []


def test_what_was_typed_survives_the_limit(client_for: ClientFor, cast: Cast) -> None:
    draft = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    page = f"/plans/{draft.code}/{draft.version}/projects/new/"
    client = client_for(cast.editor)
    form = form_with(client.get(page), "line")
    let_pass(client, idle=IDLE + 5)
    answer = client.post(page, form.post(name="Dự án đã gõ"), headers={"referer": f"http://testserver{page}"})
    assert answer.status_code == 401
    asked = form_with(answer, "password")
    signed = client.post("/accounts/login/", asked.post(login=email_of("editor"), password=PASSWORD))
    assert signed["Location"] == page
    assert form_with(client.get(page), "line").fields["name"] == "Dự án đã gõ"


def test_a_page_knows_how_long_it_has_and_when_to_warn(
    client_for: ClientFor, cast: Cast, settings: Settings
) -> None:
    client = client_for(cast.editor)
    page = client.get("/").content.decode()
    assert 'id="session-end"' in page
    assert 'data-warning="300"' in page
    assert "js/idle.js" in page
    settings.SESSION_IDLE_MINUTES = 3
    assert warning_seconds() == 60
    visitor = Client().get("/accounts/login/").content.decode()
    assert "session-end" not in visitor
    assert "idle.js" not in visitor


def test_a_session_from_before_there_were_limits_begins_to_count(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    session = client.session
    for key in (sessions.SIGNED_IN_AT, sessions.ACTIVE_AT):
        del session[key]
    session.save()
    UserSession.objects.all().delete()
    assert client.get("/").status_code == 200
    assert sessions.SIGNED_IN_AT in client.session


def test_a_session_that_is_gone_from_the_table_is_gone(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    Session.objects.all().delete()
    assert client.get("/").status_code == 302
    assert not sessions.of(cast.editor.user).exists()
