"""What every test can rely on: which database a test needs, clean caches and tables, a real browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

ON_POSTGRESQL_ONLY = {"postgresql", "concurrency", "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says how to run what SQLite cannot show, instead of letting it fail obscurely."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        names = {marker.name for marker in item.iter_markers()}
        if names & ON_POSTGRESQL_ONLY and "browser_smoke" not in names:
            item.add_marker(
                pytest.mark.skip(reason="needs PostgreSQL: bin/with-postgres .venv/bin/pytest ...")
            )


@pytest.fixture(autouse=True, scope="session")
def _flush_what_django_does_not() -> Iterator[None]:
    """A committed test ends in a flush, which knows of neither append-only tables nor the cache's."""
    flush = getattr(TransactionTestCase, "_fixture_teardown")  # noqa: B009 - django-stubs do not know it

    def flush_all(self: TransactionTestCase) -> None:
        with _no_sqlite_triggers():
            flush(self)
        cache.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_all)
        yield


@contextmanager
def _no_sqlite_triggers() -> Iterator[None]:
    """SQLite has no TRUNCATE: its flush deletes row by row, which an append-only table refuses."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of $CHROMIUM, or the first on PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail("No Chromium found. Name one: CHROMIUM=path")
    # Playwright keeps an event loop in this thread, where Django would then refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not run as root.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's own page. A script error or a breach of the content security policy fails the test."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    wrong: list[str] = []

    def on_error(error: Error) -> None:
        wrong.append(f"script error: {error}")

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    page.on("pageerror", on_error)
    page.on("console", on_console)
    yield page
    context.close()
    assert not wrong, wrong
