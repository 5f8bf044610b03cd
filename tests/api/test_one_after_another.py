"""Calls that build on the answers of others: what one call made is read, changed, acted on by the next.

Which follow on which is worked out from the schema: the key that one answers with is what another asks for.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings
from schemathesis import GenerationMode

from tests.api.calling import caller_for
from tests.api.generated import CHECKS, schema, served, the_same_each_time
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SCENARIOS, STEPS = 30, 10


def test_no_chain_of_calls_makes_the_portal_fail(cast: Cast, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    token = {"Authorization": caller_for(cast.admin).headers["Authorization"]}
    followed: Counter[str] = Counter()
    described = schema(filters=False)
    described.config.generation.modes = [GenerationMode.POSITIVE]
    machine: Any = described.as_state_machine()

    class Chain(machine):
        """One chain of calls, undone at its end."""

        def setup(self) -> None:
            super().setup()
            self.before = transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.before)
            super().teardown()

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": token, "app": application}

        def after_call(self, response: Any, case: Any) -> None:
            if case.meta is not None and response.status_code < 300:
                followed[case.operation.label] += 1

        def validate_response(self, response: Any, case: Any, *args: Any, **kwargs: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    with served() as application:
        Chain.run(settings=the_same_each_time(SCENARIOS, stateful_step_count=STEPS))
    # Chains get somewhere: objects that only another answer names are reached.
    assert sum(n for label, n in followed.items() if "{" in label) > SCENARIOS // 2, followed
