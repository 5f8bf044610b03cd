"""Before a sign-in ends by idle time the page asks; what was typed stays on it either way."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from agencies.sign_in.sessions import ACTIVE_AT
from tests.browser.places import Desk, Place, make_desk
from tests.browser.portal import Portal, sign_in
from tests.cast import Cast

pytestmark = pytest.mark.browser

DIALOG = "#session-end"
TYPED = "Đang gõ dở."


@pytest.fixture(scope="module")
def desk(served: Portal, people: Cast) -> Desk:
    return make_desk(people)


@pytest.fixture
def place(desk: Desk) -> Place:
    return desk.place("text")


def open_at(place: Place, portal: Portal, people: Cast) -> Page:
    page = portal.seat(people.editor)
    page.clock.install()
    page.goto(place.url)
    return page


def minutes_pass(page: Page, minutes: int) -> None:
    """In the browser and on the server; the script looks every ten seconds."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    if Session.objects.filter(session_key=key).exists():
        session = SessionStore(key)
        session[ACTIVE_AT] -= minutes * 60
        session.save()
    page.clock.fast_forward(minutes * 60_000)
    page.clock.run_for(10_000)


def test_it_asks_in_time_and_staying_keeps_page_and_sign_in(
    portal: Portal, people: Cast, place: Place
) -> None:
    page = open_at(place, portal, people)
    expect(page.locator(DIALOG)).to_be_hidden()
    minutes_pass(page, 20)
    expect(page.locator(DIALOG)).to_be_hidden()
    minutes_pass(page, 6)
    dialog = page.locator(DIALOG)
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-stay]")).to_be_focused()
    expect(dialog.locator("[data-when=idle] [data-text]")).to_contain_text(":")
    dialog.locator("[data-stay]").click()
    expect(dialog).to_be_hidden()
    minutes_pass(page, 20)
    expect(dialog).to_be_hidden()
    page.goto("/account/")
    expect(page.locator("h1")).to_be_visible()


def test_escape_says_that_somebody_is_there(portal: Portal, people: Cast, place: Place) -> None:
    page = open_at(place, portal, people)
    minutes_pass(page, 26)
    expect(page.locator(DIALOG)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()
    minutes_pass(page, 20)
    expect(page.locator(DIALOG)).to_be_hidden()


def test_work_in_another_window_is_work_here_too(portal: Portal, people: Cast, place: Place) -> None:
    page = open_at(place, portal, people)
    page.clock.fast_forward(26 * 60_000)  # here alone: the server has heard of somebody meanwhile
    page.clock.run_for(10_000)
    expect(page.locator(DIALOG)).to_be_hidden()


def test_who_is_typing_is_not_asked(portal: Portal, people: Cast, place: Place) -> None:
    page = open_at(place, portal, people)
    minutes_pass(page, 24)
    page.locator(place.field).press_sequentially("x")
    minutes_pass(page, 2)
    expect(page.locator(DIALOG)).to_be_hidden()
    minutes_pass(page, 20)
    expect(page.locator(DIALOG)).to_be_hidden()


def test_after_the_end_what_was_typed_is_saved_once_one_is_back(
    portal: Portal, people: Cast, place: Place
) -> None:
    page = open_at(place, portal, people)
    minutes_pass(page, 26)
    expect(page.locator(DIALOG)).to_be_visible()
    minutes_pass(page, 5)
    dialog = page.locator(DIALOG)
    expect(dialog.locator("[data-when=over]")).to_be_visible()
    assert not Session.objects.filter(session_key=_session_key(page)).exists()

    with page.context.expect_page() as opened:
        dialog.locator("[data-when=over] a").click()
    sign_in(opened.value, people.editor)
    expect(opened.value.locator("input[name=password]")).to_have_count(0)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_hidden()

    page.locator(place.field).fill(TYPED)
    page.locator(place.field).blur()
    for _attempt in range(50):
        if place.stored() == TYPED:
            break
        page.clock.run_for(200)
        page.wait_for_timeout(100)
    assert place.stored() == TYPED


def _session_key(page: Page) -> str | None:
    cookies = (one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    return next((one["value"] for one in cookies), None)
