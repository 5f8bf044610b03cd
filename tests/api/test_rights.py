"""Role x endpoint: what each of the cast gets at each address of the API.

The tables are read against the list of addresses, so a new endpoint without a row fails.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.urls import reverse

from agencies.models import Membership
from tests.api import tables
from tests.api.calling import Caller, CallerFor, problem
from tests.api.rows import CHARACTERS, Row, endpoints
from tests.cast import Cast

pytestmark = pytest.mark.django_db

TABLES = [import_module(f"tests.api.tables.{one.name}") for one in iter_modules(tables.__path__)]
ROWS: list[Row] = [row for table in TABLES for row in table.ROWS]


def ask(caller: Caller, row: Row) -> Any:
    url = reverse(f"api:{row.name}", kwargs=dict(row.arguments))
    return caller.get(url) if row.method == "GET" else caller.post(url, row.body, row.method)


def test_every_endpoint_has_a_row() -> None:
    assert {(row.name, row.method) for row in ROWS} == endpoints()
    assert len({str(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_each_gets_from_each_endpoint(api: CallerFor, cast: Cast, row: Row) -> None:
    answers = {who: ask(api(getattr(cast, who)), row) for who in CHARACTERS}
    assert {who: answer.status_code for who, answer in answers.items()} == dict(row.statuses)
    for answer in answers.values():
        assert answer.status_code < 300 or problem(answer)["code"]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_gets_anything_without_a_token(cast: Cast, row: Row) -> None:
    answer = ask(Caller(), row)
    assert (answer.status_code, problem(answer)["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("row", [row for row in ROWS if row.method != "GET"], ids=str)
def test_a_token_that_reads_changes_nothing(api: CallerFor, cast: Cast, row: Row) -> None:
    answer = ask(api(cast.admin, "read"), row)
    assert (answer.status_code, problem(answer)["code"]) == (403, "scope_missing")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_no_longer_acts_for_the_agency_gets_nothing(api: CallerFor, cast: Cast, row: Row) -> None:
    caller = api(cast.admin)
    Membership.objects.filter(pk=cast.admin.pk).update(valid_to="2008-06-19")
    answer = ask(caller, row)
    assert (answer.status_code, problem(answer)["code"]) == (401, "membership_ended")
