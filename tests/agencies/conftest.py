"""What tests of the sign-in need around them."""

from collections.abc import Iterator

import pytest

from tests.agencies.signing_in import forget_attempts


@pytest.fixture
def fresh_limits() -> Iterator[None]:
    """Nobody has tried to sign in yet, and nobody has afterwards."""
    forget_attempts()
    yield
    forget_attempts()
