"""Parallel requests on real connections: one effect, and not one request more than allowed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from agencies.models import Agency, AuditEntry
from core import clock
from tests.api.calling import caller_for
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

PATIENCE = 120  # seconds


def at_once(size: int, ask: Callable[[], Any]) -> list[Any]:
    """The answers of as many threads, which wait for each other and then ask, each on its own connection."""
    barrier, answers = threading.Barrier(size), list[Any]()

    def member() -> None:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            with clock.at("2008-06-20T09:00"):
                answers.append(ask())
        finally:
            connection.close()

    threads = [threading.Thread(target=member) for _ in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(answers) == size
    return answers


def test_of_the_same_requests_at_once_one_acts(cast: Cast) -> None:
    caller = caller_for(cast.admin)
    body = {"name": "Ban Chỉ đạo mới", "kind": "don_vi", "document": "1/QĐ", "on": "2008-07-01"}
    answers = at_once(8, lambda: caller.post("agencies/acts/create/", body, Idempotency_Key="k-1"))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert Agency.objects.filter(name=body["name"]).count() == 1
    assert AuditEntry.objects.filter(verb="create_agency").count() == 1


def test_of_different_bodies_under_one_key_one_acts(cast: Cast) -> None:
    caller, names = caller_for(cast.admin), iter(f"Ban số {n}" for n in range(6))
    body = {"kind": "don_vi", "document": "1/QĐ", "on": "2008-07-01"}
    answers = at_once(
        6,
        lambda: caller.post("agencies/acts/create/", {**body, "name": next(names)}, Idempotency_Key="k-1"),
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 5
    assert Agency.objects.filter(name__startswith="Ban số").count() == 1


def test_exactly_as_many_as_allowed_come_through(cast: Cast, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    caller = caller_for(cast.editor)
    answers = at_once(12, lambda: caller.get("me/"))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 9
