"""Bodies that fit the schema, and that do not, sent to a period under way by whoever may act in it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from tests.api.calling import Caller, CallerFor, problem
from tests.api.conforming import breaches
from tests.api.generated import schema, the_same_each_time
from tests.api.rows import Row
from tests.api.tables.reports import UNDERWAY, underway
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EXAMPLES = 4
# Of the acts those that are told most; the others take the same kinds of values.
ASKED = {"cycle_open_ad_hoc", "report_act_extend", "filing_act_submit", "compilation_issue"}


def tried() -> dict[str, tuple[Row, str]]:
    """Whatever writes rows, and some acts: a row of the table, and who is neither barred nor a stranger."""
    found = {}
    for row in UNDERWAY:
        able = [who for who, status in row.statuses.items() if status not in (403, 404)]
        if able and row.body is not None and (row.method == "PATCH" or row.name in ASKED):
            found[row.name] = row, able[0]
    return found


def test_no_body_makes_an_act_of_reporting_fail(api: CallerFor, cast: Cast) -> None:
    made = underway(cast)
    known = {one.label: one for one in (found.ok() for found in schema().get_all_operations())}
    answers: Counter[int] = Counter()
    for row, who in tried().values():
        path = reverse(f"api:{row.name}", kwargs=dict(row.arguments))
        for name, value in row.arguments.items():
            path = path.replace(f"/{value}/", f"/{{{name}}}/", 1)
        _send(api(getattr(cast, who)), row, made, known[f"{row.method} {path}"], answers)
    assert set(answers) <= {200, 201, 400, 409, 422}
    assert answers[400] > len(tried())
    assert answers[200]


def _send(caller: Caller, row: Row, made: Mapping[str, Any], operation: Any, answers: Counter[int]) -> None:
    arguments = {name: made.get(name, one) for name, one in row.arguments.items()}
    url = reverse(f"api:{row.name}", kwargs=arguments)

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @the_same_each_time(EXAMPLES)
    def send(case: Any) -> None:
        if isinstance(case.body, NotSet):
            return
        with transaction.atomic():
            answer = caller.post(url, case.body, row.method, **row.headers)
            transaction.set_rollback(True)
        answers[answer.status_code] += 1
        if answer.status_code < 300:
            assert breaches(answer) == []
        else:
            assert problem(answer)["code"] != "server_error"

    send()
