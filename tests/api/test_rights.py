"""Role x endpoint: what each of the cast gets at each address of the API, in the shape that the schema says.

The tables are read against the list of addresses, so a new endpoint without a row fails.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from agencies.models import Membership
from tests.api import tables
from tests.api.calling import Caller, CallerFor, problem
from tests.api.conforming import breaches
from tests.api.rows import CHARACTERS, Row, arguments_of, endpoints
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

TABLES = {one.name: import_module(f"tests.api.tables.{one.name}") for one in iter_modules(tables.__path__)}
ROWS: list[Row] = [row for table in TABLES.values() for row in table.ROWS]
Given = Callable[[Cast], object] | None


def groups() -> dict[str, list[Row]]:
    """The rows of a table that share what they are given: one test for each."""
    found: dict[str, list[Row]] = {}
    for name, table in TABLES.items():
        for row in table.ROWS:
            given = f": {row.given.__name__}" if row.given else ""
            found.setdefault(f"{name}{given}", []).append(row)
    return found


GROUPS = groups()


def ask(caller: Caller, row: Row, made: object = None) -> Any:
    here: dict[str, Any] = made if isinstance(made, dict) else {}
    url = reverse(f"api:{row.name}", kwargs=arguments_of(row, made))
    body = row.body(here) if callable(row.body) else row.body
    return caller.get(url) if row.method == "GET" else caller.post(url, body, row.method, **row.headers)


def ask_and_undo(caller: Caller, row: Row, made: object) -> Any:
    with transaction.atomic():
        answer = ask(caller, row, made)
        transaction.set_rollback(True)
    return answer


def test_every_endpoint_has_a_row() -> None:
    assert {(row.name, row.method) for row in ROWS} == endpoints()
    assert len({str(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("group", GROUPS)
def test_what_each_gets_from_each_endpoint(api: CallerFor, cast: Cast, group: str) -> None:
    given: Given = GROUPS[group][0].given
    made = given(cast) if given else None
    callers = {who: api(getattr(cast, who)) for who in CHARACTERS}
    for row in GROUPS[group]:
        answers = {who: ask_and_undo(caller, row, made) for who, caller in callers.items()}
        assert {who: answer.status_code for who, answer in answers.items()} == dict(row.statuses), str(row)
        assert all(answer.status_code < 300 or problem(answer)["code"] for answer in answers.values())
        for answer in {answer.status_code: answer for answer in answers.values()}.values():
            assert breaches(answer) == [], str(row)


@pytest.fixture
def _no_limit(settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000


def refusals(caller: Caller, rows: Iterable[Row]) -> set[tuple[int, str]]:
    answers = [ask(caller, row) for row in rows]
    return {(answer.status_code, problem(answer)["code"]) for answer in answers}


@pytest.mark.usefixtures("_no_limit")
def test_nobody_gets_anything_without_a_token(cast: Cast) -> None:
    assert refusals(Caller(), ROWS) == {(401, "not_authenticated")}


@pytest.mark.usefixtures("_no_limit")
def test_a_token_that_reads_changes_nothing(api: CallerFor, cast: Cast) -> None:
    writing = [row for row in ROWS if row.method != "GET"]
    assert refusals(api(cast.admin, "read"), writing) == {(403, "scope_missing")}


@pytest.mark.usefixtures("_no_limit")
def test_who_no_longer_acts_for_the_agency_gets_nothing(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.admin)
    Membership.objects.filter(pk=cast.admin.pk).update(valid_to="2008-06-19")
    assert refusals(caller, ROWS) == {(401, "membership_ended")}
