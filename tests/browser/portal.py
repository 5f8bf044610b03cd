"""A portal that is served with committed data, and people who sit before it at their browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from agencies.acting import SESSION_KEY
from agencies.models import Membership
from core.clock import HANOI
from tests.cast import PASSWORD

PATIENCE = 30_000
"""Milliseconds after which a page that did not do something counts as broken."""


@dataclass
class Seat:
    """One person's browser: its own cookies and storage, one page, and what went wrong in it."""

    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note script errors, breaches of the content security policy, and errors on the console."""

        def on_error(error: Error) -> None:
            self.wrong.append(f"script error: {error}")

        def on_console(message: ConsoleMessage) -> None:
            # The answer itself to a request that was refused on purpose: the test looks at it.
            refused = message.text.startswith("Failed to load resource") and "status of 4" in message.text
            if "Content Security Policy" in message.text or (message.type == "error" and not refused):
                self.wrong.append(f"{page.url}: {message.text}")

        page.on("pageerror", on_error)
        page.on("console", on_console)


@dataclass
class Portal:
    """The address of a served portal, and the seats that were taken before it."""

    url: str
    browser: Browser
    seats: list[Seat] = field(default_factory=list)

    def seat(self, who: Membership | None = None, *, language: str = "vi", **options: Any) -> Page:
        """A page of `who`, signed in and acting, or of a visitor; `options` of the browser context."""
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(PATIENCE)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language} if language != "vi" else {}
        if who is not None:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(who)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]
        )
        seat = Seat(context, context.new_page())
        seat.watch(seat.page)
        self.seats.append(seat)
        return seat.page

    def clear(self) -> list[str]:
        """Close every seat; gives what went wrong in them."""
        wrong = [one for seat in self.seats for one in seat.wrong]
        for seat in self.seats:
            seat.context.close()
        self.seats.clear()
        return wrong


def session_of(who: Membership) -> str:
    """The key of a new session in which `who` acts."""
    client = Client()
    client.force_login(who.user)
    session = client.session
    session[SESSION_KEY] = who.pk
    session.save()
    return str(session.session_key)


def sign_in(page: Page, who: Membership) -> None:
    """Sign in as people do: on the sign-in page, with address and password."""
    page.locator("input[name=login]").fill(who.user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form[action*=login] button.primary").click()


@contextmanager
def business_time(moment: str) -> Iterator[None]:
    """Business time of the whole process, other threads too, starts at `moment` of Hà Nội; then it runs."""
    before = settings.ILLUSTRATIVE_NOW
    set_business_time(moment)
    try:
        yield
    finally:
        settings.ILLUSTRATIVE_NOW = before


def set_business_time(moment: str) -> None:
    settings.ILLUSTRATIVE_NOW = datetime.fromisoformat(moment).replace(tzinfo=HANOI)
