"""Requests that are made from the schema itself, and the portal as a server would call it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as examples
from schemathesis import checks

from config.api import rendered

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
Application = Callable[..., Any]


def schema(*, filters: bool = True) -> Any:
    """The API's schema, with or without what lists are filtered by.

    The token is left out of it: it is sent with each request.
    """
    said = json.loads(rendered("en", "json"))
    del said["components"]["securitySchemes"]
    for item in said["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
            if not filters:
                said_of = operation.get("parameters", [])
                operation["parameters"] = [one for one in said_of if one["in"] != "query"]
    return schemathesis.openapi.from_dict(said)


def the_same_each_time(number: int, **more: Any) -> examples:
    """So many examples, the same in every run, however long they take."""
    return examples(
        max_examples=number,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@contextmanager
def served() -> Iterator[Application]:
    """The portal as a server would call it, in the test's own transaction."""
    inner = get_wsgi_application()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        return inner({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield application
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
