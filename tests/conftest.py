"""What every test can rely on: which database a test needs, clean caches and tables, a real browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from core import clock
from reports.output import official
from tests.cast import JUNE_2008, Cast, make_world, present_cast
from tests.prepared import ground, ordered, wants
from tests.reading import ClientFor, signed_in

ON_POSTGRESQL_ONLY = {"postgresql", "concurrency", "browser"}


ASKS_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that ask for no database: they say the same on every one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Says how to run what SQLite cannot show, instead of letting it fail obscurely."""
    if config.getoption("--database-only"):
        without = [item for item in items if not _asks_for_a_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _asks_for_a_database(item)]
    # The longest first: at the end one process would wait for the other.
    items[:] = ordered(sorted(items, key=lambda item: "tests/scenario/" not in item.nodeid))
    if connection.vendor == "postgresql":
        return
    for item in items:
        names = {marker.name for marker in item.iter_markers()}
        if names & ON_POSTGRESQL_ONLY and "browser_smoke" not in names:
            item.add_marker(
                pytest.mark.skip(reason="needs PostgreSQL: bin/with-postgres .venv/bin/pytest ...")
            )


def pytest_collection_finish() -> None:
    """What the tests are made of stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    ground.want(wants(item))


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = ASKS_FOR_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


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
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The session's database holds the printed documents and the cast; each test rolls back to that.

    pytest-django's own would make none where no test asks for `db`, as in the browser, whose fixtures
    outlive a test.
    """
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        make_world()
    ground.begin(django_db_blocker)
    yield
    ground.end()
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the tests, as memberships. After a committed test everything is loaded anew."""
    return present_cast()


@pytest.fixture
def client_for() -> ClientFor:
    """A client that is signed in and acts in the given membership."""
    return signed_in


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """What a page or an answer in English leaves active does not reach the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def june_2008() -> Iterator[datetime]:
    """Business time stands still on 20/06/2008 at 09:00 in Hà Nội."""
    with clock.at(JUNE_2008) as moment:
        yield moment


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are not laid out, which takes seconds: for tests of everything else about them."""
    monkeypatch.setattr(official, "laid_out", lambda page: b"%PDF-1.7\n" + page.encode())


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
        # Beside that loop the thread has connections of its own, which nobody else would close.
        connections.close_all()
