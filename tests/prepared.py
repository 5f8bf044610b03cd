"""What many tests begin with, such as an opened period, made once and lying under all who ask for it.

A test's own writes go into a savepoint above it and are rolled back, as ever. Before a test that asks for
something else, what lies there is rolled back too: what a test finds never hangs on those before it. Tests
that ask for the same are sorted together (`tests.conftest`), so that little is made twice.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, present_cast

Make = Callable[[Cast], object]

MAKERS: dict[str, Make] = {}
"""What can be made, by the name of its fixture, in the order in which it is made."""


class Ground:
    """What lies under the tests of this process at the moment, in one transaction that is never committed."""

    def __init__(self) -> None:
        self.blocker: DjangoDbBlocker | None = None
        self.wanted: tuple[str, ...] = ()
        self.lying: tuple[str, ...] = ()
        self._stack = ExitStack()

    def want(self, names: tuple[str, ...]) -> None:
        """Lay these and nothing else, as soon as there is a database."""
        self.wanted = names
        if self.blocker is None or self.lying == names:
            return
        with self.blocker.unblock():
            self.lying = ()
            self._stack.close()
            if names:
                with ExitStack() as made:
                    made.enter_context(_never_committed())
                    cast = present_cast()
                    for name in names:
                        MAKERS[name](cast)
                    self._stack = made.pop_all()
        self.lying = names

    def begin(self, blocker: DjangoDbBlocker) -> None:
        """The database is there."""
        self.blocker = blocker
        self.want(self.wanted)

    def end(self) -> None:
        """The database is about to go."""
        self.want(())
        self.blocker = None


ground = Ground()


@contextmanager
def _never_committed() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def prepared(make: Make) -> Callable[..., None]:
    """A fixture of the same name, for another one that reads what was made."""
    name = make.__name__
    MAKERS[name] = make

    @pytest.fixture(name=name)
    def asked(cast: Cast) -> None:
        if name not in ground.lying:  # in a test that commits, or asks while it runs
            make(cast)

    return asked


def wants(item: pytest.Item) -> tuple[str, ...]:
    """What a test begins with; nothing where the test commits."""
    asked = getattr(item, "fixturenames", ())
    return () if _commits(item) else tuple(name for name in MAKERS if name in asked)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    by_marker = marker is not None and bool(marker.kwargs.get("transaction"))
    return by_marker or "transactional_db" in getattr(item, "fixturenames", ())


def ordered(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Those who begin with the same follow each other, those who commit come last."""
    together: dict[tuple[str, ...] | None, list[pytest.Item]] = {}
    for item in items:
        together.setdefault(None if _commits(item) else wants(item), []).append(item)
    last = together.pop(None, [])
    return [item for some in together.values() for item in some] + last
