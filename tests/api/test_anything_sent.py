"""Whatever is sent, the answer is one that the schema names, and never a fault of ours.

The requests are made from the schema itself: those that fit it, and those that do not.
"""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from pytest_django import Settings
from schemathesis import GenerationMode, checks

from tests.api.calling import caller_for
from tests.api.generated import CHECKS, schema, served, the_same_each_time
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EXAMPLES = 5


@pytest.mark.parametrize(
    "operation", [one.ok() for one in schema().get_all_operations()], ids=lambda one: one.label
)
def test_no_request_makes_the_portal_fail(cast: Cast, settings: Settings, operation: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    token = {"Authorization": caller_for(cast.admin).headers["Authorization"]}
    answers: Counter[int] = Counter()

    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    @the_same_each_time(EXAMPLES)
    def send(case: Any) -> None:
        answer = case.call(headers=token)
        answers[answer.status_code] += 1
        case.validate_response(answer, checks=[*CHECKS, checks.negative_data_rejection])

    with served() as operation.app:
        send()
    assert answers
