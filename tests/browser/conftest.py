"""The portal that the browser tests look at: served once a module, over data that is really committed."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.portal import Portal, business_time
from tests.cast import Cast, find_cast, make_world

BEGINNING = "2008-06-02T09:00"
"""Where business time stands when a module begins."""


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: DjangoDbBlocker, browser: Browser) -> Iterator[Portal]:
    """Documents and cast in a portal that threads serve.

    What a module's tests leave behind is flushed at its end and not between them: a story that is told once
    can be looked at from many sides.
    """
    with django_db_blocker.unblock(), business_time(BEGINNING):
        if find_cast() is None:
            make_world()
        server = LiveServer("localhost")
        portal = Portal(server.url, browser)
        try:
            yield portal
        finally:
            portal.clear()
            server.stop()
            _flush()


def _flush() -> None:
    """Empty the database once nobody holds it: a thread keeps its own until the browser has hung up."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(5)
    case: Any = TransactionTestCase()
    case._fixture_teardown()


@pytest.fixture
def portal(served: Portal) -> Iterator[Portal]:
    """The served portal for one test, which a script error or a breach of the security policy fails."""
    yield served
    wrong = served.clear()
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def people(served: Portal) -> Cast:
    """The shared cast, committed."""
    found = find_cast()
    assert found is not None
    return found
