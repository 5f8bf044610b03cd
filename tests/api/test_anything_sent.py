"""Whatever is sent, the answer is one that the schema names, and never a fault of ours.

The requests are made from the schema itself: those that fit it, and those that do not.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pytest_django import Settings
from schemathesis import GenerationMode, checks

from config.api import rendered
from tests.api.calling import caller_for
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
EXAMPLES = 40


def operations() -> list[Any]:
    """Every operation of the schema. The token is left out of it: it is sent with each request."""
    said = json.loads(rendered("en", "json"))
    del said["components"]["securitySchemes"]
    for item in said["paths"].values():
        for operation in item.values():
            del operation["security"]
    found: Any = schemathesis.openapi.from_dict(said).get_all_operations()
    return [one.ok() for one in found]


@pytest.fixture
def served() -> Iterator[Callable[..., Any]]:
    """The portal as a server would call it, in the test's own transaction."""
    inner = get_wsgi_application()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        return inner({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.label)
def test_no_request_makes_the_portal_fail(
    cast: Cast, settings: Settings, served: Callable[..., Any], operation: Any
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    token = {"Authorization": caller_for(cast.admin).headers["Authorization"]}
    operation.app = served
    answers: Counter[int] = Counter()

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @examples(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any) -> None:
        answer = case.call(headers=token)
        answers[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    send()
    assert answers
