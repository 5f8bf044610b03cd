"""Programs that call the API in the name of the cast."""

from collections.abc import Iterator

import pytest

from agencies.models import Membership
from core import clock
from tests.api.calling import Caller, CallerFor, caller_for


@pytest.fixture(autouse=True)
def _in_june_2008() -> Iterator[None]:
    with clock.at("2008-06-20T09:00"):
        yield


@pytest.fixture
def api() -> CallerFor:
    """A program of a membership: `api(cast.editor)`, `api(cast.editor, "read")`."""

    def make(membership: Membership, scope: str = "write") -> Caller:
        return caller_for(membership, scope)

    return make
