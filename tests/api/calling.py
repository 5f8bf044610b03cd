"""How the tests call the API: as a program with a token would."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from agencies.models import Membership
from agencies.tokens.actions import issue_token

ROOT = "/api/v1"
PROBLEM = "application/problem+json"


class Caller:
    """A program with a token, or without one; it asks for English, in which the tests are written."""

    def __init__(self, secret: str = "", language: str = "en") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language}
        if secret:
            self.headers["Authorization"] = f"Bearer {secret}"

    def get(self, path: str, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        return self.client.get(address(path), parameters, headers={**self.headers, **(headers or {})})

    def post(self, path: str, body: Any = None, method: str = "POST", **headers: str) -> Any:
        """`headers` are named with underscores: `Idempotency_Key="one"`."""
        said = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**self.headers, "Content-Type": "application/json", **named}
        kind = sent.pop("Content-Type")
        return self.client.generic(method, address(path), said, kind, headers=sent)


def address(path: str) -> str:
    """Below /api/v1/ unless it names the whole way."""
    return path if path.startswith("/api/") else f"{ROOT}/{path}"


CallerFor = Callable[..., Caller]


def caller_for(membership: Membership, scope: str = "write", name: str = "test") -> Caller:
    """A program that acts in the membership."""
    _token, secret = issue_token(name=name, scope=scope, days=30, actor=membership)
    return Caller(secret)


def problem(answer: Any) -> dict[str, Any]:
    """The problem of a refusal, which has the one shape of all."""
    assert answer["Content-Type"] == PROBLEM, answer.content
    said: dict[str, Any] = answer.json()
    assert said["status"] == answer.status_code
    assert set(said) >= {"type", "title", "status", "code", "detail", "instance", "findings"}
    return said


def codes(answer: Any) -> list[tuple[str, str]]:
    """What each finding is, and which value of the request it speaks of."""
    return [(one["code"], one["pointer"] or one["parameter"]) for one in problem(answer)["findings"]]
