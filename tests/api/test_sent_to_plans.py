"""Bodies that fit the schema, and that do not, sent to plans that are there by whoever may act on them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from tests.api.calling import CallerFor, problem
from tests.api.conforming import breaches
from tests.api.generated import schema, the_same_each_time
from tests.api.rows import Row, arguments_of
from tests.api.tables import plan_acts, plan_lines
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EXAMPLES = 8


def tried() -> dict[str, Row]:
    """For each endpoint that takes a body: a row in which somebody's is taken."""
    found: dict[str, Row] = {}
    for row in (*plan_acts.ROWS, *plan_lines.ROWS):
        if row.body is not None and any(status < 300 for status in row.statuses.values()):
            found.setdefault(f"{row.method} {row.name}", row)
    return found


def test_no_body_makes_an_act_on_a_plan_fail(api: CallerFor, cast: Cast) -> None:
    found = [one.ok() for one in schema().get_all_operations()]
    known = {(one.path, one.method.upper()): one for one in found}
    answers: Counter[int] = Counter()
    for row in tried().values():
        with transaction.atomic():
            made = row.given(cast) if row.given else None
            _send(api, cast, row, made, known, answers)
            transaction.set_rollback(True)
    assert set(answers) <= {200, 201, 400, 409, 422}
    assert answers[400] > len(tried())


def _send(
    api: CallerFor,
    cast: Cast,
    row: Row,
    made: object,
    known: Mapping[tuple[str, str], Any],
    answers: Counter[int],
) -> None:
    who = next(who for who, status in row.statuses.items() if status < 300)
    caller = api(getattr(cast, who))
    url = reverse(f"api:{row.name}", kwargs=arguments_of(row, made))
    template = reverse(f"api:{row.name}", kwargs=dict(row.arguments))
    for name, value in row.arguments.items():
        template = template.replace(f"/{value}/", f"/{{{name}}}/", 1)
    operation = known[template, row.method]

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @the_same_each_time(EXAMPLES)
    def send(case: Any) -> None:
        if case.media_type != "application/json" or isinstance(case.body, NotSet):
            return
        with transaction.atomic():
            answer = caller.post(url, case.body, row.method, **row.headers)
            transaction.set_rollback(True)
        answers[answer.status_code] += 1
        assert (
            breaches(answer) == [] if answer.status_code < 300 else problem(answer)["code"] != "server_error"
        )

    send()
